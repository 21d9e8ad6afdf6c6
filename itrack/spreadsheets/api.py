"""What routines and the command line may ask of spreadsheets."""

from itrack.spreadsheets.actions.choosing import Choice, choose_columns
from itrack.spreadsheets.actions.deciding import discard, forget_undecided
from itrack.spreadsheets.actions.handing import hand_over
from itrack.spreadsheets.actions.marking import apply_marks, undo_sheet, weigh_marks
from itrack.spreadsheets.actions.placing import apply_classes, weigh_classes
from itrack.spreadsheets.actions.reading import Wanted, read_sheet, stage

__all__ = [
    "Choice",
    "Wanted",
    "apply_classes",
    "apply_marks",
    "choose_columns",
    "discard",
    "forget_undecided",
    "hand_over",
    "read_sheet",
    "stage",
    "undo_sheet",
    "weigh_classes",
    "weigh_marks",
]
