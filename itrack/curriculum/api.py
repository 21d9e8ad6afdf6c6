"""What other domains may ask of the curriculum."""

from itrack.curriculum.actions import set_up_curriculum
from itrack.curriculum.queries import mark_options, subjects

__all__ = ["mark_options", "set_up_curriculum", "subjects"]
