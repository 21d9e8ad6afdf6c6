"""What other domains may ask of the curriculum."""

from itrack.curriculum.actions import set_up_curriculum
from itrack.curriculum.queries import mark_options, option_rows, subject_rows, subjects

__all__ = ["mark_options", "option_rows", "set_up_curriculum", "subject_rows", "subjects"]
