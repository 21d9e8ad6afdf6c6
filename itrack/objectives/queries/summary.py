"""A class in the statements of one subject and its years: bars, next steps, and each pupil's figures."""

from dataclasses import dataclass
from datetime import datetime

from itrack.foundation import clock
from itrack.foundation.viewer import Viewer
from itrack.objectives.queries.choice import Asked, Choice, Missing, choose
from itrack.objectives.queries.grid import pupils_of, wordings
from itrack.objectives.queries.marks import scale_of, standing_marks
from itrack.objectives.rules.depth import NOT_JUDGED, Depth
from itrack.objectives.rules.telling import ClassTold, Told, Tone, tell_class, tone
from itrack.ui.charts import Row, Share


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """`told` is of all strands of the subject and years, `here` of the strand chosen. `highest` ends the scale."""

    choice: Choice
    scale: list[Depth]
    told: ClassTold

    @property
    def here(self) -> list[Told]:
        return [one for one in self.told.told if one.wording.strand == self.choice.strand.id]

    @property
    def tones(self) -> list[Tone]:
        return [tone(depth) for depth in (*self.scale, NOT_JUDGED)]

    @property
    def bars(self) -> list[Row]:
        return [Row(one.label, tuple(Share(tone(depth), n) for depth, n in one.reached.shares)) for one in self.here]

    @property
    def highest(self) -> int:
        return max((depth.value for depth in self.scale), default=0)


def summary_page(*, viewer: Viewer, asked: Asked, now: datetime) -> SummaryPage | Missing | None:
    """None when it is not this person's to see. Nine questions, whatever the size of the class."""
    choice = choose(viewer=viewer, asked=asked, on=clock.day_of(now))
    if choice is None or isinstance(choice, Missing):
        return choice
    every = wordings(school=viewer.school, strands=[row.id for row in choice.beside])
    scale = scale_of(school=viewer.school, framework=choice.course.framework)
    pupils = pupils_of(choice)
    marks, _ = standing_marks(
        school=viewer.school, pupils=[who.id for who in pupils], statements=[one.id for one in every], scale=scale
    )
    return SummaryPage(choice, scale, tell_class(pupils, every, marks, scale))
