"""The groups a pupil is looked at in beside the class: sex, disadvantage, SEN, first language, term of birth.

    groups_of(facts, date(2026, 11, 2)) → {"sex": "f", "disadvantage": "yes", "sen": "none", ...}

What the record does not say is a group of its own, UNKNOWN. Nobody is put among the others for want of a record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from itrack.pupils.rules_answers import NO, PLAN, SUPPORT, UNKNOWN, YES, Flag, answer
from itrack.pupils.rules_joining import EARLIER, THIS_YEAR, USUAL, joining

if TYPE_CHECKING:
    from datetime import date

    from itrack.pupils.rules_answers import Facts


@dataclass(frozen=True, slots=True)
class Kind:
    """One way of dividing pupils. `groups` maps each code to its words, in the order they are shown.

    `guarded`: told only to those who plan for the pupil. `rule` is said beside the figures where it needs saying.
    `spare`: left out where everybody is in one group, which says nothing.
    """

    code: str
    title: str
    groups: dict[str, str]
    guarded: bool = False
    spare: bool = False
    rule: str = ""


SEX: Final = Kind("sex", "Sex", {"f": "Girls", "m": "Boys", UNKNOWN: "Not stated"})
DISADVANTAGE: Final = Kind(
    "disadvantage",
    "Disadvantage",
    {YES: "Disadvantaged", NO: "No, or none recorded", UNKNOWN: "Not known"},
    guarded=True,
    rule="Disadvantaged: free school meals on any day of the six years before, not counting nursery, or looked after, "
    "or what the school has set for the year. The record does not hold who was adopted from care, nor meals that no "
    "transfer file told of.",
)
MEALS: Final = Kind(
    "meals",
    "Free school meals",
    {YES: "Free meals now", NO: "No, or none recorded", UNKNOWN: "Not known"},
    guarded=True,
    spare=True,
)
SEN: Final = Kind(
    "sen",
    "SEN",
    {"support": "SEN support", "plan": "EHC plan or statement", "none": "No SEN", UNKNOWN: "None recorded"},
    guarded=True,
)
CARE: Final = Kind(
    "care",
    "Looked after",
    {YES: "Looked after", NO: "No, or none recorded", UNKNOWN: "Not known"},
    guarded=True,
    spare=True,
)
SERVICE: Final = Kind(
    "service",
    "Service child",
    {YES: "Service child", NO: "No, or none recorded", UNKNOWN: "Not known"},
    guarded=True,
    spare=True,
)
LANGUAGE: Final = Kind("language", "First language", {"eal": "EAL", "english": "English", UNKNOWN: "Not known"})
BORN: Final = Kind("born", "Term of birth", {"autumn": "Autumn", "spring": "Spring", "summer": "Summer"})
JOINED: Final = Kind(
    "joined",
    "Joined",
    {
        USUAL: "At the usual time",
        EARLIER: "Later, before this year",
        THIS_YEAR: "Later, in this year",
        UNKNOWN: "Not known",
    },
    spare=True,
    rule="Joined at the usual time: by the end of Reception, in a junior school of Year 3. Not known where the record "
    "has only the day a file was brought in.",
)
KINDS_OF_GROUP: Final = (SEX, DISADVANTAGE, MEALS, SEN, CARE, SERVICE, LANGUAGE, BORN, JOINED)
# Said once beside a breakdown in which somebody is of no group.
LEFT_OUT: Final = "Who is not known is in a line of their own and in neither group; unknown is never counted as no."
_PROVISION: Final = {SUPPORT: "support", PLAN: "plan", NO: "none"}
_LANGUAGE: Final = {YES: "eal", NO: "english"}
# Kind of group → the flag it speaks of.
FLAG_OF: Final = {
    DISADVANTAGE.code: Flag.DISADVANTAGED,
    MEALS.code: Flag.FREE_MEALS,
    SEN.code: Flag.SEN,
    CARE.code: Flag.CARE,
    SERVICE.code: Flag.SERVICE,
    LANGUAGE.code: Flag.LANGUAGE,
}


def groups_of(facts: Facts, on: date) -> dict[str, str]:
    """The pupil's group of each kind on that day, by the codes of kind and group."""
    said = {kind: answer(flag, facts, on).says for kind, flag in FLAG_OF.items()}
    sex = facts.sex.lower()
    said[SEX.code] = sex if sex in SEX.groups else UNKNOWN
    said[SEN.code] = _PROVISION.get(said[SEN.code], UNKNOWN)
    said[LANGUAGE.code] = _LANGUAGE.get(said[LANGUAGE.code], UNKNOWN)
    said[BORN.code] = term_of_birth(facts.born)
    said[JOINED.code] = joining(facts, on).says
    return said


def term_of_birth(born: date) -> str:
    """The third of the school year a birthday falls in: "summer" from May to August."""
    return "autumn" if born.month >= 9 else "spring" if born.month <= 4 else "summer"
