"""One subject, or reading, writing and maths together, group by group: shares beside each other, and the gaps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from itrack.pupils.rules_answers import UNKNOWN
from itrack.pupils.rules_groups import BORN, DISADVANTAGE, LANGUAGE, LEFT_OUT, SEN, SEX, Kind
from itrack.reports.catalogue.attainment import CARE, COUNTED, OUT, standing
from itrack.reports.catalogue.declared import Report
from itrack.reports.queries.attainment import Attainment, attainment, attainment_of_one
from itrack.reports.queries.divided import is_told
from itrack.reports.queries.question import Asked, Choice, Offered, Subject
from itrack.reports.rules.answer import (
    Answer,
    Cell,
    Column,
    Count,
    Nothing,
    Number,
    Out,
    Row,
    Section,
    Sum,
    Table,
    Unit,
)
from itrack.reports.rules.compared import Line, compared, crossed, group_findings, told_findings
from itrack.reports.rules.declared import READS_FIGURES
from itrack.reports.rules.finding import FEW, Finding, inside
from itrack.reports.rules.groups import Group, breakdown
from itrack.reports.rules.measure import MEASURES, Measure
from itrack.reports.rules.pictures import DotGroup, GroupDot, PairedDots
from itrack.reports.rules.population import CLASS
from itrack.reports.rules.suppression.held import Shown
from itrack.reports.rules.tally import SubjectTally
from itrack.ui.words import long_date, percent

CROSSED: Mapping[str, tuple[Kind, Kind]] = {
    f"{one.code}.{other.code}": (one, other)
    for one, other in ((SEN, DISADVANTAGE), (SEX, DISADVANTAGE), (LANGUAGE, DISADVANTAGE), (SEX, SEN), (SEX, BORN))
}
ALONE = "alone"
FROM_HERE = Nothing("from here")
DOTS = "A dot is a group, the ring beside it the group it is measured from."
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
    return _told(attainment_of_one(asked), asked, None)


def views(asked: Asked) -> list[Answer]:
    """Every subject, from one reading of the marks."""
    found = attainment(asked, asked.subjects)
    alone = [
        replace(found, tallies=[one], closely=one, groups=breakdown(one, found.divisions)) for one in found.tallies
    ]
    return [_told(one, asked, None) for one in alone if one.counted]


def _told(found: Attainment, asked: Asked, shown: Shown | None) -> Answer:
    """`shown` is given where nothing may be said but of the figures that are shown."""
    view = View(found, asked, MEASURES[asked.chosen["measure"]], shown)
    whole = found.closely
    rules = dict.fromkeys(group.division.rule for group in found.groups if group.division.rule)
    rules |= {LEFT_OUT: None} if any(group.part.code == UNKNOWN for group in found.groups) else {}
    return Answer(
        denominator=found.denominator,
        sections=_sections(view, whole) if whole else [],
        people=found.pupils,
        counted=found.counted,
        out=[Out(pupil, one.name, why) for one in found.tallies for pupil, why in sorted(one.out.items())],
        findings=_findings(view, whole) if whole else [],
        standing=standing(found.tallies),
        rules=[*rules],
        groups_on=found.groups_on,
        sums=list(_sums(view, whole)) if whole else [],
        retold=partial(_told, found, asked),
    )


@dataclass(frozen=True, slots=True)
class View:
    """What is compared, and by which measure, for a reader to whom `shown` tells what they see; None: everything."""

    found: Attainment
    asked: Asked
    measure: Measure
    shown: Shown | None

    def tells(self, one: SubjectTally, group: str = "") -> bool:
        """Whether the reader sees both numbers that a share is made of."""
        return self.shown is None or all(map(self.shown, self.keys(one, group)))

    def tells_of(self, group: Group) -> bool:
        return self.tells(group.tally, group.value)

    def keys(self, one: SubjectTally, group: str = "") -> list[str]:
        return [_key(one, group, name) for name in (self.measure.key, COUNTED)]


def _key(one: SubjectTally, group: str, name: str) -> str:
    """As in the attainment overview: the same pupils have the same key."""
    return ".".join(filter(None, [str(one.subject), group, name]))


def _sums(view: View, whole: SubjectTally) -> Iterator[Sum]:
    """Each kind of group adds up to everybody."""
    for _, alike in groupby(view.found.groups, key=lambda group: group.division.code):
        parts = [group.value for group in alike]
        for name in (view.measure.key, COUNTED):
            yield Sum(_key(whole, "", name), tuple(_key(whole, part, name) for part in parts))


def _findings(view: View, whole: SubjectTally) -> list[Finding]:
    where, groups = view.asked.whose.running, view.found.groups
    if view.shown is None:
        return group_findings(whole, groups, view.measure, where=where)
    seen = [group for group in groups if view.tells_of(group)]
    return told_findings(whole if view.tells(whole) else None, seen, view.measure, where=where)


def _sections(view: View, whole: SubjectTally) -> list[Section]:
    lines = compared(view.found.groups, view.measure, view.tells_of if view.shown else None)
    kinds = [line for line in lines if line.group.division.code != CLASS]
    classes = [line for line in lines if line.group.division.code == CLASS]
    drawn = f"The red line is everybody, {percent(len(view.measure.reached(whole)), len(whole.counted))}. {DOTS} "
    words = f"{drawn if view.tells(whole) else ''}Groups are as recorded for {long_date(view.found.groups_on)}."
    section = _section("By kind of group", kinds, whole, view, everybody=True)
    small = view.shown is None and any(line.is_small and line.counted for line in lines)
    few = [f"Under {FEW}: {CARE.partition(': ')[2]}"] if small else []
    first = Section(section.tables, picture=section.picture, words=words, notes=[GAP, *few])
    return [first, *_together(whole, view), *_by_class(classes, whole, view)]


def _together(whole: SubjectTally, view: View) -> list[Section]:
    """Two kinds at once, where that is asked for."""
    if view.asked.chosen["crossed"] == ALONE:
        return []
    one, other = CROSSED[view.asked.chosen["crossed"]]
    known = {division.code: division for division in view.found.divisions}
    lines = compared(breakdown(whole, crossed(known[one.code], known[other.code])), view.measure)
    return [_section(f"{one.title} and {inside(other.title)} together", lines, whole, view)]


def _by_class(lines: Sequence[Line], whole: SubjectTally, view: View) -> list[Section]:
    if not lines:
        return []
    section = _section("Class by class", lines, whole, view)
    words = "Classes differ in age and size, so no gap is worked out between them. The line leads to everybody."
    return [Section(section.tables, section.title, section.picture, words)]


def _section(title: str, lines: Sequence[Line], whole: SubjectTally, view: View, *, everybody: bool = False) -> Section:
    measure, asked = view.measure, view.asked
    picture = PairedDots(
        f"{asked.whose.words}, {asked.point.name}: {measure.words} in {inside(whole.name)}, {title.lower()}",
        [DotGroup(kind, [_dot(line, view) for line in some]) for kind, some in groupby(lines, _kind)],
        (len(measure.reached(whole)), len(whole.counted)),
        f"{measure.title} in {inside(whole.name)}",
        measure.css,
        view.keys(whole),
    )
    with_gap = any(line.is_base for line in lines)
    rows = [_row(line, measure, with_gap=with_gap) for line in lines]
    first = [_everybody(whole, measure, with_gap=with_gap)] if everybody else []
    table = Table(f"{whole.name} {title[:1].lower()}{title[1:]}", _heads(measure, with_gap=with_gap), [*first, *rows])
    return Section([table], title, picture)


def _kind(line: Line) -> str:
    return line.group.division.title


def _dot(line: Line, view: View) -> GroupDot:
    group = line.group
    keys = view.keys(group.tally, group.value)
    return GroupDot(group.part.words, len(line.reached), len(line.counted), line.is_base, keys)


def _heads(measure: Measure, *, with_gap: bool) -> list[Column]:
    return [
        Column("Group", numeric=False),
        Column(measure.title, short=measure.short, share=True, strong=True),
        Column("Counted", short="Of"),
        *([Column("Gap in points", short="Gap")] if with_gap else []),
        Column("Not counted", short="Out", named=True),
    ]


def _everybody(whole: SubjectTally, measure: Measure, *, with_gap: bool) -> Row:
    cells = _cells(whole, "", "", measure)
    return Row(["Everybody", *cells[:2], *([None] if with_gap else []), cells[2]], strong=True)


def _row(line: Line, measure: Measure, *, with_gap: bool) -> Row:
    group, gap = line.group, _gap(line, measure)
    cells = _cells(group.tally, group.value, f"{_kind(line)}: {group.part.words}, ", measure)
    told: list[Cell] = [group.part.words, *cells[:2], *([gap] if with_gap else []), cells[2]]
    return Row(told, group=_kind(line), note=f"under {FEW}" if line.is_small and line.counted else "")


def _gap(line: Line, measure: Measure) -> Cell:
    if line.gap is None or line.base is None:
        return FROM_HERE if line.is_base else None
    base = [_key(line.base.tally, line.base.value, name) for name in (measure.key, COUNTED)]
    return Number(100 * line.gap, Unit.POINTS, tuple(base))


def _cells(one: SubjectTally, group: str, whose: str, measure: Measure) -> list[Count]:
    """Who reaches the measure, who is counted, and who is not."""
    reached, out = measure.reached(one), frozenset(one.out)
    told = ((measure.key, reached, one.counted, measure.words), (COUNTED, one.counted, None, "counted"))
    return [
        Count(_key(one, group, name), pupils, of, f"{whose}{words} in {inside(one.name)}", one.name)
        for name, pupils, of, words in (*told, (OUT, out, None, "not counted"))
    ]


REPORT = Report(
    name="groups",
    title="Group comparison",
    answers="How one subject, or reading, writing and maths together, comes out for each group, and the gaps between.",
    counts="Pupils on roll as the point opened or on its last day, who have a mark of a band in the subject.",
    may=READS_FIGURES,
    subject=Subject.ONE_OR_TOGETHER,
    choices=(Choice("measure", "Measure", _measures), Choice("crossed", "Two kinds together", _crossings)),
    work_out=group_comparison,
    views=views,
)
