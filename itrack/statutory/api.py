"""What other domains may ask of statutory."""

from itrack.statutory.actions.entry import SavedResults, save_results, undo_last_entry
from itrack.statutory.actions.figures import remove_figure, set_figure, undo_figure
from itrack.statutory.queries.cohorts import Entrant
from itrack.statutory.queries.entry import EntryPage, entry_page
from itrack.statutory.queries.figures import national_figures, standards
from itrack.statutory.queries.official import FigurePage, figure_page, is_figure_change, may_have_figure
from itrack.statutory.queries.outcomes import Figure, Outcomes, outcomes

__all__ = [
    "Entrant",
    "EntryPage",
    "Figure",
    "FigurePage",
    "Outcomes",
    "SavedResults",
    "entry_page",
    "figure_page",
    "is_figure_change",
    "may_have_figure",
    "national_figures",
    "outcomes",
    "remove_figure",
    "save_results",
    "set_figure",
    "standards",
    "undo_figure",
    "undo_last_entry",
]
