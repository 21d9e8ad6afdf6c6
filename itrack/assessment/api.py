"""What other domains may ask of assessment."""

from itrack.assessment.actions import save_marks, store_results
from itrack.assessment.queries.grid import MarksPage, marks_page
from itrack.assessment.queries.held import held_results
from itrack.assessment.queries.judgements import judgement_table
from itrack.assessment.queries.profile import PupilPage, pupil_page
from itrack.assessment.queries.results import results_beside, standing_results
from itrack.assessment.rules.marks import RefusedCell, SavedMarks
from itrack.assessment.rules.results import ResultLine

__all__ = [
    "MarksPage",
    "PupilPage",
    "RefusedCell",
    "ResultLine",
    "SavedMarks",
    "held_results",
    "judgement_table",
    "marks_page",
    "pupil_page",
    "results_beside",
    "save_marks",
    "standing_results",
    "store_results",
]
