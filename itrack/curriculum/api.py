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
from itrack.curriculum.queries import (
    Scheme,
    SubjectLine,
    mark_options,
    option_rows,
    scheme,
    scheme_changes,
    subject_changes,
    subject_line,
    subject_lines,
    subject_rows,
    subjects,
)

__all__ = [
    "Scheme",
    "SubjectLine",
    "add_first_scheme",
    "add_first_subjects",
    "add_option",
    "add_subject",
    "edit_option",
    "mark_options",
    "move_option_up",
    "move_subject_up",
    "option_rows",
    "remove_option",
    "remove_subject",
    "rename_subject",
    "retire_subject",
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
]
