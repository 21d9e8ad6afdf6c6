"""Who is below, on or ahead of the way to their target, subject by subject."""

from collections.abc import Iterator, Mapping

from itrack.curriculum.rules import BAND_OF, Band
from itrack.foundation.viewer import MARKERS
from itrack.reports.catalogue.declared import Report, Way
from itrack.reports.catalogue.declared import Section as Place
from itrack.reports.queries.on_target import OnTarget, on_target, targets_for
from itrack.reports.queries.question import Asked, Choice, Subject
from itrack.reports.rules.answer import Answer, Cell, Column, Count, Mark, Out, Row, Section, Table
from itrack.reports.rules.declared import READS_ATTAINMENT
from itrack.reports.rules.finding import FEW, inside
from itrack.reports.rules.on_target import NOT_YET, looked_at, told
from itrack.reports.rules.pictures import BarRow, StackedBars
from itrack.targets.rules.standings import DENOMINATOR, Standing, SubjectTracks
from itrack.targets.rules.track import MEANS, NOT_THE_SAME, TRACK_WORDS, Track

SHOWN = {
    Track.BELOW: Band("below", "B", "Below", "b"),
    Track.ON: Band("on", "T", "On track", "e"),
    Track.AHEAD: Band("ahead", "A", "Ahead", "g"),
}
HEADS = (
    Column("Subject", numeric=False),
    *(Column(band.name, share=True) for band in SHOWN.values()),
    Column("On track or ahead", short="T or A", share=True, strong=True),
    Column("At the target already", short="At it", share=True),
    Column("Counted", short="Of"),
    Column("Not counted", short="Out"),
)
CLOSELY = (
    Column("Pupil", numeric=False),
    Column("Class", numeric=False),
    Column("Target", numeric=False),
    Column("Last mark", numeric=False),
    Column("Of", numeric=False),
    Column("At the target already", short="At it", numeric=False),
)


def overview(asked: Asked) -> Answer:
    found = on_target(asked, int(asked.chosen["target"]))
    one = looked_at(found.tracks, asked.subject[0] if asked.subject else 0)
    if one is None:
        title = f"No targets for {found.target.name} to look at"
        return Answer(
            DENOMINATOR, [], empty=(title, "A pupil is counted once there is a target and a mark with a band.")
        )
    inside_of, outside = found.view.population.inside, found.view.population.outside
    return Answer(
        denominator=f"{DENOMINATOR} In view are {found.view.words}.",
        sections=[_by_subject(asked, found), _closely(found, one)],
        people=found.view.people,
        counted=inside_of - {pupil for pupil in inside_of if all(pupil in track.out for track in found.tracks)},
        out=[*_outs(found), *(Out(pupil, "Every subject", why) for pupil, why in outside.items())],
        findings=told(one, asked.whose.running, found.target.name),
        standing={track.name: _standing(found, track) for track in found.tracks},
        rules=[MEANS, *found.on_the_way],
        everywhere=False,
    )


def _by_subject(asked: Asked, found: OnTarget) -> Section:
    picture = StackedBars(
        f"{asked.whose.words}: below, on and ahead of the way to the targets for {found.target.name}, by subject",
        [BarRow(one.name, [(band, len(one.tracks[track])) for track, band in SHOWN.items()]) for one in found.tracks],
        caption=f"On the way to the targets for {found.target.name}",
        bands=list(SHOWN.values()),
    )
    notes = [NOT_THE_SAME, f"“At it” has reached the target’s own band: {NOT_YET}"]
    return Section([Table("By subject", HEADS, [_row(one) for one in found.tracks])], picture=picture, notes=notes)


def _row(one: SubjectTracks) -> Row:
    counted = frozenset().union(*one.tracks.values())
    cells: list[Cell] = [one.name]
    for track, band in SHOWN.items():
        cells.append(_count(one, track.value, one.tracks[track], counted, band.name.lower()))
    above = one.tracks[Track.ON] | one.tracks[Track.AHEAD]
    cells.append(_count(one, "above", above, counted, "on track or ahead"))
    cells.append(_count(one, "reached", one.reached, counted, "at the target already"))
    cells.append(_count(one, "counted", counted, None, "counted"))
    cells.append(_count(one, "out", frozenset(one.out), None, "not counted"))
    return Row(cells, note=f"under {FEW}" if 0 < len(counted) < FEW else "")


def _count(one: SubjectTracks, part: str, pupils: frozenset[int], of: frozenset[int] | None, words: str) -> Count:
    return Count(f"{one.subject}.{part}", pupils, of, f"{words} in {inside(one.name)}", one.name)


def _closely(found: OnTarget, one: SubjectTracks) -> Section:
    """One subject pupil by pupil, those below first."""
    rows = [row for track in SHOWN for row in _rows(found, one, track)]
    return Section([Table(f"{one.name}, pupil by pupil", CLOSELY, rows)], title=f"{one.name}, pupil by pupil")


def _rows(found: OnTarget, one: SubjectTracks, track: Track) -> Iterator[Row]:
    people = sorted((found.view.people[pupil] for pupil in one.tracks[track]), key=lambda person: person.order)
    for person in people:
        standing = found.told[person.id, one.subject]
        target, mark = standing.target, standing.mark
        if target and mark:
            marks: list[Cell] = [Mark(target.code, target.band), Mark(mark.code, mark.band), standing.when]
            yield Row(
                [person, person.class_name, *marks, "yes" if standing.reached else "not yet"], group=SHOWN[track].name
            )


def _outs(found: OnTarget) -> list[Out]:
    """Who is left out of a subject, one line a pupil and reason."""
    where: dict[tuple[int, str], list[str]] = {}
    for one in found.tracks:
        for pupil, why in one.out.items():
            where.setdefault((pupil, why), []).append(one.name)
    every = len(found.tracks)
    return [
        Out(pupil, "Every subject" if len(names) == every else ", ".join(names), why)
        for (pupil, why), names in where.items()
    ]


def _standing(found: OnTarget, one: SubjectTracks) -> Mapping[int, str]:
    return {pupil: _said(found.told[pupil, one.subject]) for pupil in found.view.population.inside}


def _said(one: Standing) -> str:
    if one.track is None or one.target is None or one.mark is None:
        return f"Not counted: {one.out[:1].lower()}{one.out[1:]}"
    where = TRACK_WORDS[one.track].capitalize()
    return f"{where}: {one.mark.code} at {one.when}, target {one.target.code} ({BAND_OF[one.target.band].name.lower()})"


REPORT = Report(
    name="target-analysis",
    title="Target analysis",
    answers="How many pupils are below, on or ahead of the way to their target, subject by subject, and who.",
    counts="Pupils on roll with a target for the point and a mark that has a band.",
    may=READS_ATTAINMENT,
    section=Place.PROGRESS,
    point=False,
    subject=Subject.CLOSELY,
    choices=(Choice("target", "Target for", targets_for),),
    leads_to=(Way("targets", "Targets", MARKERS),),
    work_out=overview,
)
