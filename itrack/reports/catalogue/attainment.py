"""How many pupils are in each band, subject by subject, and one subject group by group."""

from collections.abc import Iterator, Mapping, Sequence

from itrack.curriculum.rules import BAND_OF, BANDS
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
    Table,
    Unit,
)
from itrack.reports.rules.declared import READS_ATTAINMENT
from itrack.reports.rules.finding import FEW, Finding, inside
from itrack.reports.rules.gap import widest_gap
from itrack.reports.rules.groups import Group
from itrack.reports.rules.pictures import BarRow, StackedBars
from itrack.reports.rules.population import CLASS
from itrack.reports.rules.tally import SubjectTally, out_lines
from itrack.ui.words import long_date, percent

SECOND_TABLE = (LANGUAGE.code, BORN.code, JOINED.code, CLASS)
SECURE, COUNTED, OUT = "secure", "counted", "out"
SAID = {SECURE: "at expected or above", COUNTED: "counted", OUT: "not counted"}
HEADS = (
    Column("Subject", numeric=False),
    *(Column(band.name, short=band.letter, share=True) for band in BANDS),
    Column("Expected or above", short="E or G", share=True, strong=True),
    Column("Counted", short="Of"),
    Column("Not counted", short="Out"),
)
GROUP_HEADS = (
    Column("Group", numeric=False),
    Column("Expected or above", short="E or G"),
    Column("Counted", short="Of"),
    Column("Expected or above %", short="%"),
    Column("Beside everybody", numeric=False, filed=False),
    Column("Points from everybody", short="Points"),
    Column("Not counted", short="Out"),
)
NOTE = (
    f"{LEADS_TO_NAMES}“Of” is how many are counted; percentages are rounded one by one, so a row may not add up to 100."
)
CARE = "Under 5: so few pupils are counted that a share says little. Read it with care."


def overview(asked: Asked) -> Answer:
    """The whole answer: bands by subject, then the subject looked at closely by group."""
    found = attainment(asked, asked.subjects)
    closely = [by_group(found.closely, found.groups, found)] if found.closely else []
    rules = dict.fromkeys(group.division.rule for group in found.groups if group.division.rule)
    rules |= {LEFT_OUT: None} if any(group.part.code == UNKNOWN for group in found.groups) else {}
    return Answer(
        denominator=found.denominator,
        sections=[by_subject(found, asked), *closely] if found.counted else [],
        people=found.pupils,
        counted=found.counted,
        out=outs(found.tallies),
        findings=found.findings,
        standing=standing(found.tallies),
        rules=[*rules],
        groups_on=found.groups_on,
        everywhere=len({len(one.counted) for one in found.tallies}) == 1,
    )


def by_subject(found: Attainment, asked: Asked) -> Section:
    rows = [
        subject_row(one, chosen=asked.subject is not None and asked.subject[0] == one.subject) for one in found.tallies
    ]
    few = any(row.note for row in rows)
    picture = StackedBars(
        f"{asked.whose.words}, {asked.point.name}: share of pupils in each band, by subject",
        [BarRow(one.name, [(band, len(one.bands[band.code])) for band in BANDS]) for one in found.tallies],
    )
    return Section([Table("By subject", HEADS, rows)], picture=picture, notes=[NOTE, *([CARE] if few else [])])


def subject_row(one: SubjectTally, *, chosen: bool = False) -> Row:
    return Row([one.name, *_counts(one, str(one.subject))], note=few(one), strong=chosen)


def _counts(one: SubjectTally, key: str, whose: str = "") -> Iterator[Cell]:
    """The bands, at expected or above, counted and out, of a subject or of one group in it."""
    for band in BANDS:
        yield part(one, key, band.code, whose)
    yield from (part(one, key, name, whose) for name in (SECURE, COUNTED, OUT))


def part(one: SubjectTally, key: str, name: str, whose: str = "") -> Count:
    """One figure of a tally: a band, SECURE, COUNTED or OUT."""
    held = {SECURE: one.secure, COUNTED: one.counted, OUT: frozenset(one.out)}
    pupils = held[name] if name in held else one.bands[name]
    words = SAID.get(name) or BAND_OF[name].name.lower()
    of = None if name in (COUNTED, OUT) else one.counted
    return Count(f"{key}.{name}", pupils, of, f"{whose}{words} in {inside(one.name)}", one.name)


def by_group(whole: SubjectTally, groups: Sequence[Group], found: Attainment) -> Section:
    """One subject, group by group, beside the whole."""
    halves = ([], []) if not groups else _halves(groups)
    share = percent(len(whole.secure), len(whole.counted))
    words = (
        f"At expected or above. The red line is everybody, {share}. Points are the distance from it, worked out before "
        f"rounding. Groups are as recorded for {long_date(found.groups_on)}."
    )
    gap = widest_gap(groups, whole.name)
    return Section(
        [_group_table(half, whole) for half in halves if half],
        title=f"{whole.name}, group by group",
        words=words,
        findings=[Finding("", gap)] if gap else [],
    )


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
    one, key = group.tally, f"{whole.subject}.{group.value}"
    whose = f"{group.division.title}: {group.part.words}, "
    secure, counted, out = (part(one, key, name, whose) for name in (SECURE, COUNTED, OUT))
    drawn = counted.n >= FEW
    bar = Bar(secure.n, counted.n, (len(whole.secure), len(whole.counted))) if drawn else None
    cells: list[Cell] = [
        group.part.words,
        secure,
        counted,
        Percent(secure.share),
        bar,
        Number(group.points, Unit.POINTS),
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
    return {
        one.name: {
            **{pupil: BAND_OF[band].name for band, pupils in one.bands.items() for pupil in pupils},
            **{pupil: f"Not counted: {reason}" for pupil, reason in one.out.items()},
        }
        for one in tallies
    }


REPORT = Report(
    name="attainment",
    title="Attainment overview",
    answers="How many pupils are in each band, subject by subject, at one assessment point.",
    counts="Pupils on roll as the point opened or on its last day, who have a mark of a band in the subject.",
    may=READS_ATTAINMENT,
    subject=Subject.CLOSELY,
    work_out=overview,
)
