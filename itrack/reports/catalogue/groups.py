"""One subject, or reading, writing and maths together, group by group: shares beside each other, and the gaps."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from itrack.pupils.rules_answers import UNKNOWN
from itrack.pupils.rules_groups import BORN, DISADVANTAGE, LANGUAGE, LEFT_OUT, SEN, SEX, Kind
from itrack.reports.catalogue.attainment import CARE, standing
from itrack.reports.catalogue.declared import Report
from itrack.reports.queries.attainment import Attainment, attainment_of_one
from itrack.reports.queries.divided import is_told
from itrack.reports.queries.question import Asked, Choice, Offered, Subject
from itrack.reports.rules.answer import Answer, Cell, Column, Count, Nothing, Number, Out, Row, Section, Table, Unit
from itrack.reports.rules.compared import Line, compared, crossed, group_findings
from itrack.reports.rules.declared import READS_ATTAINMENT
from itrack.reports.rules.finding import FEW, inside
from itrack.reports.rules.groups import Group, breakdown
from itrack.reports.rules.measure import MEASURES, Measure
from itrack.reports.rules.pictures import DotGroup, GroupDot, PairedDots
from itrack.reports.rules.population import CLASS
from itrack.reports.rules.tally import SubjectTally
from itrack.ui.words import long_date, percent

CROSSED: Mapping[str, tuple[Kind, Kind]] = {
    f"{one.code}.{other.code}": (one, other)
    for one, other in ((SEN, DISADVANTAGE), (SEX, DISADVANTAGE), (LANGUAGE, DISADVANTAGE), (SEX, SEN), (SEX, BORN))
}
ALONE = "alone"
FROM_HERE = Nothing("from here")
GAP = "Gap: points from the share of the group marked “from here”, worked out before rounding and rounded once."


def _measures(asked: Asked, offered: Offered) -> list[tuple[str, str]]:
    return [(measure.code, measure.title) for measure in MEASURES.values()]


def _crossings(asked: Asked, offered: Offered) -> list[tuple[str, str]]:
    told = [
        (code, f"{one.title} and {inside(other.title)}")
        for code, (one, other) in CROSSED.items()
        if is_told(one, asked) and is_told(other, asked)
    ]
    return [(ALONE, "No"), *told]


def group_comparison(asked: Asked) -> Answer:
    found, measure = attainment_of_one(asked), MEASURES[asked.chosen["measure"]]
    whole = found.closely
    rules = dict.fromkeys(group.division.rule for group in found.groups if group.division.rule)
    rules |= {LEFT_OUT: None} if any(group.part.code == UNKNOWN for group in found.groups) else {}
    return Answer(
        denominator=found.denominator,
        sections=_sections(found, whole, measure, asked) if whole else [],
        people=found.pupils,
        counted=found.counted,
        out=[Out(pupil, one.name, why) for one in found.tallies for pupil, why in sorted(one.out.items())],
        findings=group_findings(whole, found.groups, measure, where=asked.whose.running) if whole else [],
        standing=standing(found.tallies),
        rules=[*rules],
        groups_on=found.groups_on,
    )


def _sections(found: Attainment, whole: SubjectTally, measure: Measure, asked: Asked) -> list[Section]:
    lines = compared(found.groups, measure)
    kinds = [line for line in lines if line.group.division.code != CLASS]
    classes = [line for line in lines if line.group.division.code == CLASS]
    share = percent(len(measure.reached(whole)), len(whole.counted))
    words = (
        f"The red line is everybody, {share}. A dot is a group, the ring beside it the group it is measured from. "
        f"Groups are as recorded for {long_date(found.groups_on)}."
    )
    section = _section("By kind of group", kinds, whole, measure, asked)
    few = [f"Under {FEW}: {CARE.partition(': ')[2]}"] if any(line.is_small and line.counted for line in lines) else []
    first = Section(section.tables, picture=section.picture, words=words, notes=[GAP, *few])
    return [first, *_together(found, whole, measure, asked), *_by_class(classes, whole, measure, asked)]


def _together(found: Attainment, whole: SubjectTally, measure: Measure, asked: Asked) -> list[Section]:
    """Two kinds at once, where that is asked for."""
    if asked.chosen["crossed"] == ALONE:
        return []
    one, other = CROSSED[asked.chosen["crossed"]]
    known = {division.code: division for division in found.divisions}
    lines = compared(breakdown(whole, crossed(known[one.code], known[other.code])), measure)
    return [_section(f"{one.title} and {inside(other.title)} together", lines, whole, measure, asked)]


def _by_class(lines: Sequence[Line], whole: SubjectTally, measure: Measure, asked: Asked) -> list[Section]:
    if not lines:
        return []
    section = _section("Class by class", lines, whole, measure, asked)
    words = "Classes differ in age and size, so no gap is worked out between them. The line leads to everybody."
    return [Section(section.tables, section.title, section.picture, words)]


def _section(title: str, lines: Sequence[Line], whole: SubjectTally, measure: Measure, asked: Asked) -> Section:
    picture = PairedDots(
        f"{asked.whose.words}, {asked.point.name}: {measure.words} in {inside(whole.name)}, {title.lower()}",
        [DotGroup(kind, [_dot(line) for line in some]) for kind, some in groupby(lines, _kind)],
        (len(measure.reached(whole)), len(whole.counted)),
        f"{measure.title} in {inside(whole.name)}",
        measure.css,
    )
    with_gap = any(line.is_base for line in lines)
    rows = [_row(line, whole, measure, with_gap=with_gap) for line in lines]
    return Section([Table(title, _heads(measure, with_gap=with_gap), rows)], title, picture)


def _kind(line: Line) -> str:
    return line.group.division.title


def _dot(line: Line) -> GroupDot:
    return GroupDot(line.group.part.words, len(line.reached), len(line.counted), line.is_base)


def _heads(measure: Measure, *, with_gap: bool) -> list[Column]:
    return [
        Column("Group", numeric=False),
        Column(measure.title, short=measure.short, share=True, strong=True),
        Column("Counted", short="Of"),
        *([Column("Gap in points", short="Gap")] if with_gap else []),
        Column("Not counted", short="Out"),
    ]


def _row(line: Line, whole: SubjectTally, measure: Measure, *, with_gap: bool) -> Row:
    group = line.group
    gap: Cell = Number(100 * line.gap, Unit.POINTS) if line.gap is not None else FROM_HERE if line.is_base else None
    cells: list[Cell] = [
        group.part.words,
        _count(group, measure.code, line.reached, line.counted, measure.words),
        _count(group, "counted", line.counted, None, "counted"),
        *([gap] if with_gap else []),
        _count(group, "out", frozenset(group.tally.out), None, "not counted"),
    ]
    return Row(cells, group=_kind(line), note=f"under {FEW}" if line.is_small and line.counted else "")


def _count(group: Group, name: str, pupils: frozenset[int], of: frozenset[int] | None, words: str) -> Count:
    one = group.tally
    spoken = f"{group.division.title}: {group.part.words}, {words} in {inside(one.name)}"
    return Count(f"{one.subject}.{group.value}.{name}", pupils, of, spoken, one.name)


REPORT = Report(
    name="groups",
    title="Group comparison",
    answers="How one subject, or reading, writing and maths together, comes out for each group, and the gaps between.",
    counts="Pupils on roll as the point opened or on its last day, who have a mark of a band in the subject.",
    may=READS_ATTAINMENT,
    subject=Subject.ONE_OR_TOGETHER,
    choices=(Choice("measure", "Measure", _measures), Choice("crossed", "Two kinds together", _crossings)),
    work_out=group_comparison,
)
