"""Which pupils of a class are shown and in which order, and what a mark against another year means."""

from datetime import date

import pytest

from itrack.assessment.rules.arranging import arrange
from itrack.assessment.rules.grid import Mark, Who
from itrack.assessment.rules.placing import months_old, placed
from itrack.curriculum.rules_schemes import Kind, Option, Reading, Scale, Sitting
from itrack.pupils.rules_flags import FLAG_WORDS

READING, MATHS = 7, 9
COLUMNS = [(READING, "Reading"), (MATHS, "Maths")]
FLAG = next(iter(FLAG_WORDS))
AMARA, TOBY, MEI = (
    Who(1, "Acorn, Amara", (FLAG,), "4"), Who(2, "Barleycorn, Toby", (), "3"), Who(3, "Everglade, Mei", (), "R"),
)  # fmt: skip
CLASS = [AMARA, TOBY, MEI]


def mark(code: str, css: str = "", *, copied: bool = False) -> Mark:
    return Mark(code, css, code, copied)


NOW = {
    (1, READING): mark("G", "g"), (1, MATHS): mark("E", "e", copied=True),
    (2, READING): mark("88", "e"), (2, MATHS): mark("W", "w"),
    (3, READING): mark("3:104", "e"),
}  # fmt: skip


def shown(show: str = "", sort: str = "", pupils=CLASS) -> list[Who]:
    return arrange(pupils, COLUMNS, NOW, show=show, sort=sort).pupils


@pytest.mark.parametrize(
    ("show", "whom"),
    [
        ("", CLASS), ("missing", [MEI]), ("copies", [AMARA]), ("year-3", [TOBY]), (FLAG, [AMARA]),
        ("year-6", CLASS), ("nonsense", CLASS),
    ],
)  # fmt: skip
def test_those_asked_for_are_shown_and_what_is_no_choice_shows_all(show, whom):
    assert shown(show) == whom


def test_the_lowest_come_first_scores_within_a_band_by_size_and_nobody_without_a_mark_before_them():
    assert shown(sort=str(READING)) == [TOBY, MEI, AMARA]
    assert shown(sort=str(MATHS)) == [TOBY, AMARA, MEI]
    assert shown(sort="year") == [MEI, TOBY, AMARA]


def test_a_class_of_one_year_group_is_not_offered_others_or_their_order():
    told = arrange([AMARA], COLUMNS, NOW, show="year-4", sort="year")

    assert (told.show, told.sort, told.pupils) == ("", "", [AMARA])
    assert [value for value, _ in told.shows] == ["", "missing", "copies", FLAG]
    assert [value for value, _ in told.sorts] == ["", str(READING), str(MATHS)]


SCALE = Scale(1, "Judgement", Kind.RELATIVE, {"E": Option(5, "E", "Expected", "expected")})


@pytest.mark.parametrize(
    ("of_year", "own", "code", "band"),
    [
        ("", "4", "E", "expected"),
        ("4", "4", "E", "expected"),
        ("2", "4", "2:E", "below"),
        ("6", "4", "6:E", "greater"),
        ("R", "1", "R:E", "below"),
        ("2", "", "2:E", ""),
    ],
)
def test_a_mark_against_another_year_says_where_the_pupil_stands_in_their_own(of_year, own, code, band):
    read = Reading(f"{of_year}:E" if of_year else "E", 5, None, of_year)

    told, means = placed(read, SCALE, Sitting(own, 1, READING))

    assert (told.code, means) == (code, band)


@pytest.mark.parametrize(
    ("born", "day", "months"),
    [
        (date(2018, 5, 31), date(2026, 5, 30), 95),
        (date(2018, 5, 31), date(2026, 5, 31), 96),
        (None, date(2026, 5, 31), None),
        (date(2018, 5, 31), None, None),
    ],
)
def test_age_is_in_whole_months(born, day, months):
    assert months_old(born, day) == months
