"""What other domains may ask of the curriculum."""

from itrack.curriculum.actions.scheme import (
    add_option,
    edit_option,
    move_option_up,
    remove_option,
    take_scheme_back,
)
from itrack.curriculum.actions.set_up import add_first_scheme, add_first_subjects, set_up_curriculum
from itrack.curriculum.actions.subjects import (
    add_subject,
    move_subject_up,
    remove_subject,
    rename_subject,
    retire_subject,
    take_subjects_back,
)
from itrack.curriculum.queries.assessments import (
    AssessmentRow,
    Named,
    assessment_rows,
    assessments,
    main_assessment,
    named,
    named_of,
    named_rows,
    used_option_rows,
)
from itrack.curriculum.queries.scheme import Scheme, mark_options, option_rows, scheme, scheme_changes
from itrack.curriculum.queries.subjects import (
    SubjectLine,
    retired_subjects,
    subject_changes,
    subject_line,
    subject_lines,
    subject_rows,
    subjects,
)

__all__ = [
    "AssessmentRow",
    "Named",
    "Scheme",
    "SubjectLine",
    "add_first_scheme",
    "add_first_subjects",
    "add_option",
    "add_subject",
    "assessment_rows",
    "assessments",
    "edit_option",
    "main_assessment",
    "mark_options",
    "move_option_up",
    "move_subject_up",
    "named",
    "named_of",
    "named_rows",
    "option_rows",
    "remove_option",
    "remove_subject",
    "rename_subject",
    "retire_subject",
    "retired_subjects",
    "scheme",
    "scheme_changes",
    "set_up_curriculum",
    "subject_changes",
    "subject_line",
    "subject_lines",
    "subject_rows",
    "subjects",
    "take_scheme_back",
    "take_subjects_back",
    "used_option_rows",
]
