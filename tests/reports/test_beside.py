"""A report as at two days: old figures beside new in each row, with the difference where one may be worked out."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from itrack.foundation.tenancy.windows import reading, writing
from itrack.reports.api import REPORTS, report_data
from itrack.reports.rules.answer import (
    Answer,
    Column,
    Count,
    Mark,
    Mean,
    Nothing,
    Number,
    Percent,
    Row,
    Section,
    Table,
    Unit,
)
from itrack.reports.rules.beside import NO_LONGER, beside, change
from itrack.reports.shown.cells import was_said
from tests.cast import NOW
from tests.paper import Paper
from tests.reports.school import Oakfield, mark
from tests.reports.test_attainment_page import PAGE, words
from tests.reports.test_exports import csv_rows, xlsx_rows

DAY = date(2026, 11, 16)
SHARED = Column("Expected", share=True)


def count(n: int, of: int) -> Count:
    return Count("k", frozenset(range(n)), frozenset(range(of)))


def an_answer(*rows: Row, heads: tuple[str, ...] = ("Group", "Expected")) -> Answer:
    return Answer("", [Section([Table("By group", [Column(head) for head in heads], rows)])])


def rows_of(answer: Answer) -> list[Row]:
    return list(answer.tables[0].rows)


shares = st.integers(1, 60).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(shares, shares)
def test_shares_differ_by_exact_points_and_counts_by_pupils(now, then):
    by = change(count(*now), count(*then))

    assert by.number.value == now[0] - then[0]
    assert by.points.value == 100 * (Fraction(*now) - Fraction(*then))


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (Mark("E", "expected"), Mark("W", "towards")),
        (Nothing("too few"), count(3, 5)),
        (Number(3, Unit.POINTS), Number(3, Unit.MEAN)),
        (Percent(None), Percent(Fraction(1, 2))),
        ("Expected", "Below"),
        (None, count(3, 5)),
    ],
)
def test_of_what_is_no_quantity_on_both_days_there_is_no_difference(now, then):
    by = change(now, then)

    assert (by.number, by.points) == (None, None)


def test_means_of_one_scale_differ_by_a_number():
    now = Mean("k", frozenset({1}), value=Fraction(203, 2))
    then = Mean("k", frozenset({1, 2}), value=Fraction(301, 3))

    assert change(now, then).number == Number(Fraction(203, 2) - Fraction(301, 3), Unit.MEAN)
    assert was_said(then, now, Column("Mean", leading=True)) == ["was 100.3, of 2", "+1.2"]


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        (count(6, 10), count(3, 12), ["was 3 (25%)", "+35 points"]),
        (count(3, 12), count(6, 10), ["was 6 (60%)", "−35 points"]),
        (count(51, 100), count(50, 100), ["was 50 (50%)", "+1 point"]),
        (count(5, 10), count(6, 12), ["was 6 (50%)"]),
        (count(5, 10), count(0, 0), ["was 0", "+5"]),
        (None, count(2, 4), ["was 2 (50%)"]),
        (count(2, 4), None, []),
    ],
)
def test_a_cell_says_what_it_was_and_by_how_much_it_differs(now, then, said):
    assert was_said(then, now, SHARED) == said


def test_rows_are_found_by_their_head_and_columns_by_theirs():
    then = an_answer(
        Row(["Girls", "x", count(1, 4)], group="Other"),
        Row(["Girls", "x", count(4, 4)], group="Sex"),
        heads=("Group", "New", "Expected"),
    )
    now = an_answer(Row(["Girls", count(3, 4)], group="Sex"), Row(["Boys", count(2, 4)], group="Sex"))

    gone, girls, boys = rows_of(beside(then, now, DAY))

    assert list(girls.then) == [None, count(4, 4)]
    assert not boys.then
    assert (gone.group, gone.note) == ("Other", NO_LONGER)


def test_a_row_there_is_no_longer_stands_where_it_stood():
    then = an_answer(*(Row([name, count(n, 9)]) for n, name in enumerate(("Gone first", "Girls", "Gone", "Boys"))))
    now = an_answer(*(Row([name, count(5, 9)]) for name in ("Girls", "New", "Boys")))

    found = rows_of(beside(then, now, DAY))

    assert [row.cells[0] for row in found] == ["Gone first", "Girls", "Gone", "New", "Boys"]
    gone = found[2]
    assert (gone.note, gone.cells[1], gone.then[1].n) == (NO_LONGER, None, 2)


def test_where_nothing_stands_beside_it_the_answer_is_as_it_was():
    now = an_answer(Row(["Girls", count(3, 4)]))

    assert beside(Answer("", []), now, DAY) == now


@dataclass(frozen=True)
class Moved:
    oakfield: Oakfield
    client: Client


@pytest.fixture
def moved(oakfield: Oakfield) -> Moved:
    """Toby's reading was W until the 20th and is E since."""
    with writing(oakfield.cast.oakfield):
        on = datetime(2026, 11, 20, 9, tzinfo=UTC)
        mark(oakfield.cast.hana, "Reading", {oakfield.toby: "E"}, at=on)
    return Moved(oakfield, oakfield.cast.client("hana"))


def test_the_page_has_the_old_figures_under_the_new(moved):
    said = words(moved.client.get(PAGE, {"since": DAY.isoformat()}).content.decode())

    assert "Below each figure stands what it was at the end of 16 November 2026" in said
    # Reading: 1 W and 1 E of 4 on the 16th; on the 23rd 0 W and 2 E of 4.
    assert "was 1 (25%) −25 points" in said
    assert "was 1 (25%) +25 points" in said
    assert "was 2 (50%) +25 points" in said


def test_the_same_report_of_one_day_has_none(moved):
    said = words(moved.client.get(PAGE).content.decode())

    assert "was 1 (" not in said
    assert "Below each figure" not in said


def test_a_day_without_figures_is_said_to_have_none(moved):
    said = words(moved.client.get(PAGE, {"since": "2026-11-03"}).content.decode())

    assert "At the end of 3 November 2026 there were no figures here that could stand beside these." in said


def test_the_csv_has_both_and_the_difference_in_columns_of_their_own(moved):
    told = csv_rows(moved.client.get(f"{PAGE}.csv", {"since": DAY.isoformat()}))

    rows = {(row["Table"], row["Subject"]): row for row in told}
    told = rows["By subject", "Reading"]
    assert told["Compared with"] == "2026-11-16"
    assert [told[head] for head in ("Expected", "Expected %", "Expected, 2026-11-16", "Expected %, 2026-11-16")] == [
        "2", "50.0", "1", "25.0",
    ]  # fmt: skip
    assert (told["Expected, change"], told["Expected, change in points"]) == ("1", "25.0")
    assert (told["Working towards, change"], told["Working towards, change in points"]) == ("-1", "-25.0")
    assert (told["Counted, 2026-11-16"], told["Counted, change"]) == ("4", "0")


def test_excel_has_them_as_numbers(moved):
    told = xlsx_rows(moved.client.get(f"{PAGE}.xlsx", {"since": DAY.isoformat()}))[0]

    assert (told["Expected, 2026-11-16"], told["Expected %, 2026-11-16"]) == (1, 0.25)
    assert (told["Expected, change"], told["Expected, change in points"]) == (1, 25)


def test_data_and_paper_have_them_too(moved):
    oakfield = moved.oakfield
    with reading(oakfield.cast.oakfield):
        data = report_data(
            "attainment", viewer=oakfield.cast.hana, year=None, point=None, subject=None, group=None, as_at=None,
            now=NOW, choices={"since": DAY.isoformat()},
        )  # fmt: skip
    pdf = moved.client.get(f"{PAGE}.pdf", {"since": DAY.isoformat()})

    row = data["tables"][0]["rows"][0]
    assert row["Expected"] == {"n": 2, "of": 4, "percent": 50}
    assert row["then"]["Expected"] == {"n": 1, "of": 4, "percent": 25}
    assert pdf.status_code == 200
    assert "was 1 (25%), +25 points" in " ".join(Paper(pdf.content).words.split())


def test_every_report_that_can_be_compared_answers_with_both_days(moved):
    for report in REPORTS.values():
        if report.as_at and not report.across:
            answer = moved.client.get(f"/reports/{report.name}", {"since": DAY.isoformat()})
            assert answer.status_code == 200, report.name
            file = moved.client.get(f"/reports/{report.name}.csv", {"since": DAY.isoformat()})
            assert file.status_code in (200, 409), report.name
