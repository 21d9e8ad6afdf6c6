"""The names behind a figure: who is counted in it, or who is not and why."""

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from itrack.curriculum.rules import BAND_OF, Band
from itrack.reports.queries.asked import Unclear
from itrack.reports.queries.attainment import Attainment
from itrack.reports.queries.divided import InView
from itrack.reports.rules.groups import Group
from itrack.reports.rules.population import CLASS
from itrack.reports.rules.tally import SubjectTally
from itrack.reports.shown.figures import COUNTED, OUT, SAID, SECURE
from itrack.reports.shown.overview import by_name, missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Named:
    """A pupil on the page of names: the band they are in, or why they are in none."""

    pupil: InView
    band: Band | None
    reason: str


def named(found: Attainment, part: str, among: str = "") -> tuple[str, list[Named]]:
    """What a figure is of, in words, and the pupils behind it, by name. `among` is a group's value. Raises Unclear."""
    group = group_of(found, among) if among else None
    if found.asked.subject:
        one = group.tally if group else found.tallies[0]
        words, rows = _of_subject(one, found, part)
    else:
        words, rows = _of_any(found, part)
    said = f"{words}, {group.division.title.lower()}: {group.part.words}" if group else words
    return said, sorted(rows, key=lambda row: by_name(row.pupil))


def group_of(found: Attainment, among: str) -> Group:
    """The group an address names, of those this reader sees here. Raises Unclear."""
    if found.asked.subject is None:
        raise Unclear("subject", "A group is always of one subject. Choose which.")
    known = {group.value: group for group in found.groups}
    if among not in known:
        there = f"There are: {', '.join(known)}." if known else "There are none."
        raise Unclear(
            "among", f"There is no such group here. {there}", elsewhere=among.removeprefix(f"{CLASS}-").isdecimal()
        )
    return known[among]


def _of_subject(one: SubjectTally, found: Attainment, part: str) -> tuple[str, list[Named]]:
    parts: Mapping[str, Iterable[int]] = {**one.bands, SECURE: one.secure, COUNTED: one.counted, OUT: one.out}
    band_of = {pupil: BAND_OF[band] for band, pupils in one.bands.items() for pupil in pupils}
    words = SAID.get(part) or BAND_OF[part].name.lower()
    return f"{one.name}, {words}", [Named(found.pupils[pk], band_of.get(pk), one.out.get(pk, "")) for pk in parts[part]]


def _of_any(found: Attainment, part: str) -> tuple[str, list[Named]]:
    why: defaultdict[int, list[str]] = defaultdict(list)
    for row in missing(found):
        why[row.pupil.id].append(f"{row.where}: {row.reason}")
    if part == COUNTED:
        return "Counted in at least one subject", [
            Named(found.pupils[pk], None, "; ".join(why[pk])) for pk in found.counted
        ]
    return "Not counted in at least one subject", [
        Named(found.pupils[pk], None, "; ".join(reasons)) for pk, reasons in why.items()
    ]
