"""What stands beside a cell of the marks grid: one pupil's statements in its subject, in a few lines."""

from dataclasses import dataclass

from itrack.curriculum.api import subjects
from itrack.foundation.viewer import Viewer
from itrack.frameworks.rules.years import subject_key
from itrack.objectives.queries.grid import wordings
from itrack.objectives.queries.marks import scale_of, standing_marks
from itrack.objectives.queries.offered import offered_strands
from itrack.objectives.queries.use import used_subjects
from itrack.objectives.rules.choice import StrandChoice, usual_strand
from itrack.objectives.rules.grid import Who
from itrack.objectives.rules.telling import by_strand, tell_class


@dataclass(frozen=True, slots=True)
class StatementsBeside:
    """`title`: "Statements, Year 4". `lines` has one for each strand begun, `steps` are the pupil's next."""

    title: str
    strand: int
    lines: list[str]
    steps: list[str]


def statements_beside(
    *, viewer: Viewer, pupil: int, subject: int, year: int, year_group: str
) -> StatementsBeside | None:
    """Of a pupil this person sees, in the academic year that starts in `year`; None where nothing is judged by them."""
    name = dict(subjects(school=viewer.school)).get(subject, "")
    used = used_subjects(school=viewer.school)
    if subject_key(name) not in used:
        return None
    strands = offered_strands(school=viewer.school, year=year, used={subject_key(name): 1})
    return _beside(viewer.school, pupil, strands, year_group) if strands else None


def _beside(school: int, pupil: int, strands: list[StrandChoice], year_group: str) -> StatementsBeside:
    here = usual_strand(strands, strands[0].course, [year_group])
    own = [row.id for row in strands if (row.course, row.band) == (here.course, here.band)]
    every = wordings(school=school, strands=own)
    scale = scale_of(school=school, framework=here.course.framework)
    marks, _ = standing_marks(school=school, pupils=[pupil], statements=[one.id for one in every], scale=scale)
    [told] = tell_class([Who(pupil, "")], every, marks, scale).pupils
    lines = [
        f"{name}: {of.taught} of {of.applying} taught, {of.secure} secure"
        for name, of in by_strand(pupil, every, marks)
        if of.taught
    ]
    return StatementsBeside(f"Statements, {here.band_name}", here.id, lines, [one.text for one in told.steps])
