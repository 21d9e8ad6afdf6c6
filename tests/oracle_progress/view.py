"""Who is in view at a point, said once more: on roll as it opened or on its last day looked at, each in one class."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tests.oracle_progress.record import Point, Then, in_words

type Where = Callable[[str, int], bool]  # whether a year group and a class (0 for none) are looked at


@dataclass(frozen=True)
class Question:
    """What is asked of a report. `whose` is "all", "year-4" or "class-12", `chosen` the report's own filters.

    `reader` is the head, or Tom, who teaches `own`, the only class he sees.
    """

    then: Then
    year: int = 2026
    slot: int = 2
    whose: str = "all"
    subject: int = 0
    chosen: dict[str, str] | None = None
    reader: str = "hana"
    own: int = 0

    @property
    def point(self) -> Point:
        return self.then.point(self.year, self.slot)

    def of(self, year_group: str, group: int) -> bool:
        return self.whose in ("all", f"year-{year_group}", f"class-{group}" if group else "nobody")

    def choice(self, name: str) -> str:
        return (self.chosen or {})[name]


@dataclass(frozen=True)
class View:
    """`inside` count if marked, `outside` never, for a reason; `unmarked` says why some inside may have no mark."""

    first: date
    last: date
    inside: frozenset[int]
    outside: dict[int, str]
    unmarked: dict[int, str]
    classes: dict[int, tuple[int, str]]
    joined: dict[int, date]

    @property
    def people(self) -> frozenset[int]:
        return self.inside | self.outside.keys()

    @property
    def outs(self) -> frozenset[tuple[int, str, str]]:
        """Those who never count, as lines of who is left out of the whole report."""
        return frozenset((pupil, "", why) for pupil, why in self.outside.items())

    def why_unmarked(self, pupil: int) -> str:
        return self.unmarked.get(pupil, "No mark yet")


def view(asked: Question, marked: set[int] | frozenset[int] = frozenset(), point: Point | None = None) -> View:
    """Of the point asked about, or another. `marked` have a mark there that this report would show."""
    at, then = point or asked.point, asked.then
    first = min(at.opens, then.seen)
    last = max(first, min(at.closes, then.seen))
    here = {day: {pupil for pupil in then.pupils if then.since(pupil, day)} for day in (first, last, then.seen)}
    held = {day: {pupil: then.class_on(pupil, day, at.year) for pupil in found} for day, found in here.items()}
    settled = {pupil: _settled(held[first].get(pupil), held[last].get(pupil)) for pupil in here[first] | here[last]}

    def looked_at(pupil: int, group: tuple[int, str]) -> bool:
        return asked.of(then.year_group(pupil, at.year), group[0])

    inside = frozenset(pupil for pupil, group in settled.items() if looked_at(pupil, group))
    late = {pupil for pupil in here[then.seen] & marked - settled.keys() if looked_at(pupil, held[then.seen][pupil])}
    moved = {pupil for pupil in here[last] - inside if looked_at(pupil, held[last][pupil])}
    kind = asked.whose.partition("-")[0]
    outside = {pupil: f"In another {kind} on {in_words(first)}, when the point opened" for pupil in moved}
    outside |= {pupil: f"Joined on {_since(then, pupil, then.seen)}, after the point closed" for pupil in late}
    classes = {pupil: settled.get(pupil) or held[then.seen][pupil] for pupil in (*inside, *outside)}
    joined = {
        pupil: day for pupil in inside | outside.keys() if (day := then.since(pupil, first) or then.since(pupil, last))
    }
    return View(first, last, inside, outside, _unmarked(then, inside, here, first, last), classes, joined)


def _settled(first: tuple[int, str] | None, last: tuple[int, str] | None) -> tuple[int, str]:
    """The class as the point opened, or without one then the one given later."""
    return (first if first and first[0] else last) or (0, "")


def _unmarked(
    then: Then, inside: frozenset[int], here: dict[date, set[int]], first: date, last: date
) -> dict[int, str]:
    gone = f"No mark, and no longer on roll on {in_words(last)}"
    told = dict.fromkeys(inside - here[last], gone)
    return told | {
        pupil: f"Joined on {_since(then, pupil, last)}, after the point opened" for pupil in inside - here[first]
    }


def _since(then: Then, pupil: int, day: date) -> str:
    since = then.since(pupil, day)
    assert since, "whoever is here has come on some day"
    return in_words(since)


def why_not_before(seen: View, pupil: int, point: Point) -> str:
    """Why somebody in view has no mark at an earlier point."""
    day = seen.joined.get(pupil)
    return f"Joined on {in_words(day)}, later" if day and day > point.closes else "No mark"
