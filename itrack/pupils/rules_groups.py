"""The groups a pupil is looked at in beside the class: sex, disadvantage, SEN, first language, term of birth.

    groups_of(facts, date(2026, 11, 2)) → {"sex": "f", "disadvantage": "yes", "sen": "none", ...}

What the record does not say is a group of its own, UNKNOWN. Nobody is put among the others for want of a record.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from itrack.pupils.rules_answers import NO, PLAN, SUPPORT, UNKNOWN, YES, Flag, answer
from itrack.pupils.rules_joining import EARLIER, THIS_YEAR, USUAL, joining

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
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
LEFT_OUT: Final = (
    "Who is not known is in a line of their own and in neither group. “None recorded”: there is no record."
)
# Kind of group → what its flag says → the group, where the two are not called the same.
_SAID: Final = {
    SEN.code: {SUPPORT: "support", PLAN: "plan", NO: "none"},
    LANGUAGE.code: {YES: "eal", NO: "english"},
}
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
    return {kind.code: group_of(kind, facts, on) for kind in KINDS_OF_GROUP}


def group_of(kind: Kind, facts: Facts, on: date) -> str:
    """The code of the pupil's group of that kind on that day."""
    if kind is BORN:
        return term_of_birth(facts.born)
    if kind is JOINED:
        return joining(facts, on).says
    if kind is SEX:
        sex = facts.sex.lower()
        return sex if sex in SEX.groups else UNKNOWN
    said = answer(FLAG_OF[kind.code], facts, on).says
    return _SAID[kind.code].get(said, UNKNOWN) if kind.code in _SAID else said


def members_of(kind: Kind, pupils: Mapping[int, Facts], on: date) -> dict[str, list[int]]:
    """The pupils in each group of that kind that has any, as `group_of` says it.

    It is asked once of all whom the same facts decide: of four hundred pupils those on SEN support differ little.
    """
    own = {pupil for pupil, facts in pupils.items() if facts.overrides}
    usual = {pupil: facts for pupil, facts in pupils.items() if pupil not in own} if own else pupils
    alike: defaultdict[Any, list[int]] = defaultdict(list)
    for pupil, decided_by in zip(usual, map(_DECIDED_BY[kind.code], usual.values()), strict=True):
        alike[decided_by].append(pupil)
    members: defaultdict[str, list[int]] = defaultdict(list)
    for same in (*alike.values(), *([pupil] for pupil in own)):
        members[group_of(kind, pupils[same[0]], on)] += same
    return members


def _disadvantage(facts: Facts) -> Any:
    told = facts.meals, facts.care
    return (*told, facts.born, *facts.years.items()) if any(told) else None


# Kind of group → what of a pupil's facts decides it, where the school has set nothing.
_DECIDED_BY: Final[dict[str, Callable[[Facts], Any]]] = {
    SEX.code: attrgetter("sex"),
    DISADVANTAGE.code: _disadvantage,
    MEALS.code: attrgetter("meals"),
    SEN.code: attrgetter("sen"),
    CARE.code: attrgetter("care"),
    SERVICE.code: attrgetter("service"),
    LANGUAGE.code: attrgetter("language"),
    BORN.code: attrgetter("born"),
    JOINED.code: lambda facts: (facts.stays, facts.entry, facts.born, *facts.years.items()),
}


def term_of_birth(born: date) -> str:
    """The third of the school year a birthday falls in: "summer" from May to August."""
    return "autumn" if born.month >= 9 else "spring" if born.month <= 4 else "summer"
