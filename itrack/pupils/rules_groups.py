"""The groups a pupil is looked at in beside the class: sex, disadvantage, SEN, first language, term of birth.

    groups_of(facts, date(2026, 11, 2)) → {"sex": "f", "disadvantage": "yes", "sen": "none", ...}

What the record does not say is a group of its own, UNKNOWN. Nobody is put among the others for want of a record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from itrack.pupils.rules_flags import ENGLISH, NOT_KNOWN

if TYPE_CHECKING:
    from datetime import date

Spell = tuple["date | None", "date | None"]
UNKNOWN: Final = "unknown"
SIX_YEARS: Final = 6


@dataclass(frozen=True, slots=True)
class Kind:
    """One way of dividing pupils. `groups` maps each code to its words, in the order they are shown.

    `guarded`: told only to those who plan for the pupil. `rule` is said beside the figures where it needs saying.
    """

    code: str
    title: str
    groups: dict[str, str]
    guarded: bool = False
    rule: str = ""


SEX: Final = Kind("sex", "Sex", {"f": "Girls", "m": "Boys", UNKNOWN: "Not stated"})
DISADVANTAGE: Final = Kind(
    "disadvantage",
    "Disadvantage",
    {"yes": "Disadvantaged", UNKNOWN: "None recorded"},
    guarded=True,
    rule="Disadvantaged: free school meals on any day of the six years before, or looked after, by this record. "
    "It does not hold who was adopted from care, nor meals that no transfer file told of.",
)
SEN: Final = Kind(
    "sen",
    "SEN",
    {"support": "SEN support", "plan": "EHC plan or statement", "none": "No SEN", UNKNOWN: "None recorded"},
    guarded=True,
)
LANGUAGE: Final = Kind("language", "First language", {"eal": "EAL", "english": "English", UNKNOWN: "Not known"})
BORN: Final = Kind("born", "Term of birth", {"autumn": "Autumn", "spring": "Spring", "summer": "Summer"})
KINDS_OF_GROUP: Final = (SEX, DISADVANTAGE, SEN, LANGUAGE, BORN)
# The old stages before SEN support, School Action (A) and Plus (P), are of no group that reports know today.
_PROVISION: Final = {"K": "support", "E": "plan", "S": "plan", "N": "none"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides a pupil's groups, as recorded. Spells are first and last day, None for an end that is open.

    `sen` has each spell's code; `care` are the spells of being looked after.
    """

    sex: str
    born: date
    language: str
    meals: tuple[Spell, ...] = ()
    care: tuple[Spell, ...] = ()
    sen: tuple[tuple[Spell, str], ...] = ()


def groups_of(facts: Facts, on: date) -> dict[str, str]:
    """The pupil's group of each kind on that day, by the codes of kind and group."""
    return {
        SEX.code: facts.sex.lower() if facts.sex.lower() in SEX.groups else UNKNOWN,
        DISADVANTAGE.code: "yes" if is_disadvantaged(facts, on) else UNKNOWN,
        SEN.code: _PROVISION.get(_provision(facts, on), UNKNOWN),
        LANGUAGE.code: language_group(facts.language),
        BORN.code: term_of_birth(facts.born),
    }


def is_disadvantaged(facts: Facts, on: date) -> bool:
    """Free school meals on any day of the six years up to `on`, or looked after on it.

    After the definition the Department for Education reports by (Ever 6 FSM, looked after). Its third part, adopted
    from care, is in no transfer file.
    """
    begins = years_before(on, SIX_YEARS)
    return any(_overlaps(spell, begins, on) for spell in facts.meals) or any(
        _overlaps(spell, on, on) for spell in facts.care
    )


def years_before(day: date, years: int) -> date:
    """The same day that many years earlier; for 29 February, where there is none, the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def language_group(language: str) -> str:
    code = language.upper()
    return UNKNOWN if code in NOT_KNOWN else "english" if code in ENGLISH else "eal"


def term_of_birth(born: date) -> str:
    """The third of the school year a birthday falls in: "summer" from May to August."""
    return "autumn" if born.month >= 9 else "spring" if born.month <= 4 else "summer"


def _provision(facts: Facts, on: date) -> str:
    """The code of the spell that covers the day; of several, that of the latest to start."""
    spells = [
        (starts.toordinal() if starts else 0, code)
        for (starts, ends), code in facts.sen
        if _overlaps((starts, ends), on, on)
    ]
    return max(spells, default=(0, ""))[1]


def _overlaps(spell: Spell, first: date, last: date) -> bool:
    starts, ends = spell
    return (starts is None or starts <= last) and (ends is None or ends >= first)
