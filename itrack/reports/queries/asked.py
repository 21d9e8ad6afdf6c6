"""What is asked of a report, from the words of an address or a command line.

Nothing said means the usual: the point to begin with (see `points`), the whole school, or for a teacher their own
class. Words that mean nothing are answered with a sentence; a class the reader may not see is not there at all.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache

from itrack.curriculum.api import subjects
from itrack.foundation import clock
from itrack.foundation.viewer import Role, Viewer
from itrack.pupils.api import ClassRow, classes_for, year_group_name, year_groups
from itrack.pupils.rules_answers import Flag
from itrack.pupils.rules_columns import flags_hidden_from
from itrack.pupils.rules_years import LADDER, NO_YEAR_GROUP
from itrack.reports.queries.points import SEES_WHOLE_SCHOOL, choices_said, known_points, point_asked
from itrack.reports.queries.question import FIELDS, Asked, Asks, NothingYet, Offered, Subject, Unclear
from itrack.reports.rules.declared import ANONYMOUS, READS_NEEDS
from itrack.reports.rules.population import CLASS, WHOLE, WHOLE_SCHOOL, YEAR, Whose, days_of
from itrack.reports.rules.together import TOGETHER, TOGETHER_SAID, three_of
from itrack.schools.api import PointRow, year_title

# No record reaches back so far, and a calendar that goes four years further still has a year to name.
EARLIEST = date(1900, 1, 1)


def ask(*, viewer: Viewer, said: Mapping[str, str], now: datetime, asks: Asks) -> tuple[Asked, Offered]:
    """Reads `said` (filters to text, "" or absent for the usual; others are ignored). Raises Unclear, or NothingYet."""
    asks, today = asks.by(viewer.role), clock.day_of(now)
    text = {name: said.get(name, "").strip() if name in asks.fields else "" for name in FIELDS}
    as_at = _day("as_at", text["as_at"], today)
    known = known_points(viewer, today)
    begins = point_asked(viewer, known, text, as_at or today, usual=asks.begins_with_marks and as_at is None)
    point, as_at = begins.point, begins.point.closes_on if viewer.role in ANONYMOUS else as_at
    offered = replace(_offered(viewer, known, point.year, today, across=asks.across), begins=begins)
    asked = Asked(
        school=viewer.school,
        point=point,
        whose=_whose(text["pupils"], offered, viewer, point.year) if asks.pupils else WHOLE_SCHOOL,
        subject=_subject(text["subject"], offered.subjects, asks),
        as_at=as_at,
        seen=as_at or today,
        now=now,
        viewer=viewer,
        since=_since(text["since"], as_at or today, today),
        subjects=offered.subjects,
        guarded=READS_NEEDS.admits(viewer) or viewer.role in ANONYMOUS,
        hidden=_flags_hidden_from(viewer.role),
        asks=asks,
    )
    return _chosen(asked, offered, said)


def _flags_hidden_from(role: Role) -> frozenset[str]:
    """Who has needs may be told as a number that is not small; who is looked after is not even told so."""
    hidden = flags_hidden_from(role)
    return hidden - {Flag.SEN} if role in ANONYMOUS else hidden


def _chosen(asked: Asked, offered: Offered, said: Mapping[str, str]) -> tuple[Asked, Offered]:
    """Reads the report's own choices, one after another: a later one may offer what an earlier one leaves."""
    _refuse_nobodys_year(asked)
    for choice in asked.asks.choices:
        among = choice.offered(asked, offered)
        text = "" if asked.asks.settled else said.get(choice.name, "").strip()
        known = {word.casefold(): value for value, words in among for word in (words, value)}
        if text and text.casefold() not in known:
            there = choices_said(words for _, words in among)
            raise Unclear(choice.name, f"{choice.label}: there is no such choice here. {there}")
        value = known[text.casefold()] if text else among[0][0]
        words = {**asked.said, choice.label: dict(among)[value]}
        asked = replace(asked, chosen={**asked.chosen, choice.name: value}, said=words)
        offered = replace(offered, choices={**offered.choices, choice.name: among})
    return asked, offered


def _offered(viewer: Viewer, known: Sequence[PointRow], year: int, today: date, *, across: bool) -> Offered:
    begun = [point for point in known if point.opens_on <= today]
    return Offered(
        years=sorted({point.year for point in known}, reverse=True),
        points=[point for point in known if point.year == year],
        every_class=cache(lambda: [] if viewer.role in ANONYMOUS else classes_for(viewer=viewer, year=year)),
        subjects=[] if across else subjects(school=viewer.school),
        whole_school=viewer.role in SEES_WHOLE_SCHOOL,
        running=f"{year_title(begun[-1].year)}, {begun[-1].name}" if begun else "",
        known=known,
    )


def _since(text: str, seen: date, today: date) -> date | None:
    since = _day("since", text, today)
    if text and (since is None or since >= seen):
        raise Unclear("since", "Choose an earlier day to compare with than the one the report is of.")
    return since


def _day(field: str, text: str, today: date) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Unclear(field, "That is not a day. Write it as 2026-11-23, or leave it empty for today.") from None
    if day < EARLIEST:
        raise Unclear(field, "Nobody who could be in this record was at school then. Choose a later day.")
    if day > today:
        raise Unclear(field, "That day has not come yet. Choose today or a day before it.")
    return day if day < today else None


def _subject(text: str, known: Sequence[tuple[int, str]], asks: Asks) -> tuple[int, str] | None:
    """The one asked for. Which is the lowest may be held back: who sees no small numbers begins with the first."""
    if asks.subject == Subject.NONE:
        return None
    if not text:
        one = asks.subject in (Subject.ONE, Subject.ONE_OR_TOGETHER)
        return _first(known) if one or (asks.subject == Subject.CLOSELY and asks.settled and known) else None
    if asks.subject == Subject.ONE_OR_TOGETHER and text.casefold() in TOGETHER_SAID and three_of(known):
        return TOGETHER
    for pk, name in known:
        if text.casefold() in (str(pk), name.casefold()):
            return pk, name
    there = choices_said(name for _, name in known)
    raise Unclear("subject", f"There is no such subject here. {there}", elsewhere=text.isdigit())


def _first(known: Sequence[tuple[int, str]]) -> tuple[int, str]:
    if not known:
        raise NothingYet("No subjects yet", "A head or administrator sets up the subjects first.")
    return known[0]


def _whose(text: str, offered: Offered, viewer: Viewer, year: int) -> Whose:
    if not text:
        return _usual(offered, year)
    named = {word.casefold(): whose for word, whose in _spellings(offered)}
    found = named.get(text.casefold())
    if found is not None:
        return found
    _refuse_other_year(text, offered, viewer, year)
    there = choices_said([*(["Whole school"] if offered.whole_school else []), *(row.name for row in offered.classes)])
    raise Unclear(
        "pupils",
        f"There is no such class or year group to look at in {year_title(year)}. {there}",
        elsewhere=re.fullmatch(r"class-\d+", text) is not None,
    )


def _usual(offered: Offered, year: int) -> Whose:
    if offered.whole_school:
        return WHOLE_SCHOOL
    if not offered.classes:
        raise NothingYet(
            f"You have no class in {year_title(year)}",
            "The head or an administrator gives classes to teachers. Reports of your class are here from then on.",
        )
    return _of_class(offered.classes[0])


def _spellings(offered: Offered) -> Iterable[tuple[str, Whose]]:
    if offered.whole_school:
        yield from ((word, WHOLE_SCHOOL) for word in (WHOLE, WHOLE_SCHOOL.words))
        for code in (*LADDER, NO_YEAR_GROUP):
            whose = of_year(code)
            yield from ((word, whose) for word in (whose.value, whose.words))
    # Last, so that a class called "Reception" is meant by that word before the year group of that name.
    for row in offered.classes:
        yield from ((word, _of_class(row)) for word in (f"{CLASS}-{row.id}", row.name))


def _of_class(row: ClassRow) -> Whose:
    return Whose(CLASS, str(row.id), row.name)


def of_year(code: str) -> Whose:
    return Whose(YEAR, code, year_group_name(code))


def year_groups_offered(asked: Asked) -> list[Whose]:
    """The year groups that somebody is in on the first day of the point, or on the day looked at."""
    return _years_on(asked, min(asked.point.opens_on, asked.seen))


def _years_on(asked: Asked, day: date) -> list[Whose]:
    return [of_year(code) for code, _ in year_groups(school=asked.school, on=day, year=asked.point.year)]


def _refuse_nobodys_year(asked: Asked) -> None:
    """A year group that nobody is in on any day the point looks at: empty tables would read as an answer."""
    if asked.whose.kind != YEAR:
        return
    point = asked.point
    days = days_of(opens_on=point.opens_on, closes_on=point.closes_on, seen_on=asked.seen)
    on_a_day = [_years_on(asked, day) for day in sorted({days.roll, days.last, asked.seen})]
    there = {whose: None for found in on_a_day for whose in found}
    if asked.whose not in there:
        listed = choices_said(whose.words for whose in there)
        when = f"{point.name}, {year_title(point.year)}"
        raise Unclear("pupils", f"{asked.whose.words}: nobody here is in such a year group at {when}. {listed}")


def _refuse_other_year(text: str, offered: Offered, viewer: Viewer, year: int) -> None:
    """A class kept in the address while the year was changed: said kindly, because every reader does it once."""
    if not text.startswith(f"{CLASS}-"):
        return
    for other in offered.years:
        rows = classes_for(viewer=viewer, year=other) if other != year else []
        if any(text == f"{CLASS}-{row.id}" for row in rows):
            there = choices_said(row.name for row in offered.classes)
            raise Unclear("pupils", f"That is a class of {year_title(other)}, not of {year_title(year)}. {there}")
