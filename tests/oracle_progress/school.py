"""A lived school, and what of it is not as the oracles say."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

import time_machine
from django.db import transaction

from itrack.foundation.tenancy.windows import reading
from itrack.parents.api import class_lists, for_school
from itrack.parents.rules.paper import report_sheet
from itrack.reports.catalogue.profile import sheet_of_pupil
from tests.cast import NOW, TODAY, Cast
from tests.oracle_progress import of_parents
from tests.oracle_progress.asking import REPORTS_ASKED, answer, is_of_today, question, taught_by_tom
from tests.oracle_progress.lived import Lived
from tests.oracle_progress.of_changes import changes
from tests.oracle_progress.of_odd import class_today
from tests.oracle_progress.of_pupil import profile
from tests.oracle_progress.record import Record, Then
from tests.oracle_progress.view import Question
from tests.oracle_progress.walk import Told, differences


@dataclass(frozen=True)
class School:
    """A lived school with all its rows."""

    cast: Cast
    record: Record

    def then(self, day: date) -> Then:
        return self.record.at_the_end_of(day)


@contextmanager
def a_school(cast: Cast, seed: int) -> Iterator[School]:
    """Lived through, looked at, and taken back."""
    with time_machine.travel(NOW, tick=False), transaction.atomic():
        lived = Lived(cast, seed)
        with reading(lived.school):
            yield School(cast, Record(lived.school))
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Predicted:
    """A question with what an oracle says of it; `since` a day before, if it is asked what has changed, and `before`
    what it says of that."""

    report: str
    asked: Question
    since: Then | None
    told: Told
    before: Told | None = None

    def otherwise(self, cast: Cast) -> list[str]:
        """What the product answers otherwise."""
        found = differences(self.told, answer(cast, self.report, self.asked, self.since), self.before)
        one, since = self.asked, self.since and self.since.seen
        about = f"{self.report} for {one.reader}, {one.point.title}, {one.whose}, {one.subject} {one.chosen}"
        return [f"{about}, as at {one.then.seen}, since {since}: {what}" for what in found]


def predicted(school: School, report: str, then: Then, chance: Random) -> Predicted:
    """Of a question drawn by lot; of about every third also what changed since a day before."""
    asked, oracle = question(report, then, chance), REPORTS_ASKED[report].oracle
    told = oracle(asked)
    if is_of_today(report) or chance.random() < 0.7:
        return Predicted(report, asked, None, told)
    since = school.then(then.seen - timedelta(days=chance.randint(1, 40)))
    before = oracle(replace(asked, then=since))
    if moved := changes(then, before, told):
        told.tables["What changed"] = moved
    return Predicted(report, asked, since, told, before)


def of_a_profile(school: School, then: Then, chance: Random) -> list[str]:
    """As staff or parents see it; a teacher's is of a pupil in the own class."""
    pupil, for_parents, own = chance.choice(list(then.pupils)), chance.choice((True, False)), taught_by_tom(then)
    reader = chance.choice(("hana", "tom")) if class_today(then, pupil)[0] == own else "hana"
    viewer = school.cast.people[reader]
    sheet = sheet_of_pupil(viewer=viewer, pupil=pupil, now=NOW, for_parents=for_parents)
    assert sheet, "they see this pupil"
    wanted = profile(then, pupil, for_parents=for_parents, reader=reader)
    return [f"profile of pupil {pupil} for {reader}: {one}" for one in differences(wanted, sheet.answer)]


def of_parents_reports(school: School, then: Then) -> list[str]:
    viewer, found = school.cast.hana, []
    beside = for_school(school=viewer.school, year=2026, on=TODAY)
    for one in class_lists(viewer=viewer, on=TODAY):
        pupils = of_parents.class_today(then, one.group.id)
        lines = {line.report.pupil: line for line in one.lines}
        states = [of_parents.state(then, who) for who in pupils]
        whole = [not of_parents.missing(then, who) for who in pupils]
        told = {
            "pupils": (list(lines), pupils),
            "counts": ([one.whole, one.ready, one.read], [sum(whole), states.count("ready"), states.count("read")]),
        }
        for who, line in lines.items():
            sheet = report_sheet(line.report, school="", title="", beside=beside, logo=b"", at=NOW)
            told[f"paper of {who}"] = of_parents.paper_of(sheet), of_parents.paper(then, who)
            told[f"missing of {who}"] = [lacking.words for lacking in line.missing], of_parents.missing(then, who)
        found += [f"{what}: {said}, predicted {wanted}" for what, (said, wanted) in told.items() if said != wanted]
    return found
