"""What other domains may ask of pupils."""

from itrack.pupils.actions.roll import move_roll_on, take_roll
from itrack.pupils.actions.store import Stored, store_pupils
from itrack.pupils.queries.classes import ClassRow, classes, classes_for, may_see_class, may_see_pupil
from itrack.pupils.queries.held import Known, held_pupils, known_pupils, roll_version
from itrack.pupils.queries.joining import joined_on
from itrack.pupils.queries.marking import pupils_to_mark
from itrack.pupils.queries.roll import PupilLine, pupil_line, pupils_on_roll, year_groups
from itrack.pupils.rules_entry import HeldPupil, PupilEntry
from itrack.pupils.rules_years import year_group_name, year_group_of, year_group_order

__all__ = [
    "ClassRow",
    "HeldPupil",
    "Known",
    "PupilEntry",
    "PupilLine",
    "Stored",
    "classes",
    "classes_for",
    "held_pupils",
    "joined_on",
    "known_pupils",
    "may_see_class",
    "may_see_pupil",
    "move_roll_on",
    "pupil_line",
    "pupils_on_roll",
    "pupils_to_mark",
    "roll_version",
    "store_pupils",
    "take_roll",
    "year_group_name",
    "year_group_of",
    "year_group_order",
    "year_groups",
]
