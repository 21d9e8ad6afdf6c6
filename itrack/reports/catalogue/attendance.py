"""Absence of a school year from the totals that transfer files bring, with attainment beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itrack.reports.catalogue.attainment import standing
from itrack.reports.catalogue.declared import Report
from itrack.reports.catalogue.declared import Section as Place
from itrack.reports.queries.attainment import Attainment, attainment_of_one
from itrack.reports.queries.question import Asked, Choice, Offered, Subject
from itrack.reports.queries.sessions import SessionsHere, sessions_here, years_told
from itrack.reports.rules.answer import Answer, Cell, Column, Count, Number, Out, Row, Section, Table, Unit
from itrack.reports.rules.attendance import (
    ABSENCE_BANDS,
    AbsenceBand,
    Sessions,
    attendance_findings,
    persistent,
    rate_said,
    together_missed,
)
from itrack.reports.rules.declared import READS_ATTAINMENT
from itrack.reports.rules.finding import FEW, inside
from itrack.reports.rules.groups import Division, Part
from itrack.reports.rules.measure import AT_EXPECTED
from itrack.reports.rules.pictures import ShareBar, ShareBars
from itrack.reports.rules.tally import SubjectTally
from itrack.schools.api import year_title
from itrack.ui.words import percent

RULES = (
    "Overall absence: all sessions missed, with leave or without, of all sessions possible, pooled over the pupils "
    "counted; it is not the mean of pupils’ rates.",
    "Persistent absence: a pupil who missed 10% or more of their own sessions. Severe: 50% or more.",
    "Sessions are the yearly totals of transfer files, at this school alone. A file’s year is taken for the one in "
    "which the school year starts. Daily marks are never stored.",
)
NOT_CAUSE = "Both stand side by side; that does not say that the one comes of the other."
ABOUT = "Sessions"


@dataclass(frozen=True, slots=True)
class Looked:
    """The answer's parts: whose sessions are known, why others' are not, and the subject beside."""

    asked: Asked
    found: Attainment
    known: Mapping[int, Sessions]
    unknown: Mapping[int, str]
    subject: SubjectTally
    year: int


def _years(asked: Asked, offered: Offered) -> list[tuple[str, str]]:
    return [(str(year), year_title(year)) for year in years_told(asked)]


def absence(asked: Asked) -> Answer:
    found, year = attainment_of_one(asked), int(asked.chosen["sessions"])
    here = sessions_here(asked, year)
    known, unknown = _known(found, here)
    [one] = found.tallies
    looked = Looked(asked, found, known, unknown, one, year)
    return Answer(
        denominator=f"Counted: pupils in view at {asked.point.name} of whom a transfer file told the sessions of "
        f"{year_title(year)} at this school. Beside them: {found.denominator}",
        sections=[_by_year(looked), _by_band(looked), *_by_group(looked)] if known else [],
        people=found.pupils,
        counted=frozenset(known),
        out=[Out(pupil, ABOUT, why) for pupil, why in sorted(unknown.items())] + _unmarked(looked),
        findings=attendance_findings(
            known, one, AT_EXPECTED, year=year_title(year), where=asked.whose.running, in_view=len(found.pupils)
        ),
        standing={**standing(found.tallies), ABOUT: _stands(looked)},
        rules=RULES,
        groups_on=found.groups_on,
        empty=_empty(asked, here.brought, bool(found.pupils), year),
    )


def _known(found: Attainment, here: SessionsHere) -> tuple[dict[int, Sessions], dict[int, str]]:
    """The sessions at this school of everybody in view, or why there are none."""
    title = year_title(here.year)
    known = {pupil: here.known[pupil] for pupil in found.pupils if pupil in here.known}
    unknown = {
        pupil: f"Sessions of {title} at another school alone"
        if pupil in here.elsewhere
        else f"No file told of sessions in {title}"
        for pupil in found.pupils
        if pupil not in known
    }
    return known, unknown


def _empty(asked: Asked, brought: bool, anybody: bool, year: int) -> tuple[str, str] | None:
    if not anybody:
        return None
    if brought:
        return "No sessions of these pupils", f"Files brought totals of {year_title(year)}, but of nobody in view here."
    return (
        "No sessions yet",
        f"No transfer file has brought totals of sessions for {year_title(year)}. Most systems put them into the file "
        "for the whole school once the year is over; they are here as soon as such a file has been taken in.",
    )


def _unmarked(looked: Looked) -> list[Out]:
    told = looked.subject.out.items()
    return [Out(pupil, looked.subject.name, why) for pupil, why in sorted(told) if pupil in looked.known]


def _stands(looked: Looked) -> dict[int, str]:
    told = {pupil: f"{rate_said(one)}, {one.missed} of {one.possible} sessions" for pupil, one in looked.known.items()}
    return told | {pupil: f"Not counted: {why}" for pupil, why in looked.unknown.items()}


def _by_year(looked: Looked) -> Section:
    """Everybody, then year by year."""
    whole = Division("all", "", [Part("all", "Everybody", frozenset(looked.known))])
    picture = ShareBars(
        f"{looked.asked.whose.words}, {year_title(looked.year)}: share of sessions missed",
        [bar for by in (whole, looked.found.by_year) for part in by.parts for bar in _bar(by, part, looked)],
        f"Sessions missed in {year_title(looked.year)}",
        "session",
    )
    table = _table("Absence by year group", [whole, looked.found.by_year], looked)
    return Section([table], picture=picture, notes=_care([table]))


def _by_group(looked: Looked) -> list[Section]:
    kinds = looked.found.divisions
    half = (len(kinds) + 1) // 2
    tables = [
        _table(f"Absence by {', '.join(inside(one.title) for one in some)}", some, looked)
        for some in (kinds[:half], kinds[half:])
        if some
    ]
    return [Section(tables, "Absence group by group", notes=_care(tables))] if tables else []


def _care(tables: Sequence[Table]) -> list[str]:
    few = any(row.note for table in tables for row in table.rows)
    return [f"Under {FEW}: so few pupils are counted that a share says little."] if few else []


def _table(title: str, divided: Sequence[Division], looked: Looked) -> Table:
    heads = [
        Column("Group", numeric=False),
        Column("Absence %", strong=True),
        Column("Sessions missed", short="Missed"),
        Column("Sessions possible", short="Possible"),
        Column("Persistent absence", short="10%+", share=True),
        Column("Counted", short="Of"),
        Column(f"Expected or above in {inside(looked.subject.name)}", short="E or G", share=True),
        Column(f"With a mark in {inside(looked.subject.name)}", short="Marked"),
    ]
    rows = [_row(by, part, looked) for by in divided for part in by.parts if part.members & looked.found.pupils.keys()]
    return Table(title, heads, rows)


def _of(part: Part, looked: Looked) -> dict[int, Sessions]:
    return {pupil: one for pupil, one in looked.known.items() if pupil in part.members}


def _bar(by: Division, part: Part, looked: Looked) -> list[ShareBar]:
    pooled = together_missed(_of(part, looked).values())
    return [ShareBar(part.words, pooled.missed, pooled.possible, rate_said(pooled), by.title)] if pooled else []


def _row(by: Division, part: Part, looked: Looked) -> Row:
    own, key = _of(part, looked), f"{by.code}-{part.code}"
    pooled, counted = together_missed(own.values()), frozenset(own)
    whose = f"{by.title}: {part.words}, " if by.title else ""
    cells: list[Cell] = [
        part.words,
        Number(100 * pooled.rate if pooled else None, Unit.MEAN),
        Number(pooled.missed if pooled else 0),
        Number(pooled.possible if pooled else 0),
        Count(f"{key}.persistent", persistent(own), counted, f"{whose}persistent absence", ABOUT),
        Count(f"{key}.counted", counted, None, f"{whose}counted in sessions", ABOUT),
        *_with_marked(_attained(key, counted, looked, whose), key, looked, whose),
    ]
    return Row(cells, group=by.title, note=f"under {FEW}" if 0 < len(own) < FEW else "", strong=not by.title)


def _attained(key: str, pupils: frozenset[int], looked: Looked, whose: str) -> Count:
    one = looked.subject
    words = f"{whose}{AT_EXPECTED.words} in {inside(one.name)}"
    return Count(f"{key}.attained", AT_EXPECTED.reached(one) & pupils, one.counted & pupils, words, one.name)


def _by_band(looked: Looked) -> Section:
    """How much was missed, with where those pupils stand in the subject."""
    name = inside(looked.subject.name)
    bands = [(band, frozenset(who for who, one in looked.known.items() if band.holds(one))) for band in ABSENCE_BANDS]
    attained = [_attained(band.code, pupils, looked, f"{band.words}, ") for band, pupils in bands]
    picture = ShareBars(
        f"{looked.asked.whose.words}, {looked.asked.point.name}: {AT_EXPECTED.words} in {name}, by sessions missed",
        [_attained_bar(band, one) for (band, _), one in zip(bands, attained, strict=True)],
        f"{AT_EXPECTED.title} in {name}",
    )
    heads = [
        Column("Sessions missed", numeric=False),
        Column("Pupils", share=True),
        Column(f"Expected or above in {name}", short="E or G", share=True, strong=True),
        Column(f"With a mark in {name}", short="Of"),
    ]
    rows = [_band_row(band, pupils, one, looked) for (band, pupils), one in zip(bands, attained, strict=True)]
    title = f"Absence beside {name}"
    return Section([Table(title, heads, rows)], title, picture, notes=[NOT_CAUSE])


def _attained_bar(band: AbsenceBand, one: Count) -> ShareBar:
    of = len(one.of or ())
    said = f"{percent(one.n, of)}, {one.n} of {of}" if of else "nobody with a mark"
    return ShareBar(band.words, one.n, of, said)


def _band_row(band: AbsenceBand, pupils: frozenset[int], attained: Count, looked: Looked) -> Row:
    count = Count(f"band.{band.code}", pupils, frozenset(looked.known), band.words, ABOUT)
    attained, marked = _with_marked(attained, band.code, looked, f"{band.words}, ")
    return Row([band.words, count, attained, marked], note=f"under {FEW}" if 0 < marked.n < FEW else "")


def _with_marked(attained: Count, key: str, looked: Looked, whose: str) -> tuple[Count, Count]:
    """A share, and how many it is a share of."""
    words = f"{whose}marked in {inside(looked.subject.name)}"
    return attained, Count(f"{key}.marked", attained.of or frozenset(), None, words, attained.about)


REPORT = Report(
    name="attendance",
    title="Attendance",
    answers="How many sessions were missed in a school year, who missed 10% or more, and where those pupils stand.",
    counts="Pupils in view at the point of whom a transfer file told a year’s sessions at this school.",
    may=READS_ATTAINMENT,
    section=Place.SCHOOL,
    subject=Subject.ONE_OR_TOGETHER,
    choices=(Choice("sessions", "Sessions of", _years),),
    work_out=absence,
)
