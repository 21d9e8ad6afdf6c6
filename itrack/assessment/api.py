"""What other domains may ask of assessment."""

from itrack.assessment.actions import (
    RESULT_KEY,
    copy_last,
    end_marks,
    end_results,
    put_marks,
    save_marks,
    store_results,
    undo_last,
)
from itrack.assessment.queries.begun import marked_in_year
from itrack.assessment.queries.beside import about, sheet_of, standing_now
from itrack.assessment.queries.grid import MarksPage, marks_page
from itrack.assessment.queries.held import held_results
from itrack.assessment.queries.judgements import (
    judgement_table,
    last_marked_point,
    marked_points,
    marks_over,
    pupils_by_mark,
    stood,
)
from itrack.assessment.queries.last import last_marks
from itrack.assessment.queries.profile import PupilPage, pupil_page
from itrack.assessment.queries.results import last_results_change, standing_results
from itrack.assessment.queries.standing_marks import marks_of, standing_marks
from itrack.assessment.rules.marks import RefusedCell, SavedMarks
from itrack.assessment.rules.results import ResultLine

__all__ = [
    "RESULT_KEY",
    "MarksPage",
    "PupilPage",
    "RefusedCell",
    "ResultLine",
    "SavedMarks",
    "about",
    "copy_last",
    "end_marks",
    "end_results",
    "held_results",
    "judgement_table",
    "last_marked_point",
    "last_marks",
    "last_results_change",
    "marked_in_year",
    "marked_points",
    "marks_of",
    "marks_over",
    "marks_page",
    "pupil_page",
    "pupils_by_mark",
    "put_marks",
    "save_marks",
    "sheet_of",
    "standing_marks",
    "standing_now",
    "standing_results",
    "stood",
    "store_results",
    "undo_last",
]
