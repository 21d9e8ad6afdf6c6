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
from tests.oracle_progress.walk import differences


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


def of_a_report(school: School, report: str, then: Then, chance: Random) -> list[str]:
    """Of one question, drawn by lot; of every third also what changed since a day before."""
    asked, oracle, since = question(report, then, chance), REPORTS_ASKED[report].oracle, None
    told = oracle(asked)
    if chance.random() < 0.3 and not is_of_today(report):
        since = school.then(then.seen - timedelta(days=chance.randint(1, 40)))
        if moved := changes(then, oracle(replace(asked, then=since)), told):
            told.tables["What changed"] = moved
    found = differences(told, answer(school.cast, report, asked, since))
    about = f"{report} for {asked.reader}, {asked.point.title}, {asked.whose}, {asked.subject} {asked.chosen}"
    return [f"{about}, as at {then.seen}, since {since and since.seen}: {one}" for one in found]


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
