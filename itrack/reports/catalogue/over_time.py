"""The share at expected or above at the points of three years, subject by subject or one subject by year group."""

from collections.abc import Sequence

from itrack.curriculum.rules import BAND_OF
from itrack.reports.catalogue.declared import Report, Section
from itrack.reports.queries.over_time import BACK, WHOLE_RUN, WHOM, OverTime, over_time
from itrack.reports.queries.question import Asked, Subject
from itrack.reports.queries.starts import missing_at
from itrack.reports.rules.answer import Answer, Cell, Column, Count, Out, Row, Table
from itrack.reports.rules.answer import Section as Part
from itrack.reports.rules.declared import READS_ATTAINMENT
from itrack.reports.rules.finding import inside
from itrack.reports.rules.over_time import Run, findings
from itrack.reports.rules.pictures import Line, Lines
from itrack.reports.rules.tally import NO_MARK, uncounted
from itrack.schools.api import PointRow, year_title

NOTE = (
    "Each number leads to its names. A percentage is at expected or above, of those counted in that column at that "
    "point; points more or fewer are worked out before rounding. A band is a place against what the year group then "
    "expected, so a level line is a school that keeps up."
)
NOTHING = NO_MARK.removesuffix(" yet")
OPEN = "An open mark: under four in five of those in view, or under 5 pupils, are counted there."
THEN = "Pupils join and leave between points, and Year 6 goes; the last column says how many were also counted before."
FOLLOWED = "The pupils of the point asked about are followed back; who had not joined is not counted then."


def progress(asked: Asked) -> Answer:
    whom = asked.chosen["whom"]
    found = over_time(asked, whom)
    counted = frozenset().union(*(spot.counted for run in found.runs for spot in run.spots))
    name = asked.subject[1] if asked.subject else ""
    where = f"in {inside(name)}" if name else asked.whose.running
    return Answer(
        denominator=_denominator(found, asked, whom),
        sections=[_by_point(asked, found, whom)] if counted else [],
        people=found.people,
        counted=counted,
        out=_outs(found, asked),
        findings=findings(found.runs, where=where, followed=whom == BACK, of_subject=not name),
        standing=_standing(found),
        everywhere=False,
        somewhere="at one point at least",
    )


def _denominator(found: OverTime, asked: Asked, whom: str) -> str:
    view = found.views[asked.point.id]
    if whom == BACK:
        return f"Counted at a point: those of the {view.words}, who had a mark of a band at that point."
    return (
        "Counted at a point: pupils on roll when it opened or on its last day"
        f"{'' if asked.whose.running == 'in the school' else f', then {asked.whose.running}'}, who had a mark of a "
        f"band there. At {view.point.title} these are {view.words}."
    )


def _by_point(asked: Asked, found: OverTime, whom: str) -> Part:
    heads = [
        Column("Point", numeric=False),
        *(Column(run.name, share=True) for run in found.runs),
        Column("Counted", short="Of"),
        Column("Also counted at the point before", short="Also before"),
    ]
    rows = [_row(found, place, point) for place, point in enumerate(found.points)]
    subject = f" in {inside(asked.subject[1])}" if asked.subject else ""
    picture = Lines(
        f"{asked.whose.words}: share at expected or above{subject}, point by point",
        [(short_name(point.name), year_title(point.year)) for point in found.points],
        [
            Line(
                run.name, [spot.share for spot in run.spots], [spot.partly for spot in run.spots], run.code == WHOLE_RUN
            )
            for run in found.runs
        ],
        caption=f"At expected or above{subject}",
        reading=OPEN if any(spot.partly for run in found.runs for spot in run.spots) else "",
    )
    notes = [NOTE, FOLLOWED if whom == BACK else THEN]
    return Part([Table("Point by point", heads, rows)], picture=picture, notes=notes)


def short_name(name: str) -> str:
    """ "Autumn 2" → "Aut 2"."""
    season, _, half = name.partition(" ")
    return f"{season[:3]} {half}".strip()


def key_of(point: PointRow) -> str:
    return f"{point.year}-{point.slot}"


def _row(found: OverTime, place: int, point: PointRow) -> Row:
    cells: list[Cell] = []
    for run in found.runs:
        spot, key = run.spots[place], f"{key_of(point)}.{run.code}"
        words = f"at expected or above at {point.title}, {inside(run.name)}"
        cells.append(Count(key, spot.secure, spot.counted, words, _about(run, point)))
    counted, before = _counted(found.runs, place), _counted(found.runs, place - 1) if place else frozenset()
    cells.append(Count(f"{key_of(point)}.counted", counted, None, f"counted at {point.title}"))
    also = Count(f"{key_of(point)}.both", counted & before, None, f"counted at {point.title} and at the point before")
    return Row([point.name, *cells, also if place else None], group=year_title(point.year))


def _counted(runs: Sequence[Run], place: int) -> frozenset[int]:
    return frozenset().union(*(run.spots[place].counted for run in runs))


def _about(run: Run, point: PointRow) -> str:
    return f"{run.name}, {point.title}"


def _standing(found: OverTime) -> dict[str, dict[int, str]]:
    return {
        _about(run, point): {pupil: BAND_OF[band].name for pupil, band in run.spots[place].bands.items()}
        for run in found.runs
        for place, point in enumerate(found.points)
    }


def _outs(found: OverTime, asked: Asked) -> list[Out]:
    """One line for a pupil and reason, with the first and last of its points and how many there are."""
    held: dict[tuple[int, str], list[str]] = {}
    coded = {(mark.point, mark.pupil): mark.code for mark in found.marks if not mark.band}
    for place, point in enumerate(found.points):
        counted, reasons = _counted(found.runs, place), _reasons(found, point, asked)
        for pupil in _in_view(found, point) - counted:
            code = coded.get((point.id, pupil))
            reason = uncounted(code, "") if code else reasons.get(pupil, NOTHING)
            held.setdefault((pupil, reason), []).append(point.title)
    return [Out(pupil, _where(titles), reason) for (pupil, reason), titles in sorted(held.items())]


def _reasons(found: OverTime, point: PointRow, asked: Asked) -> dict[int, str]:
    """Why a pupil may have no mark at a point."""
    if asked.chosen["whom"] == BACK and point != asked.point:
        return missing_at(found.views[asked.point.id], point)
    whose = found.views[point.id].population
    return {**whose.unmarked, **whose.outside}


def _in_view(found: OverTime, point: PointRow) -> frozenset[int]:
    """Also where nobody has a mark and there is no line."""
    outside = found.views[point.id].population.outside.keys() & found.people.keys()
    return found.members[point.id] | outside


def _where(titles: Sequence[str]) -> str:
    return titles[0] if len(titles) == 1 else f"{titles[0]} to {titles[-1]}: {len(titles)} points"


REPORT = Report(
    name="progress-over-time",
    title="Progress over time",
    answers="What share was at expected or above at each point of three years, by subject or by year group.",
    counts="Pupils in view at each point, or those of the last point looking back, who had a mark of a band there.",
    may=READS_ATTAINMENT,
    section=Section.PROGRESS,
    subject=Subject.CLOSELY,
    choices=(WHOM,),
    work_out=progress,
)
