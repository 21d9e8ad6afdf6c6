"""Of which assessment point a question is: the one it names, or else the one a report begins with.

A report begins with the running point once a mark is in view there, otherwise with the last point that has marks: until
then an empty page would hide the one before. Who looks at a class or year group stays in the running school year, for
another year has other pupils in it. What is asked of an earlier day begins with the point that was running on it. The
Mark page has nothing to do with this: it opens where marks are due.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from itrack.assessment.api import last_marked_point
from itrack.foundation.viewer import Role, Viewer
from itrack.pupils.api import classes_for
from itrack.reports.queries.question import Begins, NothingYet, Unclear
from itrack.reports.rules.declared import ANONYMOUS
from itrack.reports.rules.population import CLASS, WHOLE, WHOLE_SCHOOL
from itrack.schools.api import PointRow, academic_year_on, points, year_title
from itrack.ui.words import long_date

SEES_WHOLE_SCHOOL = frozenset({Role.ADMINISTRATOR, Role.HEAD, Role.SENCO}) | ANONYMOUS


def known_points(viewer: Viewer, today: date) -> list[PointRow]:
    """The points there are. Of one that is open a reader without names sees nothing: watched, it gives marks away."""
    known = points(school=viewer.school)
    if not known:
        raise NothingYet("No assessment points yet", "A head or administrator sets up the school year first.")
    if viewer.role not in ANONYMOUS:
        return known
    closed = [point for point in known if point.closes_on < today]
    if not closed:
        first = f"{known[0].name} ends on {long_date(known[0].closes_on)}"
        raise NothingYet("No figures yet", f"They are here from the day after an assessment point ends: {first}.")
    return closed


def point_asked(
    viewer: Viewer, known: Sequence[PointRow], text: Mapping[str, str], seen: date, *, usual: bool
) -> Begins:
    """`text` are the filters as said; `usual`: marks decide with which point to begin."""
    year = _year(text["year"], known)
    if text["point"]:
        return Begins(_named(known, text["point"], year, seen))
    among = [point for point in known if year in (None, point.year)]
    begun = [point for point in among if point.opens_on <= seen]
    if not begun:
        return Begins(among[0])
    return _to_begin_with(viewer, begun, text["pupils"]) if usual else Begins(begun[-1])


def _to_begin_with(viewer: Viewer, begun: Sequence[PointRow], pupils: str) -> Begins:
    running = begun[-1]
    everybody = viewer.role in SEES_WHOLE_SCHOOL and pupils.casefold() in ("", WHOLE, WHOLE_SCHOOL.words.casefold())
    among = [point for point in begun if everybody or point.year == running.year]
    group = None if everybody else _class_in_view(viewer, running.year, pupils)
    marked = last_marked_point(school=viewer.school, points=[point.id for point in among], group=group)
    found = next((point for point in among if point.id == marked), running)
    others = [point for point in among if point != found]
    return Begins(found, running=running, instead=others[-1] if others else None)


def _class_in_view(viewer: Viewer, year: int, pupils: str) -> int | None:
    """The class of that year which is looked at; None where it is a year group, or nothing the reader has."""
    rows = classes_for(viewer=viewer, year=year)
    named = [row.id for row in rows if pupils.casefold() in ("", f"{CLASS}-{row.id}", row.name.casefold())]
    return named[0] if named else None


def _named(known: Sequence[PointRow], text: str, year: int | None, seen: date) -> PointRow:
    if year is None:
        years = {point.year for point in known}
        year = academic_year_on(seen) if academic_year_on(seen) in years else max(years)
    named = {word: point for point in known if point.year == year for word in (str(point.slot), point.name.casefold())}
    found = named.get(text.casefold())
    if found is None:
        there = choices_said(point.name for point in known if point.year == year)
        raise Unclear("point", f"There is no such assessment point in {year_title(year)}. {there}")
    return found


def _year(text: str, known: Sequence[PointRow]) -> int | None:
    if not text:
        return None
    years = {word: point.year for point in known for word in (str(point.year), year_title(point.year))}
    found = years.get(text.replace("-", "/"))
    if found is None:
        raise Unclear("year", f"There are no assessment points in such a school year. {choices_said(_titles(known))}")
    return found


def _titles(known: Sequence[PointRow]) -> list[str]:
    return [year_title(year) for year in sorted({point.year for point in known})]


def choices_said(words: Iterable[str]) -> str:
    listed = ", ".join(words)
    return f"There are: {listed}." if listed else "There are none yet."
