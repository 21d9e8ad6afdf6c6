"""How many pupils are in each band, subject by subject, and one subject group by group."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from itrack.curriculum.rules import BAND_OF, BANDS
from itrack.curriculum.rules import SECURE as UPPER
from itrack.pupils.rules_answers import UNKNOWN
from itrack.pupils.rules_groups import BORN, JOINED, LANGUAGE, LEFT_OUT
from itrack.reports.catalogue.declared import Report
from itrack.reports.queries.attainment import Attainment, attainment
from itrack.reports.queries.question import Asked, Subject
from itrack.reports.rules.answer import (
    LEADS_TO_NAMES,
    Answer,
    Bar,
    Cell,
    Column,
    Count,
    Number,
    Out,
    Percent,
    Row,
    Section,
    Sum,
    Table,
    Unit,
)
from itrack.reports.rules.declared import READS_FIGURES
from itrack.reports.rules.finding import FEW, Finding, Standing, findings, inside
from itrack.reports.rules.gap import widest_gap
from itrack.reports.rules.groups import Group, breakdown
from itrack.reports.rules.pictures import BarRow, StackedBars
from itrack.reports.rules.population import CLASS
from itrack.reports.rules.suppression.held import Shown
from itrack.reports.rules.tally import Stands, SubjectTally, out_lines
from itrack.ui.words import long_date, percent

SECOND_TABLE = (LANGUAGE.code, BORN.code, JOINED.code, CLASS)
SECURE, COUNTED, OUT = "secure", "counted", "out"
SAID = {SECURE: "at expected or above", COUNTED: "counted", OUT: "not counted"}
HEADS = (
    Column("Subject", numeric=False),
    *(Column(band.name, short=band.letter, share=True) for band in BANDS),
    Column("Expected or above", short="E or G", share=True, strong=True),
    Column("Counted", short="Of"),
    Column("Not counted", short="Out", named=True),
)
GROUP_HEADS = (
    Column("Group", numeric=False),
    Column("Expected or above", short="E or G"),
    Column("Counted", short="Of"),
    Column("Expected or above %", short="%"),
    Column("Beside everybody", numeric=False, filed=False),
    Column("Points from everybody", short="Points"),
    Column("Not counted", short="Out", named=True),
)
ROUNDED = "“Of” is how many are counted; percentages are rounded one by one, so a row may not add up to 100."
NOTE = f"{LEADS_TO_NAMES}{ROUNDED}"
CARE = "Under 5: so few pupils are counted that a share says little. Read it with care."


def overview(asked: Asked) -> Answer:
    """The whole answer: bands by subject, then the subject looked at closely by group."""
    return _told(attainment(asked, asked.subjects), None)


def views(asked: Asked) -> list[Answer]:
    """Every subject looked at closely."""
    found = attainment(asked, asked.subjects)
    divided = [(one, breakdown(one, found.divisions)) for one in found.tallies]
    sections = [by_subject(found), *(by_group(one, groups, found) for one, groups in divided)]
    return [Answer("", sections, sums=[one for told in divided for one in sums(*told)])]


def _told(found: Attainment, shown: Shown | None) -> Answer:
    """`shown` is given where the sentences may be made of nothing but the figures that are shown."""
    closely = [by_group(found.closely, found.groups, found, shown)] if found.closely else []
    rules = dict.fromkeys(group.division.rule for group in found.groups if group.division.rule)
    rules |= {LEFT_OUT: None} if any(group.part.code == UNKNOWN for group in found.groups) else {}
    return Answer(
        denominator=found.denominator,
        sections=[by_subject(found, shown), *closely] if found.counted else [],
        people=found.pupils,
        counted=found.counted,
        out=outs(found.tallies),
        findings=found.findings if shown is None else _findings(found, shown),
        standing=standing(found.tallies),
        rules=[*rules],
        groups_on=found.groups_on,
        everywhere=len({len(one.counted) for one in found.tallies}) == 1,
        sums=list(sums(found.closely, found.groups)) if found.closely else [],
        retold=partial(_told, found),
    )


def sums(one: SubjectTally, groups: Sequence[Group]) -> Iterator[Sum]:
    """How the figures of a subject add up: its bands, and each way of dividing its pupils."""
    yield Sum(_key(one, COUNTED), tuple(_key(one, band.code) for band in BANDS))
    yield Sum(_key(one, SECURE), tuple(_key(one, band.code) for band in BANDS if band.code in UPPER))
    for _, alike in groupby(groups, key=lambda group: group.division.code):
        parts = [group.value for group in alike]
        for name in (SECURE, COUNTED):
            yield Sum(_key(one, name), tuple(_key(one, name, part) for part in parts))


def _findings(found: Attainment, shown: Shown) -> list[Finding]:
    """The first sentence, of the subjects of which all it says is shown. The others tell how many are missing."""
    told = [one for one in found.tallies if shown(_key(one, SECURE)) and shown(_key(one, COUNTED))]
    rows = [Standing(one.name, len(one.secure), len(one.counted), one.population) for one in told]
    return findings(rows, where=found.asked.whose.running)[:1]


def by_subject(found: Attainment, shown: Shown | None = None) -> Section:
    asked = found.asked
    chosen = asked.subject[0] if asked.subject else None
    rows = [subject_row(one, chosen=one.subject == chosen) for one in found.tallies]
    few = any(row.note for row in rows)
    picture = StackedBars(
        f"{asked.whose.words}, {asked.point.name}: share of pupils in each band, by subject",
        [_bar(one) for one in found.tallies],
    )
    notes = [NOTE, *([CARE] if few else [])] if shown is None else [ROUNDED]
    return Section([Table("By subject", HEADS, rows)], picture=picture, notes=notes)


def _bar(one: SubjectTally) -> BarRow:
    shares = [(band, len(one.bands[band.code])) for band in BANDS]
    return BarRow(one.name, shares, [_key(one, name) for name in (*one.bands, COUNTED)])


def subject_row(one: SubjectTally, *, chosen: bool = False) -> Row:
    return Row([one.name, *_counts(one, str(one.subject))], note=few(one), strong=chosen)


def _counts(one: SubjectTally, key: str, whose: str = "") -> Iterator[Cell]:
    """The bands, at expected or above, counted and out, of a subject or of one group in it."""
    for band in BANDS:
        yield part(one, key, band.code, whose)
    yield from (part(one, key, name, whose) for name in (SECURE, COUNTED, OUT))


_WHO: Mapping[str, Callable[[SubjectTally], frozenset[int]]] = {
    SECURE: lambda one: one.secure,
    COUNTED: lambda one: one.counted,
    OUT: lambda one: frozenset(one.out),
}


def part(one: SubjectTally, key: str, name: str, whose: str = "") -> Count:
    """One figure of a tally: a band, SECURE, COUNTED or OUT."""
    pupils = _WHO[name](one) if name in _WHO else one.bands[name]
    words = SAID.get(name) or BAND_OF[name].name.lower()
    of = None if name in (COUNTED, OUT) else one.counted
    return Count(f"{key}.{name}", pupils, of, f"{whose}{words} in {inside(one.name)}", one.name)


def by_group(whole: SubjectTally, groups: Sequence[Group], found: Attainment, shown: Shown | None = None) -> Section:
    """One subject, group by group, beside the whole."""
    halves = ([], []) if not groups else _halves(groups)
    sees = shown or (lambda _: True)
    share = f", {percent(len(whole.secure), len(whole.counted))}" if sees(_key(whole, SECURE)) else ""
    words = (
        f"At expected or above. The red line is everybody{share}. Points are the distance from it, worked out before "
        f"rounding. Groups are as recorded for {long_date(found.groups_on)}."
    )
    told = [group for group in groups if all(map(sees, _keys(group, whole)))]
    gap = widest_gap(told, whole.name, shown=shown is not None)
    return Section(
        [_group_table(half, whole) for half in halves if half],
        title=f"{whole.name}, group by group",
        words=words,
        findings=[Finding("", gap)] if gap else [],
    )


def _key(whole: SubjectTally, name: str, group: str = "") -> str:
    return ".".join([str(whole.subject), *([group] if group else []), name])


def _keys(group: Group, whole: SubjectTally) -> list[str]:
    return [_key(whole, name, group.value) for name in (SECURE, COUNTED)]


def _halves(groups: Sequence[Group]) -> tuple[list[Group], list[Group]]:
    return (
        [group for group in groups if group.division.code not in SECOND_TABLE],
        [group for group in groups if group.division.code in SECOND_TABLE],
    )


def _group_table(groups: Sequence[Group], whole: SubjectTally) -> Table:
    kinds = dict.fromkeys(group.division.title for group in groups)
    title = f"{whole.name} by {', '.join(inside(kind) for kind in kinds)}"
    return Table(title, GROUP_HEADS, [group_row(group, whole) for group in groups])


def group_row(group: Group, whole: SubjectTally) -> Row:
    one, key = group.tally, _key(whole, group.value)
    beside = (_key(whole, SECURE), _key(whole, COUNTED))
    whose = f"{group.division.title}: {group.part.words}, "
    secure, counted, out = (part(one, key, name, whose) for name in (SECURE, COUNTED, OUT))
    drawn = counted.n >= FEW
    bar = Bar(secure.n, counted.n, (len(whole.secure), len(whole.counted)), beside) if drawn else None
    cells: list[Cell] = [
        group.part.words,
        secure,
        counted,
        Percent(secure.share),
        bar,
        Number(group.points, Unit.POINTS, beside),
        out,
    ]
    return Row(cells, group=group.division.title, note=few(one))


def few(one: SubjectTally) -> str:
    return f"under {FEW}" if 0 < len(one.counted) < FEW else ""


def outs(tallies: Sequence[SubjectTally]) -> list[Out]:
    return [
        Out(line.pupil, "Every subject" if line.everywhere else ", ".join(line.subjects), line.reason)
        for line in out_lines(tallies)
    ]


def standing(tallies: Sequence[SubjectTally]) -> dict[str, Mapping[int, str]]:
    """In each subject the band of each pupil, or why they are in none."""
    return {one.name: Stands(one) for one in tallies}


REPORT = Report(
    name="attainment",
    title="Attainment overview",
    answers="How many pupils are in each band, subject by subject, at one assessment point.",
    counts="Pupils on roll as the point opened or on its last day, who have a mark of a band in the subject.",
    may=READS_FIGURES,
    subject=Subject.CLOSELY,
    work_out=overview,
    views=views,
)
