"""Who is in the school on a day: the roll by sex, need, circumstance and language, then year group by year group."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from itrack.pupils.rules_answers import NO, UNKNOWN, YES
from itrack.pupils.rules_groups import CARE, DISADVANTAGE, JOINED, LANGUAGE, LEFT_OUT, MEALS, SEN, SERVICE, SEX
from itrack.pupils.rules_joining import USUAL
from itrack.reports.catalogue.declared import Report
from itrack.reports.catalogue.declared import Section as Place
from itrack.reports.queries.question import Asked
from itrack.reports.queries.roll import EVER_SIX, Roll, roll
from itrack.reports.rules.answer import Answer, Cell, Column, Count, Row, Section, Sum, Table
from itrack.reports.rules.context import Sizes, Words, context_findings, sizes, told_context
from itrack.reports.rules.declared import READS_NEEDS_AS_FIGURES
from itrack.reports.rules.finding import FEW, Finding, inside
from itrack.reports.rules.groups import Division, Part
from itrack.reports.rules.pictures import ShareBar, ShareBars
from itrack.reports.rules.population import WHOLE
from itrack.reports.rules.suppression.held import Shown
from itrack.ui.words import long_date, percent

# (kind, group, head of its column, the same short); those of them the reader is told of are shown.
MEASURES = (
    (SEX.code, "f", "Girls", ""),
    (SEX.code, "m", "Boys", ""),
    (DISADVANTAGE.code, YES, "Disadvantaged", "Disadv."),
    (EVER_SIX, YES, "Free meals in six years", "Ever 6"),
    (MEALS.code, YES, "Free school meals now", "FSM"),
    (SEN.code, "support", "SEN support", "K"),
    (SEN.code, "plan", "EHC plan or statement", "E"),
    (LANGUAGE.code, "eal", "EAL", ""),
    (CARE.code, YES, "Looked after", "LAC"),
    (SERVICE.code, YES, "Service child", "Service"),
    (JOINED.code, USUAL, "Joined at the usual time", "Usual"),
)
FORMULAS = (
    "SEN support is code K, an EHC plan code E, of the day. EAL, English as an additional language: the first language "
    "is recorded and is not English. "
    "Looked after and service child: a spell that covers the day. Free meals carry on until the record ends them."
)
ROLL = "roll"
PARTS = (Column("Group", numeric=False), Column("Pupils", share=True, strong=True))


# A measure: its kind, the group that is counted, and the head of its column, long and short.
Measured = tuple[Division, Part, str, str]
Columns = Sequence[Measured]


def who_is_here(asked: Asked) -> Answer:
    found = roll(asked)
    if not found.people:
        day = long_date(asked.seen)
        return Answer("", [], empty=("No pupils here", f"Nobody was on roll {asked.whose.running} on {day}."))
    return _told(found, asked, None)


def _told(found: Roll, asked: Asked, shown: Shown | None) -> Answer:
    """`shown` is given where nothing may be said but of the figures that are shown."""
    day, divided = long_date(asked.seen), _divided(found, asked)
    # Year by year most groups are so small that they would hold back each other, and much else with them.
    columns = [] if asked.anonymous else list(_measured(found))
    running = "" if asked.whose.kind == WHOLE else f" {asked.whose.running}"
    return Answer(
        denominator=f"Counted: everybody on roll{running} on {day}, in the year group and class of that day. A "
        "percentage is of all of them, also of those of whom nothing is recorded.",
        sections=[_all(found, asked), _by_year(divided, columns), _every_group(found)],
        people=found.people,
        counted=frozenset(found.people),
        findings=_findings(found, asked, shown),
        standing={one.title: _stands(one) for one in found.kinds},
        rules=[FORMULAS, *dict.fromkeys(one.rule for one in found.kinds if one.rule), *_left_out(found.kinds)],
        groups_on=asked.seen,
        sums=list(_sums(found, divided, columns)),
        retold=partial(_told, found, asked),
    )


def _findings(found: Roll, asked: Asked, shown: Shown | None) -> list[Finding]:
    told = sizes(len(found.people), found.kinds)
    said: Words = {"where": asked.whose.running, "on": f"On {long_date(asked.seen)}", "past": asked.as_at is not None}
    if shown is None:
        return context_findings(told, found.kinds, **said)
    if not shown(ROLL):
        return []
    seen = {at: n for at, n in told.of.items() if shown(f"every.{'.'.join(at)}")}
    return told_context(Sizes(told.total, seen), **said)


def _sums(found: Roll, divided: Sequence[Division], columns: Columns) -> Iterator[Sum]:
    """Each kind, and the year groups, and the classes, add up to the roll; each column to its group."""
    for by in divided:
        yield Sum(ROLL, tuple(f"{by.code}-{part.code}.{ROLL}" for part in by.parts))
    for one in found.kinds:
        yield Sum(ROLL, tuple(f"every.{one.code}.{part.code}" for part in one.parts if _is_listed(part)))
    for one, part, _, _ in _measured(found):
        yield Sum(f"every.{one.code}.{part.code}", (f"{one.code}.{part.code}",))
    for one, part, _, _ in columns:
        key = f"{one.code}.{part.code}"
        yield from (Sum(f"every.{key}", tuple(f"{by.code}-{row.code}.{key}" for row in by.parts)) for by in divided)


def _divided(found: Roll, asked: Asked) -> list[Division]:
    """By year group, and by class where the two are not the same and the reader is told of classes."""
    same = {part.members for part in found.classes.parts} == {part.members for part in found.years.parts}
    return [found.years] if same or asked.anonymous else [found.years, found.classes]


def _left_out(kinds: Sequence[Division]) -> list[str]:
    return [LEFT_OUT] if any(part.members for one in kinds for part in one.parts if part.code == UNKNOWN) else []


def _stands(one: Division) -> Mapping[int, str]:
    return {pupil: part.words for part in one.parts for pupil in part.members}


def _measured(found: Roll) -> Iterator[Measured]:
    """The measures the reader is told of, each with its division and group."""
    known = {one.code: one for one in found.kinds}
    for kind, code, head, short in MEASURES:
        for part in known[kind].parts if kind in known else ():
            if part.code == code:
                yield known[kind], part, head, short


def _all(found: Roll, asked: Asked) -> Section:
    total = len(found.people)
    bars = [
        ShareBar(head, n, total, f"{percent(n, total)}, {n:,}", keys=[ROLL, f"{one.code}.{part.code}"])
        for one, part, head, _ in _measured(found)
        for n in [len(part.members)]
    ]
    picture = ShareBars(f"{asked.whose.words}, {long_date(asked.seen)}: share of the roll", bars, "Share of the roll")
    everybody = frozenset(found.people)
    roll_row = Row(["On roll", Count(ROLL, everybody, None, "on roll")], strong=True)
    rows = [Row([head, _count(one, part, everybody, "")]) for one, part, head, _ in _measured(found)]
    return Section([Table("On roll", PARTS, [roll_row, *rows])], picture=picture)


def _every_group(found: Roll) -> Section:
    """All groups of every kind, also those the record says nothing of, so that each kind adds up to the roll."""
    half = (len(found.kinds) + 1) // 2
    tables = [_groups(some, frozenset(found.people)) for some in (found.kinds[:half], found.kinds[half:]) if some]
    return Section(tables, "Every group", words="The groups of each kind add up to the roll.")


def _groups(kinds: Sequence[Division], everybody: frozenset[int]) -> Table:
    rows = [
        Row([part.words, _count(one, part, everybody, "every.")], group=one.title)
        for one in kinds
        for part in one.parts
        if _is_listed(part)
    ]
    return Table(f"By {', '.join(inside(one.title) for one in kinds)}", PARTS, rows)


def _is_listed(part: Part) -> bool:
    return bool(part.members) or part.code not in (UNKNOWN, NO)


def _count(one: Division, part: Part, within: frozenset[int], key: str, whose: str = "") -> Count:
    spoken = f"{whose}{one.title}: {part.words}"
    return Count(f"{key}{one.code}.{part.code}", part.members & within, within, spoken, one.title)


def _by_year(divided: Sequence[Division], told: Columns) -> Section:
    """A row for each year group, and for each class where the two are not the same."""
    heads = [
        Column("Pupils", numeric=False),
        Column("On roll", short="Roll", strong=True),
        *(Column(head, short=short, share=True) for _, _, head, short in told),
    ]
    rows = [_row(by, part, told) for by in divided for part in by.parts]
    title = "By year group and class" if len(divided) > 1 else "By year group"
    few = [f"Under {FEW}: so few pupils that a share says little."] if any(row.note for row in rows) else []
    return Section([Table(title, heads, rows)], title, notes=few)


def _row(by: Division, part: Part, told: Columns) -> Row:
    key, whose = f"{by.code}-{part.code}.", f"{by.title}: {part.words}, "
    cells: list[Cell] = [
        part.words,
        Count(f"{key}{ROLL}", part.members, None, f"{whose}on roll"),
        *(_count(one, group, part.members, key, whose) for one, group, _, _ in told),
    ]
    return Row(cells, group=by.title, note=f"under {FEW}" if len(part.members) < FEW else "")


REPORT = Report(
    name="context",
    title="Who is in the school",
    answers="The roll on a day by sex, disadvantage, SEN, language, care and time of joining, and by year group.",
    counts="Everybody on roll on the day.",
    may=READS_NEEDS_AS_FIGURES,
    section=Place.SCHOOL,
    year=False,
    point=False,
    work_out=who_is_here,
)
