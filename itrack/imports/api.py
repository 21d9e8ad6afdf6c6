"""What routines and the command line may ask of imports."""

from itrack.imports.actions.apply import Stale, apply, unwatched
from itrack.imports.actions.decide import choose, compare_again, discard, forget_undecided
from itrack.imports.actions.export import send
from itrack.imports.actions.preview import preview, preview_sheet
from itrack.imports.actions.queue import apply_queued, ask_to_apply, ask_to_stop
from itrack.imports.actions.receipt import keep_receipt
from itrack.imports.actions.undo import undo_import
from itrack.imports.queries.batches import receipt_counts
from itrack.imports.queries.outgoing import numbers_known, whole_roll
from itrack.imports.queries.waiting import WaitingImport, waiting_imports
from itrack.imports.sources.ctf_writer import Written

__all__ = [
    "Stale",
    "WaitingImport",
    "Written",
    "apply",
    "apply_queued",
    "ask_to_apply",
    "ask_to_stop",
    "choose",
    "compare_again",
    "discard",
    "forget_undecided",
    "keep_receipt",
    "numbers_known",
    "preview",
    "preview_sheet",
    "receipt_counts",
    "send",
    "undo_import",
    "unwatched",
    "waiting_imports",
    "whole_roll",
]
