"""How many of the marks expected at a point are in, class by subject, and who waits for one."""

from collections.abc import Iterator

from itrack.foundation.viewer import MARKERS
from itrack.reports.catalogue.declared import Report, Way
from itrack.reports.catalogue.declared import Section as Place
from itrack.reports.queries.entered import Entered, OfClass, assessments_offered, entered
from itrack.reports.queries.question import Asked, Choice
from itrack.reports.rules.answer import Answer, Cell, Column, Count, Number, Out, Percent, Row, Section, Table
from itrack.reports.rules.declared import READS_ATTAINMENT
from itrack.reports.rules.marks_entered import ENTERED_NAMES, InClass, told
from itrack.ui.words import figure

EXPECTED = (
    "Expected is a mark of the assessment for every pupil in the class in every subject asked for. A copied mark "
    "counts once it is confirmed; a code such as absent is a mark."
)
HEADS = (
    Column("Subject", numeric=False),
    Column("Entered", share=True),
    Column("Waiting for a mark", short="Waiting"),
    Column("Copied, not confirmed", short="Copied"),
    Column("Expected"),
)


def overview(asked: Asked) -> Answer:
    found = entered(asked)
    classes = [one for one in found.classes if one.pupils]
    if not classes or not found.subjects:
        title = "Nothing is expected here"
        return Answer(EXPECTED, [], empty=(title, "No class here has a pupil in a subject of this assessment."))
    return Answer(
        denominator=EXPECTED,
        sections=[_by_class(found, classes), _by_subject(found, classes)],
        people=found.people,
        counted=frozenset(found.people) - found.classless,
        out=[Out(pupil, "", "In no class") for pupil in sorted(found.classless)],
        findings=told([_in_class(found, one) for one in classes], asked.point.name),
        standing={str(one.id): _standing(found, one) for one in classes},
    )


def _in_class(found: Entered, one: OfClass) -> InClass:
    done = sum(len(one.marked[pk]) for pk, _ in found.subjects)
    return InClass(one.name, done, len(one.pupils) * len(found.subjects))


def _by_class(found: Entered, classes: list[OfClass]) -> Section:
    """A row a class: marks of all subjects, and then who has one in each."""
    columns = [Column("Class", numeric=False), Column("Teacher", numeric=False), Column("Marks entered", short="In")]
    columns += [Column("Marks expected", short="Of"), Column("Marks entered %", short="%")]
    columns += [Column(name, leading=True) for _, name in found.subjects]
    rows = []
    for one in classes:
        sums = _in_class(found, one)
        cells: list[Cell] = [one.name, one.teacher or "no teacher yet", Number(sums.done), Number(sums.expected)]
        cells += [Percent(sums.share), *(_marked(one, pk, name) for pk, name in found.subjects)]
        rows.append(Row(cells, note="" if sums.done else "not started"))
    return Section([Table("By class", columns, rows)])


def _marked(one: OfClass, subject: int, name: str) -> Count:
    return Count(
        f"{one.id}.{subject}.in", one.marked[subject], one.pupils, f"with a mark in {name}, {one.name}", str(one.id)
    )


def _by_subject(found: Entered, classes: list[OfClass]) -> Section:
    """Class by class each subject, with who waits."""
    rows = [row for one in classes for row in _rows(found, one)]
    return Section([Table("Class by subject", HEADS, rows)], title="Class by subject")


def _rows(found: Entered, one: OfClass) -> Iterator[Row]:
    for pk, name in found.subjects:
        key, about, where = f"subject.{one.id}.{pk}", str(one.id), f"{name}, {one.name}"
        yield Row(
            [
                name,
                Count(f"{key}.in", one.marked[pk], one.pupils, f"with a mark in {where}", about),
                Count(f"{key}.out", one.pupils - one.marked[pk], None, f"waiting for a mark in {where}", about),
                Count(f"{key}.copied", one.copied[pk], None, f"with a copied mark in {where}, not confirmed", about),
                Number(len(one.pupils)),
            ],
            group=one.name,
        )


def _standing(found: Entered, one: OfClass) -> dict[int, str]:
    """In how many subjects each pupil has a mark, and which they wait for."""
    said = {}
    for pupil in one.pupils:
        waiting = [name for pk, name in found.subjects if pupil not in one.marked[pk]]
        many = len(found.subjects) - len(waiting)
        waits = f"; waiting: {', '.join(waiting)}" if waiting else ""
        said[pupil] = f"{figure(many)} of {figure(len(found.subjects))} {ENTERED_NAMES}{waits}"
    return said


REPORT = Report(
    name="marks-entered",
    title="Marks entered",
    answers="How many of the marks expected at an assessment point are in, class by subject, and who has not started.",
    counts="Every pupil of a class in every subject that the point and the assessment ask for.",
    may=READS_ATTAINMENT,
    section=Place.SCHOOL,
    as_at=False,
    due=True,
    choices=(Choice("assessment", "Assessment", assessments_offered),),
    leads_to=(Way("completeness", "Who has not started", MARKERS),),
    work_out=overview,
)
