"""Odd values as a report: what the checking page finds, open to its names."""

from datetime import UTC, datetime

from itrack.checking.api import OddAsked, odd_page
from itrack.foundation.tenancy.windows import reading, writing
from itrack.reports.catalogue.answering import understand
from itrack.reports.catalogue.odd_values import REPORT
from itrack.reports.rules.answer import Answer
from tests.cast import NOW, TODAY
from tests.reports.progress import marked
from tests.reports.school import Oakfield


def answer(oakfield: Oakfield, who: str = "hana", **said: str) -> Answer:
    with reading(oakfield.cast.oakfield):
        asked, _ = understand(REPORT, viewer=oakfield.cast.people[who], said=said, now=NOW)
        return REPORT.work_out(asked)


def leaps(oakfield: Oakfield) -> None:
    """Amara was below in Autumn 1, and Maud as well: two and three bands up by now."""
    with writing(oakfield.cast.oakfield):
        codes = {oakfield.amara: "B", oakfield.maud: "B"}
        at = datetime(2026, 10, 6, 9, tzinfo=UTC)
        marked(oakfield.cast.hana, "Reading", codes, slot=1, year=2026, at=at)


def test_it_lists_what_the_checking_page_finds(oakfield: Oakfield) -> None:
    leaps(oakfield)

    told = answer(oakfield)

    with reading(oakfield.cast.oakfield):
        page = odd_page(viewer=oakfield.cast.hana, asked=OddAsked(2026), today=TODAY)
    assert page is not None
    assert len(told.tables[1].rows) == len(page.lines)
    jumps = next(one for one in told.figures() if one.key == "jump")
    assert jumps.pupils == {oakfield.amara, oakfield.maud}
    assert "2 things look odd, of 2 pupils, and may be right." in told.finding


def test_a_teacher_sees_the_own_class_alone(oakfield: Oakfield) -> None:
    leaps(oakfield)

    assert set(answer(oakfield, "tom").people) == {oakfield.amara}


def test_one_sort_can_be_asked_for_and_without_any_it_says_so(oakfield: Oakfield) -> None:
    leaps(oakfield)

    assert answer(oakfield, sort="jump").tables[1].rows
    assert answer(oakfield, sort="gap").empty is not None
