"""What other domains may ask of objectives."""

from itrack.objectives.actions.saving import save_statements, undo_last_statements
from itrack.objectives.actions.use import take_use_back, use_objectives
from itrack.objectives.queries.begun import judged_since
from itrack.objectives.queries.beside import StatementsBeside, statements_beside
from itrack.objectives.queries.grid import ObjectivesPage, objectives_page, sheet_of
from itrack.objectives.queries.meter import MeterPage, meter_page
from itrack.objectives.queries.pupil import PupilObjectives, pupil_objectives
from itrack.objectives.queries.secure import secure_of_taught
from itrack.objectives.queries.several import SeveralPage, several_page
from itrack.objectives.queries.standing import standing_now
from itrack.objectives.queries.strand import StrandMarks, marks_of_strand, strands_in_use
from itrack.objectives.queries.summary import SummaryPage, summary_page
from itrack.objectives.queries.use import use_changes, used_subjects
from itrack.objectives.rules.marking import RefusedCell, SavedStatements

__all__ = [
    "MeterPage",
    "ObjectivesPage",
    "PupilObjectives",
    "RefusedCell",
    "SavedStatements",
    "SeveralPage",
    "StatementsBeside",
    "StrandMarks",
    "SummaryPage",
    "judged_since",
    "marks_of_strand",
    "meter_page",
    "objectives_page",
    "pupil_objectives",
    "save_statements",
    "secure_of_taught",
    "several_page",
    "sheet_of",
    "standing_now",
    "statements_beside",
    "strands_in_use",
    "summary_page",
    "take_use_back",
    "undo_last_statements",
    "use_changes",
    "use_objectives",
    "used_subjects",
]
