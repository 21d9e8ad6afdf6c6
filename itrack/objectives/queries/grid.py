"""What the objectives page shows, in a number of questions that does not grow with the class."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from itrack.foundation import clock
from itrack.foundation.viewer import Viewer
from itrack.frameworks.api import statement_rows
from itrack.objectives.queries.choice import Asked, Choice, Missing, choose
from itrack.objectives.queries.marks import scale_of, standing_marks
from itrack.objectives.queries.wanted import wanted_instead
from itrack.objectives.rules.choice import MOST_SHOWN, year_words
from itrack.objectives.rules.depth import NOT_FOR_THEM, Depth
from itrack.objectives.rules.grid import Grid, Held, Who, Wording, lay_out
from itrack.objectives.rules.marking import Cell, RefusedCell


@dataclass(frozen=True, slots=True)
class ObjectivesPage:
    """`parts` is how many pages the strand's statements fill."""

    choice: Choice
    scale: list[Depth]
    grid: Grid
    parts: int
    last_saved: datetime | None
    marks: Mapping[Cell, Depth]

    @property
    def keys(self) -> list[Depth]:
        return [*self.scale, NOT_FOR_THEM]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A class and the statements it is shown: what a save or an undo on the page is about."""

    choice: Choice
    statements: list[Wording]
    parts: int

    @property
    def pupils(self) -> list[int]:
        return [line.id for line in self.choice.shown]


def objectives_page(
    *, viewer: Viewer, asked: Asked, now: datetime, refused: Mapping[Cell, RefusedCell] | None = None
) -> ObjectivesPage | Missing | None:
    """The page for what is asked, refused cells left as typed; None when it is not this person's to judge."""
    sheet = sheet_of(viewer=viewer, asked=asked, now=now)
    if sheet is None or isinstance(sheet, Missing):
        return sheet
    choice, about = sheet.choice, _about(sheet)
    scale = scale_of(school=viewer.school, framework=choice.course.framework)
    marks, latest = standing_marks(school=viewer.school, scale=scale, **about)
    wanted = wanted_instead(viewer=viewer, now=now, **about)
    grid = lay_out(pupils_of(choice), sheet.statements, Held(marks, refused or {}, wanted))
    return ObjectivesPage(choice, scale, grid, sheet.parts, latest, marks)


def sheet_of(*, viewer: Viewer, asked: Asked, now: datetime) -> Sheet | Missing | None:
    """None when it is not this person's to judge."""
    choice = choose(viewer=viewer, asked=asked, on=clock.day_of(now))
    if choice is None or isinstance(choice, Missing):
        return choice
    every = wordings(school=viewer.school, strands=[choice.strand.id])
    parts = -(-len(every) // MOST_SHOWN)
    first = (min(choice.part, parts) - 1) * MOST_SHOWN
    return Sheet(choice, every[first : first + MOST_SHOWN], parts)


def wordings(*, school: int, strands: Sequence[int]) -> list[Wording]:
    """The statements in use of these strands, in the order of the strands, numbered from 1 in each. One question."""
    rows = statement_rows(school=school).filter(strand_id__in=strands, retired_on__isnull=True)
    told = list(rows.order_by("position", "pk").values_list("strand_id", "strand__name", "pk", "code", "text"))
    found: list[Wording] = []
    for strand in strands:
        own = [row for row in told if row[0] == strand]
        found += [Wording(pk, n, code, text, strand, name) for n, (_, name, pk, code, text) in enumerate(own, start=1)]
    return found


def _about(sheet: Sheet) -> dict[str, Any]:
    return {"pupils": sheet.pupils, "statements": [one.id for one in sheet.statements]}


def pupils_of(choice: Choice) -> list[Who]:
    """The pupils shown; the years of those are said who are shown another year's statements."""
    return [
        Who(line.id, line.name, "" if choice.strand.is_for(line.year_group) else year_words(line.year_group))
        for line in choice.shown
    ]
