"""What setting many cells alike would change."""

from dataclasses import dataclass
from datetime import datetime

from itrack.foundation.viewer import Viewer
from itrack.objectives.queries.choice import Asked, Missing
from itrack.objectives.queries.grid import ObjectivesPage, objectives_page
from itrack.objectives.rules.several import Plan, Wish, plan


@dataclass(frozen=True, slots=True)
class SeveralPage:
    """`plan` is None while nothing is chosen; `name` is what its code is called."""

    page: ObjectivesPage
    wish: Wish
    plan: Plan | None

    @property
    def name(self) -> str:
        return next((depth.name for depth in self.page.keys if self.plan and depth.code == self.plan.code), "")


def several_page(*, viewer: Viewer, asked: Asked, wish: Wish, now: datetime) -> SeveralPage | Missing | None:
    """None when it is not this person's to judge."""
    page = objectives_page(viewer=viewer, asked=asked, now=now)
    if page is None or isinstance(page, Missing):
        return page
    columns = [column.wording.id for column in page.grid.columns]
    pupils = [row.who.id for row in page.grid.rows]
    return SeveralPage(page, wish, plan(wish, pupils, columns, page.marks, [depth.code for depth in page.keys]))
