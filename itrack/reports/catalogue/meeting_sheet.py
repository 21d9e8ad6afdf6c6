"""What a pupil-progress meeting talks about: who gives concern and why, with room for what is agreed."""

from collections.abc import Iterator, Mapping, Sequence

from itrack.reports.catalogue.class_list import marks, spoken
from itrack.reports.catalogue.declared import Report
from itrack.reports.catalogue.declared import Section as Place
from itrack.reports.queries.context import Context, context, marks_before
from itrack.reports.queries.on_target import OnTarget, on_target
from itrack.reports.queries.question import Asked
from itrack.reports.queries.sessions import SessionsHere, sessions_here, years_told
from itrack.reports.rules.answer import Answer, Cell, Column, Count, Nothing, Number, Out, Person, Row, Section, Table
from itrack.reports.rules.concerns import KIND_WORDS, Concern, Kind, Seen, concerns_of, told
from itrack.reports.rules.declared import READS_ATTAINMENT
from itrack.schools.api import points, year_title
from itrack.targets.rules.track import Track

NO_SESSIONS = "Absence is left out: no transfer file has brought session totals yet."
UNKNOWN = {Kind.OFF: "no targets", Kind.ABSENT: "not recorded"}
SESSIONS = "Absence is by the session totals of {} at this school, of whoever transfer files told of."
RULES = (
    "Below: the last mark is in the lowest band. In a lower band than before: the last mark beside that of the points "
    "before. Below the way to a target: as Target analysis has it, for the last point of the year."
)


def sheet(asked: Asked) -> Answer:
    found, here = context(asked), sessions_here(asked, years_told(asked)[0])
    aimed = _on_target(asked)
    concerns = _concerns(asked, found, here, aimed)
    some = [one for one in found.people if concerns[one.id]]
    fine = [one for one in found.people if not concerns[one.id]]
    ordered = sorted(some, key=lambda one: (one.class_name, -len(concerns[one.id]), one.order))
    sections = [
        _numbers(concerns, _with_target(aimed), frozenset(here.known)),
        Section([_table(asked, found, "To talk about", ordered, concerns)], title="To talk about"),
        Section([_table(asked, found, "Everybody else", fine, concerns)], title="Everybody else"),
    ]
    return Answer(
        denominator=f"Listed are {found.view.words}.",
        sections=sections if found.people else [],
        people=found.view.people,
        counted=found.view.population.inside,
        out=[Out(pupil, "", why) for pupil, why in found.view.population.outside.items()],
        findings=told(asked.whose.running, len(found.people), len(some)),
        standing={"": {pupil: "; ".join(one.words for one in held) for pupil, held in concerns.items()}},
        rules=[RULES, SESSIONS.format(year_title(here.year)) if here.brought else NO_SESSIONS],
    )


def _concerns(asked: Asked, found: Context, here: SessionsHere, aimed: OnTarget) -> dict[int, list[Concern]]:
    before = marks_before(asked, found.people)
    off = {one.subject: one.tracks[Track.BELOW] for one in aimed.tracks}
    told_of = {}
    for one in found.people:
        seen = []
        for pk, name in asked.subjects:
            last, earlier = found.last.get((one.id, pk)), before.get((one.id, pk))
            seen.append(
                Seen(name, last.band if last else "", earlier.band if earlier else "", one.id in off.get(pk, ()))
            )
        told_of[one.id] = concerns_of(seen, here.known.get(one.id), year_title(here.year))
    return told_of


def _on_target(asked: Asked) -> OnTarget:
    """Beside the targets for the last point of the year."""
    of_year = [point.slot for point in points(school=asked.school) if point.year == asked.point.year]
    return on_target(asked, max(of_year))


def _with_target(aimed: OnTarget) -> frozenset[int]:
    return frozenset().union(*(pupils for one in aimed.tracks for pupils in one.tracks.values()))


def _numbers(concerns: Mapping[int, Sequence[Concern]], aimed: frozenset[int], told_of: frozenset[int]) -> Section:
    """How many of each kind, of those of whom it can be said."""
    of = {Kind.OFF: aimed & concerns.keys(), Kind.ABSENT: told_of & concerns.keys()}
    rows = []
    for kind in Kind:
        pupils = frozenset(pupil for pupil, held in concerns.items() if any(one.kind is kind for one in held))
        everybody = frozenset(of.get(kind, concerns.keys()))
        count = Count(f"concern.{kind.value}", pupils, everybody, KIND_WORDS[kind].lower())
        rows.append(Row([KIND_WORDS[kind], count if everybody else Nothing(UNKNOWN.get(kind, "")), len_of(everybody)]))
    columns = (Column("What the record shows", numeric=False), Column("Pupils", share=True), Column("Of"))
    return Section([Table("What the record shows", columns, rows)])


def len_of(pupils: frozenset[int]) -> Cell:
    return Number(len(pupils)) if pupils else None


def _table(
    asked: Asked, found: Context, title: str, people: Sequence[Person], concerns: Mapping[int, Sequence[Concern]]
) -> Table:
    columns = [Column("Pupil", numeric=False), Column("Groups", numeric=False)]
    columns += [Column(name, numeric=False) for _, name in asked.subjects]
    columns += [Column("What the record shows", numeric=False), Column("Agreed", numeric=False, filed=False, room=True)]
    rows = [
        Row(list(_cells(asked, found, one, concerns[one.id])), group=one.class_name or "No class") for one in people
    ]
    return Table(title, columns, rows)


def _cells(asked: Asked, found: Context, one: Person, held: Sequence[Concern]) -> Iterator[Cell]:
    yield one
    yield ", ".join(spoken(found, one.id))
    yield from marks(asked, found, one)
    yield "; ".join(concern.words for concern in held)
    yield ""


REPORT = Report(
    name="meeting-sheet",
    title="Pupil progress meeting",
    answers="Who to talk about and why, pupil by pupil, with room on paper for what is agreed.",
    counts="Pupils on roll at the point.",
    may=READS_ATTAINMENT,
    section=Place.PUPILS,
    work_out=sheet,
)
