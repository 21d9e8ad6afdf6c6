"""What happened at a demo school, year by year, each deed by the person whose work it is and on its day.

Everything goes through the product's own actions: the record is as if the school had kept it, and a report as at an
earlier day shows what was known then. Deeds later than `until` are left out. The school's window must be open.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

from itrack.accounts.api import add_member, settle_role
from itrack.accounts.rules_sessions import GUARDED, Limits
from itrack.config.demo.beside import Beside
from itrack.config.demo.child import YEAR_GROUPS
from itrack.config.demo.marks import mark_points
from itrack.config.demo.objectives import judge_objectives
from itrack.config.demo.official import put_in_figures
from itrack.config.demo.reviewing import sign_reviews
from itrack.config.demo.schools import OAKFIELD, STORY_BEGINS
from itrack.config.demo.transfer_file import transfer_file
from itrack.curriculum.api import set_up_curriculum
from itrack.foundation.changes.actions import close_change_set, open_change_set
from itrack.foundation.clock import LONDON
from itrack.foundation.models import ChangeSet
from itrack.frameworks.api import set_up_frameworks
from itrack.imports.api import apply, preview
from itrack.pupils.api import ClassFacts, classes, edit_class, make_classes
from itrack.schools.api import academic_year_on, set_up_year

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from itrack.config.demo.schools import DemoSchool


def at_hour(day: date, hour: int, minute: int = 0) -> datetime:
    """That time of a British day, as the record keeps it."""
    return datetime.combine(day, time(hour, minute), LONDON).astimezone(UTC)


def tell_story(*, told: DemoSchool, school: int, until: datetime, passwords: Callable[[str], str]) -> None:
    """Adds the staff, then lives through the years. `passwords` gives the password for a user name."""
    begins = min(at_hour(date(STORY_BEGINS, 9, 2), 9), until)
    for role in GUARDED:
        # The trial is for looking round: a second factor is there to be tried, not asked of everybody.
        settle_role(school=school, role=role, limits=Limits(), by=None, at=begins)
    members = {
        member.username: add_member(
            school=school,
            username=member.username,
            password=passwords(member.username),
            name=member.name,
            email=f"{member.username}@{told.town.lower()}.example",
            job_title=member.job_title,
            role=member.role,
            by=None,
            at=begins,
            advised_at=until,
        )
        for member in told.staff
    }
    _Story(told, school, until, members).tell()
    if told is OAKFIELD:
        put_in_figures(school=school, head=members[told.head], until=until)
    sign_reviews(school=school, until=until)


class _Story:
    """One school's years. `school` is its id, `members` its staff's by user name; after `until` nothing happens."""

    def __init__(self, told: DemoSchool, school: int, until: datetime, members: Mapping[str, int]) -> None:
        self.told, self.school, self.until, self.members = told, school, until, members
        self.head, self.office = members[told.head], members[told.office]

    def tell(self) -> None:
        """From one import to the next: the roll, the classes, the marks of that time."""
        begun: set[int] = set()
        for day, following in pairwise((*self.told.imports, date.max)):
            year = academic_year_on(day)
            if at_hour(day, 16) > self.until:
                return
            if year not in begun:
                begun.add(year)
                self._begin(year)
            self._import(day)
            self._make_classes(year, day)
            self._judge((day, following))

    def _judge(self, span: tuple[date, date]) -> None:
        """Marks, and statements, scores and targets where they are used, of the days from one import to the next."""
        mark_points(told=self.told, school=self.school, head=self.head, span=span, until=self.until)
        judge_objectives(told=self.told, school=self.school, head=self.head, span=span, until=self.until)
        Beside(self.told, self.school, self.head, span, self.until).happen()

    def _begin(self, year: int) -> None:
        """The year's assessment points; before the first year also the subjects, the marks and the frameworks."""
        at = at_hour(date(year, 9, 2), 10)
        opened = open_change_set(school=self.school, kind=ChangeSet.Kind.CLASSES, by=self.head, at=at)
        set_up_year(school=self.school, year=year, change_set=opened)
        set_up_curriculum(school=self.school, change_set=opened)
        set_up_frameworks(school=self.school, change_set=opened)
        close_change_set(opened, counts={})

    def _import(self, day: date) -> None:
        at = at_hour(day, 9, 5)
        file = BytesIO(transfer_file(self.told, on=day))
        batch = preview(school=self.school, file=file, by=self.office, at=at)
        apply(school=self.school, batch=batch, by=self.office, at=at_hour(day, 9, 12))

    def _make_classes(self, year: int, day: date) -> None:
        """One class a year group. Whoever comes later in the year joins it."""
        one_each = dict.fromkeys(YEAR_GROUPS, 1)
        at = at_hour(day, 9, 30)
        make_classes(school=self.school, year=year, by=self.office, at=at, numbers=one_each)
        teachers = {member.teaches: self.members[member.username] for member in self.told.staff if member.teaches}
        for row in classes(school=self.school, year=year):
            group = row.year_groups[0]
            seen = ClassFacts(row.name, row.teacher)
            facts = ClassFacts(self.told.class_names.get(group, row.name), teachers.get(group))
            edit_class(school=self.school, group=row.id, seen=seen, facts=facts, by=self.head, at=at_hour(day, 9, 40))
