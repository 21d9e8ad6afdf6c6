"""Who is in view at a point, who is counted, in which band, and why the others are not.

In view: on roll when the point opened or on its last day looked at. A pupil belongs to one class, that of the first
day, or without one then that of the last. Who came later is in view if they have a mark of the point all the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from itrack.ui.words import long_date
from tests.oracle.circumstances import GROUPS, SPARE, group_of, year_group, year_group_words
from tests.oracle.rows import Mark, Rows

BANDS = {"below": "Below", "towards": "Working towards", "expected": "Expected", "greater": "Greater depth"}
NO_CLASS = "No class"


@dataclass(frozen=True)
class Standing:
    """A subject: pupils by band, and the reason of each who is in none."""

    name: str
    bands: dict[str, frozenset[int]]
    out: dict[int, str]

    @property
    def counted(self) -> frozenset[int]:
        return frozenset().union(*self.bands.values())

    @property
    def secure(self) -> frozenset[int]:
        return self.bands["expected"] | self.bands["greater"]

    @property
    def greater(self) -> frozenset[int]:
        return self.bands["greater"]

    @property
    def said(self) -> dict[int, str]:
        """Where each pupil stands, in words."""
        bands = {pupil: BANDS[band] for band, pupils in self.bands.items() for pupil in pupils}
        return bands | {pupil: f"Not counted: {why}" for pupil, why in self.out.items()}

    def reached(self, measure: str) -> frozenset[int]:
        return self.greater if measure == "greater" else self.secure


@dataclass(frozen=True)
class View:
    """`whose` is "all", a class by name, or a year group as "year-4". `marked` have a mark of the point."""

    rows: Rows
    slot: int
    whose: str
    marked: frozenset[int]

    @property
    def first(self) -> date:
        return min(self.rows.points[self.slot]["opens_on"], self.rows.seen)

    @property
    def last(self) -> date:
        return max(self.first, min(self.rows.points[self.slot]["closes_on"], self.rows.seen))

    def on(self, pupil: int, day: date) -> bool:
        return self.rows.on_roll(pupil, day) is not None

    def is_late(self, pupil: int) -> bool:
        here = self.on(pupil, self.first) or self.on(pupil, self.last)
        return not here and pupil in self.marked and self.on(pupil, self.rows.seen)

    def class_of(self, pupil: int) -> str:
        """The class somebody is counted in, "" for none."""
        if self.is_late(pupil):
            return self.rows.class_on(pupil, self.rows.seen)
        return self.rows.class_on(pupil, self.first) or self.rows.class_on(pupil, self.last)

    def year_of(self, pupil: int) -> str:
        return year_group(self.rows, pupil)

    def _is_of(self, pupil: int, group: str) -> bool:
        if self.whose.startswith("year-"):
            return self.year_of(pupil) == self.whose.removeprefix("year-")
        return self.whose in ("all", group)

    @cached_property
    def inside(self) -> frozenset[int]:
        """Who is counted if marked."""
        here = [one for one in self.rows.spells if self.on(one, self.first) or self.on(one, self.last)]
        return frozenset(one for one in here if self._is_of(one, self.class_of(one)))

    @cached_property
    def outside(self) -> dict[int, str]:
        """In view and counted in nothing, whatever their marks."""
        found = {}
        for pupil in self.rows.spells.keys() - self.inside:
            if self.is_late(pupil) and self._is_of(pupil, self.class_of(pupil)):
                found[pupil] = f"{self._came(pupil, self.rows.seen)}, after the point closed"
            elif self.on(pupil, self.last) and self._is_of(pupil, self.rows.class_on(pupil, self.last)):
                found[pupil] = f"In another class on {long_date(self.first)}, when the point opened"
        return found

    @property
    def people(self) -> frozenset[int]:
        return self.inside | self.outside.keys()

    def _came(self, pupil: int, day: date) -> str:
        spell = self.rows.on_roll(pupil, day)
        return f"Joined on {long_date(spell.starts)}" if spell else ""

    def unmarked(self, pupil: int) -> str:
        """Why there is no mark."""
        if not self.on(pupil, self.first):
            return f"{self._came(pupil, self.last)}, after the point opened"
        if not self.on(pupil, self.last):
            return f"No mark, and no longer on roll on {long_date(self.last)}"
        return "No mark yet"

    def why_not(self, pupil: int, mark: Mark | None) -> str:
        """Why somebody in view without a band is not counted."""
        if pupil in self.outside:
            return self.outside[pupil]
        if mark is None:
            return self.unmarked(pupil)
        name = self.rows.codes.get(mark.code, "")
        return f"Code {mark.code}, {name[:1].lower()}{name[1:]}" if name else f"Code {mark.code}"

    def standing(self, subject: str) -> Standing:
        """Where everybody in view stands in a subject of the main assessment."""
        rows = self.rows
        held = {m.pupil: m for m in rows.marks if (m.slot, m.subject, m.assessment) == (self.slot, subject, rows.main)}
        bands = {
            band: frozenset(one for one in self.inside if one in held and held[one].band == band) for band in BANDS
        }
        counted = frozenset().union(*bands.values())
        return Standing(subject, bands, {one: self.why_not(one, held.get(one)) for one in self.people - counted})

    def groups(self, told: Iterable[str], day: date) -> dict[str, dict[str, frozenset[int]]]:
        """Kind → group → who of those in view; kinds that divide nobody are left out where they are spare."""
        found = {}
        for kind in told:
            parts = {words: self.members(kind, words, day) for words in GROUPS[kind]}
            if kind not in SPARE or sum(bool(members) for members in parts.values()) > 1:
                found[kind] = parts
        return found

    def members(self, kind: str, words: str, day: date) -> frozenset[int]:
        return frozenset(one for one in self.people if group_of(self.rows, kind, one, day) == words)

    def by_year(self) -> dict[str, frozenset[int]]:
        codes = {self.year_of(one) for one in self.people}
        return {
            year_group_words(code): frozenset(one for one in self.people if self.year_of(one) == code) for code in codes
        }

    def by_class(self) -> dict[str, frozenset[int]]:
        names = {self.class_of(one) for one in self.people}
        return {name or NO_CLASS: frozenset(one for one in self.people if self.class_of(one) == name) for name in names}


def view_of(rows: Rows, slot: int, whose: str) -> View:
    """For reports that look at every subject of the main assessment."""
    return View(
        rows, slot, whose, frozenset(m.pupil for m in rows.marks if (m.slot, m.assessment) == (slot, rows.main))
    )
