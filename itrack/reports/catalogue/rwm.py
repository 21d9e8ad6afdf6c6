"""Reading, writing and maths together: who reaches all three, who two of them and which one is missing."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from itrack.curriculum.rules import BAND_OF
from itrack.reports.catalogue.attainment import CARE, few, standing
from itrack.reports.catalogue.declared import Report
from itrack.reports.queries.attainment import Attainment, attainment
from itrack.reports.queries.question import Asked, Choice, Offered
from itrack.reports.rules.answer import Answer, Cell, Column, Count, Out, Row, Section, Table
from itrack.reports.rules.combined import EVERY, combined_findings, region_words, told_combined
from itrack.reports.rules.declared import READS_FIGURES
from itrack.reports.rules.finding import Finding, inside
from itrack.reports.rules.groups import Division, Group, breakdown
from itrack.reports.rules.measure import AT_EXPECTED, AT_GREATER, MEASURES, Measure
from itrack.reports.rules.pictures import Circles, ShareBar, ShareBars
from itrack.reports.rules.population import CLASS
from itrack.reports.rules.suppression.held import Shown
from itrack.reports.rules.tally import SubjectTally
from itrack.reports.rules.together import ALL_THREE, TOGETHER, regions, three_of, together
from itrack.reports.rules.together_sums import Together, region_key, sums_of, untold_of
from itrack.ui.words import percent, upper_first

NO_SUCH = (
    "No subjects of these names",
    "This report needs three subjects called reading, writing and maths. The school’s own list has not all of them: a "
    "head or administrator can name them under School, Subjects.",
)
HEADS = (
    Column("Group", numeric=False),
    Column("Expected or above", short="E or G", share=True, strong=True),
    Column("Greater depth", short="G", share=True),
    Column("Counted", short="Of"),
    Column("Not counted", short="Out", named=True),
)
CIRCLES = "The circles hold the pupils counted in all three; they are of one size whatever the numbers."
PARTS = (Column("Reached", numeric=False), Column("Pupils", share=True, strong=True))
NAMES = (
    Column("Pupil", numeric=False),
    Column("Class", numeric=False),
    Column("Stands there at", numeric=False),
)


def _levels(asked: Asked, offered: Offered) -> list[tuple[str, str]]:
    return [(measure.code, measure.title) for measure in MEASURES.values()]


def combined(asked: Asked) -> Answer:
    three = three_of(asked.subjects)
    if not three:
        return Answer("", [], empty=NO_SUCH)
    return _told(attainment(asked, three), asked, None)


def _told(found: Attainment, asked: Asked, shown: Shown | None) -> Answer:
    """`shown` is given where nothing may be said but of the figures that are shown."""
    measure, whole = MEASURES[asked.chosen["level"]], together(found.tallies)
    told = Together(found.tallies, measure, _divided(found))
    return Answer(
        denominator=f"{found.denominator} {ALL_THREE}",
        sections=_sections(found, whole, measure, shown) if whole.counted else [],
        people=found.pupils,
        counted=whole.counted,
        out=[Out(pupil, "All three together", why) for pupil, why in sorted(whole.out.items())],
        findings=_findings(found, measure, shown),
        standing=standing(found.tallies) | {whole.name: _stands(found.tallies, whole)},
        sums=list(sums_of(told)) if whole.counted else [],
        untold=list(untold_of(told)) if whole.counted else [],
        retold=partial(_told, found, asked),
    )


def _findings(found: Attainment, measure: Measure, shown: Shown | None) -> list[Finding]:
    where = found.asked.whose.running
    if shown is None:
        return combined_findings(found.tallies, measure, where=where)
    if not together(found.tallies).counted or not all(map(shown, (f"0.{measure.key}", "0.counted"))):
        return []
    two = [region_key(EVERY - {place}, measure) for place in range(3)]
    return told_combined(
        found.tallies, measure, where=where, high=shown(f"0.{AT_GREATER.key}"), others=all(map(shown, two))
    )


def _divided(found: Attainment) -> list[Division]:
    """By year group, and by class unless each year group is one class."""
    classes = [one for one in found.divisions if one.code == CLASS and _parted(one) != _parted(found.by_year)]
    return [found.by_year, *classes]


def _stands(three: Sequence[SubjectTally], whole: SubjectTally) -> Mapping[int, str]:
    """Of each pupil the band in each of the three, or why they are left out."""
    of_each = [{pupil: band for band, pupils in one.bands.items() for pupil in pupils} for one in three]
    told = {
        pupil: "; ".join(f"{one.name}: {BAND_OF[bands[pupil]].name}" for one, bands in zip(three, of_each, strict=True))
        for pupil in whole.counted
    }
    return told | {pupil: f"Not counted: {why}" for pupil, why in whole.out.items()}


def _sections(found: Attainment, whole: SubjectTally, measure: Measure, shown: Shown | None) -> list[Section]:
    two = [] if found.asked.anonymous else _two_of_three(found, measure)
    return [_circles(found, whole, measure, shown), *two, _by_group(found, whole, measure, found.asked)]


def _circles(found: Attainment, whole: SubjectTally, measure: Measure, shown: Shown | None) -> Section:
    three, asked = found.tallies, found.asked
    parts = regions(three, measure)
    first, second, third = (one.name for one in three)
    picture = Circles(
        f"{asked.whose.words}, {asked.point.name}: {measure.words} in {first}, {second} and {third}",
        (first, second, third),
        {places: len(pupils) for places, pupils in parts.items()},
        f"{measure.title} in all three, in two and in one",
        measure.css,
        [region_key(places, measure) for places in parts],
    )
    rows = [_part(places, pupils, whole, measure, [one.name for one in three]) for places, pupils in parts.items()]
    each = [Row(_counts(one, str(one.subject), ""), note=few(one)) for one in three]
    together_row = Row(_counts(whole, "0", ""), note=few(whole), strong=True)
    made = f"Made of the subjects {first}, {second} and {third}, main assessment."
    words = f"{made} {CIRCLES}" if shown is None or all(map(shown, picture.keys)) else made
    heads = [Column("Subject", numeric=False), *HEADS[1:]]
    tables = [Table(upper_first(measure.words), PARTS, rows), Table("Each and together", heads, [*each, together_row])]
    small = shown is None and any(row.note for row in [*each, together_row])
    return Section(tables, picture=picture, words=words, notes=[_SUBJECTS, *([CARE] if small else [])])


_SUBJECTS = "In the rows of one subject everybody with a mark in it is counted, also who has none in another."


def _part(
    places: frozenset[int], pupils: frozenset[int], whole: SubjectTally, measure: Measure, names: Sequence[str]
) -> Row:
    words = region_words(places, names)
    figure = Count(region_key(places, measure), pupils, whole.counted, f"{measure.words} in {words}", whole.name)
    return Row([upper_first(words), figure], strong=places == EVERY)


def _counts(one: SubjectTally, key: str, whose: str, name: str = "") -> list[Cell]:
    said = inside(one.name)
    return [
        name or (one.name if one.name != TOGETHER[1] else "All three together"),
        *(
            Count(
                f"{key}.{measure.key}",
                measure.reached(one),
                one.counted,
                f"{whose}{measure.words} in {said}",
                one.name,
            )
            for measure in (AT_EXPECTED, AT_GREATER)
        ),
        Count(f"{key}.counted", one.counted, None, f"{whose}counted in {said}", one.name),
        Count(f"{key}.out", frozenset(one.out), None, f"{whose}not counted in {said}", one.name),
    ]


def _two_of_three(found: Attainment, measure: Measure) -> list[Section]:
    """By name, under the subject that is missing."""
    three = found.tallies
    parts = regions(three, measure)
    rows = [row for place in range(3) for row in _lacking(found, three[place], parts[EVERY - {place}])]
    if not rows:
        return []
    words = f"{upper_first(measure.words)} in two of the three, and where they stand in the one that is missing."
    return [Section([Table("In two of the three", NAMES, rows)], "In two of the three", words=words)]


def _lacking(found: Attainment, one: SubjectTally, pupils: frozenset[int]) -> Iterator[Row]:
    band_of = {pupil: BAND_OF[band].name for band, some in one.bands.items() for pupil in some}
    for person in sorted((found.pupils[pupil] for pupil in pupils), key=lambda who: who.order):
        cells: list[Cell] = [person, person.class_name or "no class", band_of[person.id]]
        yield Row(cells, group=f"Missing {inside(one.name)}")


def _by_group(found: Attainment, whole: SubjectTally, measure: Measure, asked: Asked) -> Section:
    divided = _divided(found)
    groups = breakdown(whole, divided)
    title = "By year group and class" if len(divided) > 1 else "By year group"
    bars = [_bar(group, measure) for group in groups]
    picture = ShareBars(
        f"{asked.whose.words}, {asked.point.name}: {measure.words} in all three, {title[:1].lower()}{title[1:]}",
        bars,
        f"{measure.title} in all three",
    )
    rows = [
        Row(
            _counts(group.tally, f"0.{group.value}", f"{group.division.title}: {group.part.words}, ", group.part.words),
            group=group.division.title,
            note=few(group.tally),
        )
        for group in groups
    ]
    return Section([Table(title, HEADS, rows)], title, picture)


def _parted(division: Division) -> set[frozenset[int]]:
    """How it divides, to leave out the classes of a school in which each year group is one class."""
    return {part.members for part in division.parts}


def _bar(group: Group, measure: Measure) -> ShareBar:
    n, of = len(measure.reached(group.tally)), len(group.tally.counted)
    said = f"{percent(n, of)}, {n} of {of}" if of else "nobody counted"
    keys = [f"0.{group.value}.{name}" for name in (measure.key, "counted")]
    return ShareBar(group.part.words, n, of, said, group.division.title, keys)


REPORT = Report(
    name="rwm",
    title="Reading, writing and maths combined",
    answers="How many pupils reach all three, how many two of them, who they are and which one is missing.",
    counts="Pupils on roll as the point opened or on its last day, who have a mark of a band in all three subjects.",
    may=READS_FIGURES,
    choices=(Choice("level", "Level", _levels),),
    work_out=combined,
)
