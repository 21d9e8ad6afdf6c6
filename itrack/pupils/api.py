"""What other domains may ask of pupils."""

from itrack.pupils.actions.roll import move_roll_on, take_roll
from itrack.pupils.actions.store import Stored, store_pupils
from itrack.pupils.queries.held import Known, held_pupils, known_pupils, roll_version
from itrack.pupils.rules_entry import HeldPupil, PupilEntry

__all__ = [
    "HeldPupil",
    "Known",
    "PupilEntry",
    "Stored",
    "held_pupils",
    "known_pupils",
    "move_roll_on",
    "roll_version",
    "store_pupils",
    "take_roll",
]
