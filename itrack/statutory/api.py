"""What other domains may ask of statutory."""

from itrack.statutory.actions.entry import SavedResults, save_results, undo_last_entry
from itrack.statutory.queries.entry import EntryPage, entry_page

__all__ = ["EntryPage", "SavedResults", "entry_page", "save_results", "undo_last_entry"]
