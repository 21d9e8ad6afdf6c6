"""The roll: pupils, when they were on it, what is known of them and since when, and the groups they are in.

Only what a transfer file may bring and a report or promise needs. There is no address, telephone number, contact or
medical field here, and a test keeps it so.
"""

from typing import ClassVar

from django.db import models

from itrack.foundation.models import Recorded, Versioned
from itrack.foundation.personal_data import STAFF, NotPersonal, UntilAfter
from itrack.foundation.tenancy.fields import OfSchool, SchoolOwned
from itrack.pupils.models_flags import FlagOverride as FlagOverride  # Django looks for tables in this module
from itrack.pupils.models_pupil_data import OURS, STANDS, PupilData


class Roll(SchoolOwned):
    """Counts the changes to a school's roll: a changed count makes a preview stale. Changes wait for its lock."""

    version = models.PositiveIntegerField(default=0)

    PersonalData = NotPersonal("a counter")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["school"], name="one_roll_a_school")]

    def __str__(self) -> str:
        return f"version {self.version}"


class Pupil(Recorded):
    class Sex(models.TextChoices):
        FEMALE = "F", "Female"
        MALE = "M", "Male"
        UNSTATED = "", "Not stated"

    upn = models.CharField(max_length=13, blank=True)
    former_upn = models.CharField(max_length=13, blank=True)
    legal_surname = models.CharField(max_length=100)
    legal_forename = models.CharField(max_length=100)
    middle_names = models.CharField(max_length=100, blank=True)
    preferred_surname = models.CharField(max_length=100, blank=True)
    preferred_forename = models.CharField(max_length=100, blank=True)
    dob = models.DateField()
    sex = models.CharField(max_length=1, blank=True, choices=Sex.choices)
    ethnicity = models.CharField(max_length=20, blank=True)
    first_language = models.CharField(max_length=20, blank=True)
    enrol_status = models.CharField(max_length=20, blank=True)
    # The record this one was found to double. Only its numbers still count: they lead to the other.
    merged_into = OfSchool("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "upn"],
                condition=~models.Q(upn="") & models.Q(merged_into__isnull=True),
                name="one_pupil_a_upn",
            )
        ]
        # No index beside the key: on a table without statistics PostgreSQL would check keys to pupils by it, ten
        # times slower. A file is matched against the roll in memory.

    class PersonalData(PupilData):
        reach = "id"
        export: ClassVar = {
            "upn": "Unique pupil number",
            "former_upn": "Former unique pupil number",
            "legal_surname": "Legal surname",
            "legal_forename": "Legal forename",
            "middle_names": "Middle names",
            "preferred_surname": "Preferred surname",
            "preferred_forename": "Preferred forename",
            "dob": "Date of birth",
            "sex": "Sex",
            "ethnicity": "Ethnicity",
            "first_language": "First language",
            "enrol_status": "Enrolment",
        }
        internal = frozenset({"id", "school", "added_by", "merged_into"})

    def __str__(self) -> str:
        return f"pupil {self.pk}"


class Enrolment(Versioned):
    """A spell on the roll, from `starts` to `ends`, both days included."""

    pupil = OfSchool(Pupil, models.CASCADE, related_name="enrolments")
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "pupil", "starts"], condition=STANDS, name="one_spell_a_start")
        ]

    class PersonalData(PupilData):
        export: ClassVar = {"starts": "Joined on", "ends": "Left on"}
        internal = OURS

    def __str__(self) -> str:
        return f"enrolment {self.pk}"


class Circumstance(Versioned):
    """Something true of a pupil for a time: free meals, SEN, the year group, care.

    `key` makes two statements the same fact: a SEN spell's start, free meals' start and country, a need's type, a year.
    """

    class Kind(models.TextChoices):
        FREE_MEALS = "fsm", "Free school meals"
        SEN = "sen", "SEN provision"
        SEN_NEED = "sen_need", "SEN need"
        YEAR = "year", "Year group"
        CARE = "care", "Looked after"
        SERVICE = "service", "Service child"
        ALN = "aln", "Additional learning needs"
        ALN_NEED = "aln_need", "Additional learning need"
        EAL_STAGE = "eal_stage", "Stage of English or Welsh"

    pupil = OfSchool(Pupil, models.CASCADE, related_name="circumstances")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=20, blank=True)
    detail = models.CharField(max_length=40, blank=True)
    rank = models.PositiveSmallIntegerField(null=True)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    checked_on = models.DateField(null=True)
    recognised = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "pupil", "kind", "key"], condition=STANDS, name="one_fact_a_key")
        ]

    class PersonalData(PupilData):
        export: ClassVar = {
            "kind": "Circumstance",
            "code": "As recorded",
            "detail": "Detail",
            "rank": "Rank",
            "starts": "From",
            "ends": "To",
            "checked_on": "Checked on",
        }
        internal = OURS | {"key", "recognised"}

    def __str__(self) -> str:
        return f"circumstance {self.pk}"


class AttendanceYear(Versioned):
    """A year's sessions in one school, as counts. Daily marks are never stored."""

    pupil = OfSchool(Pupil, models.CASCADE, related_name="attendance")
    year = models.PositiveSmallIntegerField()
    la = models.CharField(max_length=20, blank=True)
    estab = models.CharField(max_length=20, blank=True)
    possible = models.PositiveIntegerField()
    authorised = models.PositiveIntegerField()
    attended = models.PositiveIntegerField()
    unauthorised = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "pupil", "year", "la", "estab"], condition=STANDS, name="one_attendance_a_year"
            )
        ]

    class PersonalData(PupilData):
        export: ClassVar = {
            "year": "Year",
            "possible": "Sessions possible",
            "authorised": "Authorised absences",
            "attended": "Sessions attended",
            "unauthorised": "Unauthorised absences",
        }
        internal = OURS | {"la", "estab"}

    def __str__(self) -> str:
        return f"attendance {self.pk}"


class SchoolSpell(Versioned):
    """A school the pupil attended, as the school history of a transfer file gives it."""

    pupil = OfSchool(Pupil, models.CASCADE, related_name="schools")
    la = models.CharField(max_length=20, blank=True)
    estab = models.CharField(max_length=20, blank=True)
    urn = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=100, blank=True)
    entry = models.DateField(null=True)
    leaving = models.DateField(null=True)
    reason = models.CharField(max_length=20, blank=True)
    last_school = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "pupil", "la", "estab", "name", "entry"],
                condition=STANDS,
                nulls_distinct=False,
                name="one_school_spell_an_entry",
            )
        ]

    class PersonalData(PupilData):
        export: ClassVar = {
            "name": "School",
            "entry": "Joined on",
            "leaving": "Left on",
            "reason": "Reason for leaving",
            "last_school": "Last school",
        }
        internal = OURS | {"la", "estab", "urn"}

    def __str__(self) -> str:
        return f"school spell {self.pk}"


class Group(Recorded):
    """A class in one academic year (`year` is the year it starts in)."""

    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    teacher = OfSchool("accounts.Membership", models.SET_NULL, null=True, related_name="+")

    PersonalData = NotPersonal("the name of a class")

    class Meta:
        verbose_name = "class"
        verbose_name_plural = "classes"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "year", "name"], name="one_class_a_name_a_year")
        ]

    def __str__(self) -> str:
        return self.name


class GroupPlace(Versioned):
    """A pupil's place in a class, from `starts` to `ends`, both days included."""

    group = OfSchool(Group, models.CASCADE, related_name="places")
    pupil = OfSchool(Pupil, models.CASCADE, related_name="places")
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        verbose_name = "place in a class"
        verbose_name_plural = "places in classes"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "group", "pupil", "starts"], condition=STANDS, name="one_place_a_start"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["school", "pupil"], name="place_by_pupil")]

    class PersonalData(PupilData):
        export: ClassVar = {"group": "Class", "starts": "From", "ends": "To"}
        internal = OURS

    def __str__(self) -> str:
        return f"place {self.pk}"


class ClassHelper(Versioned):
    """Somebody beside its teacher who works in a class: an assistant, or a teacher who shares it."""

    group = OfSchool(Group, models.CASCADE, related_name="helpers")
    member = OfSchool("accounts.Membership", models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "group", "member"], condition=STANDS, name="one_help_a_class")
        ]

    class PersonalData(PupilData):
        about, reach, keep = STAFF, "member", UntilAfter("the membership ended", years=1)
        export: ClassVar = {"group": "Class in which they work"}
        internal = OURS - {"pupil"} | {"member"}

    def __str__(self) -> str:
        return f"class helper {self.pk}"
