"""Marks that look wrong and may be right, each with what speaks for it."""

from collections.abc import Mapping, Sequence

from itrack.checking.api import OddAsked, OddLine, odd_page
from itrack.checking.rules.odd import MAYBE, SORT_NAMES, Sort
from itrack.foundation.viewer import MARKERS
from itrack.pupils.api import names_of
from itrack.reports.catalogue.declared import Arithmetic, Report, Way
from itrack.reports.catalogue.declared import Section as Place
from itrack.reports.queries.question import Asked, Choice, Offered
from itrack.reports.rules.answer import Answer, Column, Count, Number, Person, Row, Section, Table
from itrack.reports.rules.declared import READS_ATTAINMENT
from itrack.reports.rules.finding import Finding
from itrack.ui.words import count_of

EVERYTHING = "all"
DENOMINATOR = (
    "Looked at are all marks of the year, of every assessment, of the pupils this reader sees, also those who left. "
    "Counted are pupils with something odd; nothing here changes by itself."
)
SORTS = (Column("What", numeric=False), Column("Pupils"), Column("Things"))
LINES = (
    Column("Pupil", numeric=False),
    Column("Class today", numeric=False),
    Column("Point", numeric=False),
    Column("Subject", numeric=False),
    Column("What is odd", numeric=False),
)


def sorts(_: Asked, __: Offered) -> list[tuple[str, str]]:
    return [(EVERYTHING, "Everything"), *((sort.value, name) for sort, name in SORT_NAMES.items())]


def overview(asked: Asked) -> Answer:
    page = odd_page(viewer=asked.viewer, asked=OddAsked(asked.point.year), today=asked.today)
    chosen = asked.chosen["sort"]
    lines = [one for one in (page.lines if page else []) if chosen in (EVERYTHING, one.finding.sort.value)]
    if not lines:
        title = "Nothing odd here"
        return Answer(DENOMINATOR, [], empty=(title, "No jump, no gap, nothing outside its scheme or the roll."))
    people = _people(asked, lines)
    return Answer(
        denominator=DENOMINATOR,
        sections=[_by_sort(lines), _list(lines, people)],
        people=people,
        counted=frozenset(people),
        findings=[Finding("", _told(lines, people))],
        standing={"": _standing(lines)},
    )


def _people(asked: Asked, lines: Sequence[OddLine]) -> dict[int, Person]:
    names = names_of(school=asked.school, pupils={one.finding.pupil for one in lines})
    classes = {one.finding.pupil: (one.group or None, one.class_name) for one in lines}
    return {pupil: Person(pupil, *names[pupil], *classes[pupil]) for pupil in classes if pupil in names}


def _told(lines: Sequence[OddLine], people: Mapping[int, Person]) -> str:
    verb = "looks" if len(lines) == 1 else "look"
    return f"{count_of(len(lines), 'thing')} {verb} odd, of {count_of(len(people), 'pupil')}, and may be right."


def _by_sort(lines: Sequence[OddLine]) -> Section:
    rows = []
    for sort in Sort:
        own = [one for one in lines if one.finding.sort is sort]
        pupils = frozenset(one.finding.pupil for one in own)
        if own:
            rows.append(
                Row([SORT_NAMES[sort], Count(sort.value, pupils, None, SORT_NAMES[sort].lower()), Number(len(own))])
            )
    notes = [
        f"{SORT_NAMES[sort]} may be right: {MAYBE[sort]}"
        for sort in Sort
        if any(one.finding.sort is sort for one in lines)
    ]
    return Section([Table("What is odd", SORTS, rows)], notes=notes)


def _list(lines: Sequence[OddLine], people: Mapping[int, Person]) -> Section:
    """By what is odd, then by pupil."""
    rows = [
        Row(
            [people[one.finding.pupil], one.class_name, one.point, one.subject, one.finding.what],
            group=SORT_NAMES[one.finding.sort],
        )
        for sort in Sort
        for one in lines
        if one.finding.sort is sort and one.finding.pupil in people
    ]
    return Section([Table("Mark by mark", LINES, rows)], title="Mark by mark")


def _standing(lines: Sequence[OddLine]) -> dict[int, str]:
    said: dict[int, list[str]] = {}
    for one in lines:
        said.setdefault(one.finding.pupil, []).append(f"{one.subject}: {one.finding.what}")
    return {pupil: " ".join(told) for pupil, told in said.items()}


REPORT = Report(
    name="odd-values",
    title="Odd values",
    answers="Marks that look wrong and may be right: jumps, gaps, judgement and test apart, outside scheme or roll.",
    counts="Pupils with a mark of the year that looks odd.",
    may=READS_ATTAINMENT,
    section=Place.SCHOOL,
    arithmetic=Arithmetic.NONE,
    point=False,
    pupils=False,
    as_at=False,
    choices=(Choice("sort", "What", sorts),),
    leads_to=(Way("odd-marks", "Put them right", MARKERS),),
    work_out=overview,
)
