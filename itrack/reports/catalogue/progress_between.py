"""How many pupils moved up, stayed and moved down between two points, subject by subject."""

from collections.abc import Mapping, Sequence

from itrack.curriculum.rules_schemes import SHORT_NAMES, Kind
from itrack.reports.catalogue.declared import Report, Section
from itrack.reports.queries.between import Between, between
from itrack.reports.queries.question import Asked, Subject
from itrack.reports.queries.starts import EARLIER_POINT
from itrack.reports.rules.answer import Answer, Cell, Column, Count, Out, Row, Sum, Table
from itrack.reports.rules.answer import Section as Part
from itrack.reports.rules.declared import READS_ATTAINMENT
from itrack.reports.rules.finding import FEW, inside
from itrack.reports.rules.moves import AGAINST_ANOTHER, KEEPING_UP, UNLIKE, by_subject, standing_of
from itrack.reports.rules.pictures import WENT, BarRow, StackedBars
from itrack.reports.rules.tally import NO_MARK
from itrack.reports.rules.transition import WAYS, Transition

COUNTED, APART, OUT = "counted", "apart", "out"
HEADS = (
    Column("Subject", numeric=False),
    *(Column(way.name, short=way.letter, share=True) for way in WENT),
    Column("Counted", short="Of"),
    Column("Judged against another year", short="Apart"),
    Column("Not counted", short="Out"),
)
NOTE = "Each number leads to its names. A percentage is of those counted in the subject."
CARE = "Under 5: so few pupils are counted that a share says little. Read it with care."
NO_EARLIER = "No earlier point", "There is no point before this one to compare it with. Choose a later point."


def progress(asked: Asked) -> Answer:
    found = between(asked, asked.chosen["start"])
    if found is None:
        return Answer(denominator="", sections=[], empty=NO_EARLIER)
    counted = frozenset().union(*(told.counted for told in found.told.values()))
    rows = [(name, told) for (_, name), told in found.told.items()]
    return Answer(
        denominator=_denominator(found),
        sections=[_subjects(asked, found)] if counted else [],
        people=found.view.people,
        counted=counted,
        out=_outs(found.told) if found.told else _unmarked(found),
        findings=by_subject(rows, where=asked.whose.running, ends=found.ends) if counted else [],
        standing={
            name: standing_of(told, found.starts[pk], found.finals[pk]) for (pk, name), told in found.told.items()
        },
        sums=[Sum(f"{pk}.{COUNTED}", tuple(f"{pk}.{way}" for way in WAYS)) for pk, _ in found.told],
        everywhere=len({told.counted for told in found.told.values()}) == 1,
        empty=None if counted or not found.view.people else _nobody(found),
    )


def _denominator(found: Between) -> str:
    return (
        f"Counted in a subject: {found.view.words}, who have a mark of a band in it at both {found.ends.start} and "
        f"{found.ends.end}. Who was marked then and has left since is not in view. A code that stands for no band is "
        "not counted."
    )


def _nobody(found: Between) -> tuple[str, str]:
    words = f"No pupil in view has a mark at both {found.ends.start} and {found.ends.end}. Choose other points."
    return "Nobody has both marks", words


def _subjects(asked: Asked, found: Between) -> Part:
    rows = [_row(pk, name, told) for (pk, name), told in found.told.items()]
    picture = StackedBars(
        f"{asked.whose.words}, from {found.ends.start} to {found.ends.end}: who moved up, stayed and moved down",
        [_bar(pk, name, told) for (pk, name), told in found.told.items()],
        caption=f"From {found.ends.start} to {found.ends.end}",
        bands=WENT,
    )
    kinds = sorted(SHORT_NAMES[Kind(kind)].lower() for kind in found.kinds)
    notes = [
        *(NOTE, KEEPING_UP),
        *([UNLIKE.format(", ".join(kinds))] if len(kinds) > 1 else []),
        *([AGAINST_ANOTHER] if any(told.apart for told in found.told.values()) else []),
        *([CARE] if any(row.note for row in rows) else []),
    ]
    return Part([Table("By subject", HEADS, rows)], picture=picture, notes=notes)


def _bar(pk: int, name: str, told: Transition) -> BarRow:
    shares = [(way, len(told.moved[way.code])) for way in WENT]
    return BarRow(name, shares, keys=[f"{pk}.{way.code}" for way in WENT])


def _row(pk: int, name: str, told: Transition) -> Row:
    where, moved, counted = f"in {inside(name)}", told.moved, told.counted
    cells: list[Cell] = [
        Count(f"{pk}.{way.code}", moved[way.code], counted, f"{inside(way.name)} {where}", name) for way in WENT
    ]
    rest = (
        (COUNTED, counted, f"counted {where}"),
        (APART, frozenset(told.apart), f"judged against another year group {where}"),
        (OUT, frozenset(told.out), f"not counted {where}"),
    )
    cells += [Count(f"{pk}.{key}", pupils, None, words, name) for key, pupils, words in rest]
    return Row([name, *cells], note=f"under {FEW}" if 0 < len(counted) < FEW else "")


def _outs(told: Mapping[tuple[int, str], Transition]) -> Sequence[Out]:
    """A line for each pupil and reason, with the subjects it is the reason in."""
    where: dict[tuple[int, str], list[str]] = {}
    for (_, subject), one in told.items():
        reasons = {pupil: f"{end}: {why}" if end else why for pupil, (end, why) in one.out.items()}
        for pupil, reason in (reasons | dict(one.apart)).items():
            where.setdefault((pupil, reason), []).append(subject)
    return [
        Out(pupil, "Every subject" if len(subjects) == len(told) else ", ".join(subjects), reason)
        for (pupil, reason), subjects in sorted(where.items())
    ]


def _unmarked(found: Between) -> Sequence[Out]:
    """Everybody in view, where no subject has a mark at either point."""
    whose, end = found.view.population, found.ends.end
    reasons = {pupil: f"{end}: {whose.unmarked.get(pupil, NO_MARK)}" for pupil in whose.inside}
    return [Out(pupil, "Every subject", reason) for pupil, reason in sorted({**reasons, **whose.outside}.items())]


REPORT = Report(
    name="progress-between",
    title="Progress between two points",
    answers="How many pupils moved up a band, stayed or moved down, subject by subject.",
    counts="Pupils in view at the later point, who have a mark of a band in the subject at both points.",
    may=READS_ATTAINMENT,
    section=Section.PROGRESS,
    subject=Subject.NONE,
    choices=(EARLIER_POINT,),
    work_out=progress,
)
