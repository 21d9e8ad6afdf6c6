"""What a school must be to be taken on, and the calendar's rules: usual dates, what makes a year's assessment points
fit each other, and how a form knows that what it showed still stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from itrack.ui.words import long_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SLOTS: Final = ("Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2")
TERMS: Final = ("Autumn", "Spring", "Summer")
LONGEST_POINT_NAME: Final = 30
SIX, THREE = 6, 3
# Of three points a year, each takes the place of its term's second half.
SLOTS_OF_THREE: Final = frozenset({2, 4, 6})


@dataclass(frozen=True, slots=True)
class PointFacts:
    """What can be edited of an assessment point."""

    slot: int
    name: str
    opens_on: date
    closes_on: date


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the academic year that starts in `year`: 1 is autumn, 3 is summer. Both days are part of it."""

    year: int
    number: int
    starts: date
    ends: date

    @property
    def name(self) -> str:
        return f"{TERMS[self.number - 1]} term"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one point: the slot, the field to mend ("name", "opens" or "closes") and the sentence."""

    slot: int
    field: str
    sentence: str


def first_day(year: int) -> date:
    return date(year, 9, 1)


def last_day(year: int) -> date:
    return date(year + 1, 8, 31)


def usual_dates(year: int) -> list[tuple[date, date]]:
    """Half-terms as most English schools keep them; a school edits its own."""
    return [
        (date(year, 9, 1), date(year, 10, 23)),
        (date(year, 11, 2), date(year, 12, 18)),
        (date(year + 1, 1, 4), date(year + 1, 2, 12)),
        (date(year + 1, 2, 22), date(year + 1, 3, 26)),
        (date(year + 1, 4, 12), date(year + 1, 5, 28)),
        (date(year + 1, 6, 7), date(year + 1, 7, 22)),
    ]


def usual_points(year: int) -> list[PointFacts]:
    dated = zip(SLOTS, usual_dates(year), strict=True)
    return [PointFacts(slot, name, opens, closes) for slot, (name, (opens, closes)) in enumerate(dated, start=1)]


def terms_of(year: int, slots: Mapping[int, tuple[date, date, bool]]) -> list[Term]:
    """The year's three terms from its slots: opens, closes, shown. A year not set up has the usual ones.

    A term ends when the last of its points that the school uses closes; hidden ones have dates nobody looks after.
    """
    usual = {slot: (*days, True) for slot, days in enumerate(usual_dates(year), start=1)}
    held = usual | dict(slots)
    pairs = [(number, held[2 * number - 1], held[2 * number]) for number in range(1, len(TERMS) + 1)]
    return [Term(year, number, min(first[0], second[0]), max(_ends(first, second))) for number, first, second in pairs]


def _ends(*halves: tuple[date, date, bool]) -> list[date]:
    return [closes for _, closes, shown in halves if shown] or [closes for _, closes, _ in halves]


def faults(year: int, points: Sequence[PointFacts]) -> list[Fault]:
    """What keeps these points, in the order of their slots, from being a school year; one fault a point at most."""
    found = [fault for point in points if (fault := _alone(year, point))]
    wrong = {fault.slot for fault in found}
    names: dict[str, str] = {}
    for point in points:
        if (key := point.name.casefold()) in names and point.slot not in wrong:
            found.append(Fault(point.slot, "name", f"Another point of the year is called {point.name}."))
        names[key] = point.name
    for earlier, later in pairwise(points):
        if not {earlier.slot, later.slot} & wrong and (said := _between(earlier, later)):
            found.append(Fault(later.slot, "opens", said))
    return found


def _alone(year: int, point: PointFacts) -> Fault | None:
    if not is_seen(point.name):
        return Fault(point.slot, "name", UNSEEN)
    first, last = first_day(year), last_day(year)
    for field, day in (("opens", point.opens_on), ("closes", point.closes_on)):
        if not first <= day <= last:
            said = f"{point.name} {field} outside the school year. Choose a day from {long_date(first)} to "
            return Fault(point.slot, field, f"{said}{long_date(last)}.")
    if point.closes_on < point.opens_on:
        return Fault(point.slot, "closes", f"{point.name} closes before it opens.")
    return None


def _between(earlier: PointFacts, later: PointFacts) -> str:
    if later.closes_on < earlier.opens_on:
        return f"{later.name} comes after {earlier.name}, but its dates lie before. Put the dates in that order."
    if later.opens_on <= earlier.closes_on:
        return (
            f"{later.name} opens on {long_date(later.opens_on)}, but {earlier.name} closes on "
            f"{long_date(earlier.closes_on)}. Two points cannot be open on one day."
        )
    return ""


UNSEEN: Final = "The name holds a character that cannot be seen. Type it anew."


def tidy(name: str) -> str:
    """The name with single spaces and composed accents."""
    return normalize("NFC", " ".join(name.split()))


def is_seen(name: str) -> bool:
    """Whether every character can be seen: none that controls, or turns the direction of what follows it."""
    return name.isprintable()


def fingerprint(rows: Iterable[object]) -> str:
    """A short word for what a form showed; another word later means that somebody changed it meanwhile."""
    return blake2b(repr(list(rows)).encode(), digest_size=8).hexdigest()


PRODUCTS: Final = ("itrack", "iasend")
LONGEST_SCHOOL_NAME: Final = 120
WALES: Final = range(660, 682)  # local authority numbers; England has the others


@dataclass(frozen=True, slots=True)
class NewSchool:
    """A school to take on: its public identifiers, what it has subscribed to and for how long, and its trust's name."""

    urn: str
    la: str
    estab: str
    name: str
    phase: str = "primary"
    products: tuple[str, ...] = ("itrack",)
    subscribed_from: date | None = None
    subscribed_until: date | None = None
    trust: str = ""
    town: str = ""

    @property
    def country(self) -> str:
        return "WLS" if self.la.isdecimal() and int(self.la) in WALES else "ENG"


def school_faults(new: NewSchool) -> list[str]:
    """What keeps it from being a school, a sentence each. Numbers are as the register GIAS writes them."""
    found = [
        (_digits(new.urn, 6), "A URN has six digits, as 123456."),
        (_digits(new.la, 3), "A local authority has three digits, as 823."),
        (_digits(new.estab, 4), "An establishment number has four digits, as 2001."),
        (_is_name(new.name), f"A school’s name is one line of at most {LONGEST_SCHOOL_NAME} characters."),
        (
            not new.trust or _is_name(new.trust),
            f"A trust’s name is one line of at most {LONGEST_SCHOOL_NAME} characters.",
        ),
        (not new.town or _is_name(new.town), f"A town is one line of at most {LONGEST_SCHOOL_NAME} characters."),
        (bool(new.products) and {*new.products} <= {*PRODUCTS}, f"The products are {' and '.join(PRODUCTS)}."),
        (_in_order(new.subscribed_from, new.subscribed_until), "The subscription ends before it begins."),
    ]
    return [sentence for good, sentence in found if not good]


def _digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit() and text[0] != "0"


def _is_name(text: str) -> bool:
    return text.isprintable() and 0 < len(text.strip()) == len(text) <= LONGEST_SCHOOL_NAME


def _in_order(begins: date | None, ends: date | None) -> bool:
    """An end without a beginning is no subscription."""
    return ends is None or (begins is not None and begins <= ends)
