"""What other domains may ask of pupils."""

from itrack.pupils.actions.roll import move_roll_on, take_roll
from itrack.pupils.actions.store import PupilEntry, Stored, store_pupils

__all__ = ["PupilEntry", "Stored", "move_roll_on", "store_pupils", "take_roll"]
