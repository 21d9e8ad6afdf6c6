"""What other domains may ask of pupils."""

from itrack.pupils.actions.classes import (
    ClassFacts,
    MadeClasses,
    add_class,
    edit_class,
    make_classes,
    move_pupils,
    place_pupils,
    remove_class,
    take_back,
)
from itrack.pupils.actions.flags import SetFlags, set_flags, take_flags_back
from itrack.pupils.actions.helping import set_helpers
from itrack.pupils.actions.joiner import add_joiner, take_joiner_back
from itrack.pupils.actions.leaving import Return, bring_back, set_leaving, take_leaving_back
from itrack.pupils.actions.merging import merge_records, take_merging_back
from itrack.pupils.actions.roll import move_roll_on, take_roll
from itrack.pupils.actions.rolling import NewClass, end_spells, fill_classes, make_year, settle_year_groups
from itrack.pupils.actions.store import Stored, store_pupils
from itrack.pupils.actions.teachers import give_classes, hand_classes_on
from itrack.pupils.queries.attendance import SessionsLine, sessions_of_year, years_of_sessions
from itrack.pupils.queries.births import births
from itrack.pupils.queries.class_changes import class_changes
from itrack.pupils.queries.classes import ClassRow, classes, classes_for, may_see_class, may_see_pupil, sees_every_class
from itrack.pupils.queries.cohort import Cohort, CohortPupil, cohort
from itrack.pupils.queries.facts import years_told
from itrack.pupils.queries.flag_pages import FlagChange, FlagsPage, flag_changes, flags_page
from itrack.pupils.queries.flags import FlagCell, PupilFlags, pupil_flags
from itrack.pupils.queries.held import Known, held_pupils, known_pupils, roll_version
from itrack.pupils.queries.helping import helpers_of
from itrack.pupils.queries.holding import every_class, hold_pupils, last_classes, spells_of
from itrack.pupils.queries.joiners import JoinerRow, Namesake, is_joiner, joiners, namesakes, upn_holder
from itrack.pupils.queries.leaving import leavers
from itrack.pupils.queries.marking import ClassName, class_rows, classes_to_mark, pupils_to_mark
from itrack.pupils.queries.merging import Sight, TwoRecords, mergings, possible_duplicates, two_records
from itrack.pupils.queries.names import names_of, pupil_names
from itrack.pupils.queries.pages import ClassPage, class_page, roll_page, year_of_class
from itrack.pupils.queries.planning import YearGroupWaiting, plan_classes
from itrack.pupils.queries.record import AttendanceRow, PupilRecord, attendance_of, pupil_record
from itrack.pupils.queries.roll import (
    PupilLine,
    as_told_to,
    class_roll,
    pupil_line,
    pupils_on_roll,
    year_groups,
    years_of_pupils,
)
from itrack.pupils.queries.rolling import Rolling, Spell, classes_of_pupils, helpers_of_year, last_spell, rolling_pupils
from itrack.pupils.queries.teaching import TaughtClass, taught_classes
from itrack.pupils.rules_entry import HeldPupil, Joiner, PupilEntry
from itrack.pupils.rules_years import year_group_name, year_group_of, year_group_order

__all__ = [
    "AttendanceRow",
    "ClassFacts",
    "ClassName",
    "ClassPage",
    "ClassRow",
    "Cohort",
    "CohortPupil",
    "FlagCell",
    "FlagChange",
    "FlagsPage",
    "HeldPupil",
    "Joiner",
    "JoinerRow",
    "Known",
    "MadeClasses",
    "Namesake",
    "NewClass",
    "PupilEntry",
    "PupilFlags",
    "PupilLine",
    "PupilRecord",
    "Return",
    "Rolling",
    "SessionsLine",
    "SetFlags",
    "Sight",
    "Spell",
    "Stored",
    "TaughtClass",
    "TwoRecords",
    "YearGroupWaiting",
    "add_class",
    "add_joiner",
    "as_told_to",
    "attendance_of",
    "births",
    "bring_back",
    "class_changes",
    "class_page",
    "class_roll",
    "class_rows",
    "classes",
    "classes_for",
    "classes_of_pupils",
    "classes_to_mark",
    "cohort",
    "edit_class",
    "end_spells",
    "every_class",
    "fill_classes",
    "flag_changes",
    "flags_page",
    "give_classes",
    "hand_classes_on",
    "held_pupils",
    "helpers_of",
    "helpers_of_year",
    "hold_pupils",
    "is_joiner",
    "joiners",
    "known_pupils",
    "last_classes",
    "last_spell",
    "leavers",
    "make_classes",
    "make_year",
    "may_see_class",
    "may_see_pupil",
    "merge_records",
    "mergings",
    "move_pupils",
    "move_roll_on",
    "names_of",
    "namesakes",
    "place_pupils",
    "plan_classes",
    "possible_duplicates",
    "pupil_flags",
    "pupil_line",
    "pupil_names",
    "pupil_record",
    "pupils_on_roll",
    "pupils_to_mark",
    "remove_class",
    "roll_page",
    "roll_version",
    "rolling_pupils",
    "sees_every_class",
    "sessions_of_year",
    "set_flags",
    "set_helpers",
    "set_leaving",
    "settle_year_groups",
    "spells_of",
    "store_pupils",
    "take_back",
    "take_flags_back",
    "take_joiner_back",
    "take_leaving_back",
    "take_merging_back",
    "take_roll",
    "taught_classes",
    "two_records",
    "upn_holder",
    "year_group_name",
    "year_group_of",
    "year_group_order",
    "year_groups",
    "year_of_class",
    "years_of_pupils",
    "years_of_sessions",
    "years_told",
]
