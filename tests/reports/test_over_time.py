"""Progress over time: the share at expected or above at each point of three years."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.foundation.tenancy.windows import writing
from itrack.reports.rules.over_time import Run, Spot, findings, rounded_points
from tests.cast import a_pupil
from tests.reports.progress import marked, queries_of, report, table
from tests.reports.school import Oakfield, a_class, mark
from tests.reports.test_attainment_page import shown, words

PAGE = "/reports/progress-over-time"


@pytest.fixture
def progress(oakfield: Oakfield) -> Oakfield:
    """Reading last summer: Amara, Toby and Ada, then in Years 3 and 4, were marked."""
    with writing(oakfield.cast.oakfield):
        marked(
            oakfield.cast.hana,
            "Reading",
            {oakfield.amara: "E", oakfield.toby: "W", oakfield.ada: "E"},
            slot=6,
            year=2025,
        )
    return oakfield


def rows_of(told) -> dict[tuple[str, str], dict]:
    return {(row["by"], row["Point"]): row for row in table(told, "Point by point")}


def test_each_point_counts_whoever_was_there_then(progress):
    rows = rows_of(report(progress, "progress-over-time"))

    assert rows["2025/26", "Summer 2"]["Reading"] == {
        "n": 2,
        "of": 3,
        "percent": 67,
        "pupils": ["Acorn, Amara", "Bilberry, Ada"],
    }
    assert rows["2026/27", "Autumn 2"]["Reading"]["of"] == 4
    assert rows["2026/27", "Autumn 2"]["Also counted at the point before"]["n"] == 3
    assert set(rows) == {("2025/26", "Summer 2"), ("2026/27", "Autumn 2")}, "points without marks are left out"


def test_a_year_group_of_then_is_not_that_of_now(progress):
    then = rows_of(report(progress, "progress-over-time", group="Year 4", subject="Reading"))
    back = rows_of(report(progress, "progress-over-time", group="Year 4", subject="Reading", whom="back"))

    assert then["2025/26", "Summer 2"]["Year 4"]["pupils"] == ["Bilberry, Ada"]
    assert back["2025/26", "Summer 2"]["Year 4"] == {"n": 1, "of": 2, "percent": 50, "pupils": ["Acorn, Amara"]}


def test_one_subject_is_told_by_year_group_for_the_whole_school(progress):
    rows = rows_of(report(progress, "progress-over-time", subject="Reading"))

    last = rows["2026/27", "Autumn 2"]
    assert last["Everybody"]["of"] == last["Year 4"]["of"] + last["Year 5"]["of"] == 4


def test_who_is_not_counted_at_a_point_is_listed_with_the_reason(progress):
    told = report(progress, "progress-over-time", group="Year 4", subject="Reading", whom="back")

    out = {(line["pupil"], line["where"]): line["reason"] for line in told["out"]}
    assert out["Fennelwood, Idris", "Summer 2, 2025/26"] == "Joined on 18 November 2026, later"
    assert out["Ashplant, Maud", "Summer 2, 2025/26"] == "No mark"
    assert out["Cobnut, Leo", "Autumn 2, 2026/27"] == "Code A"


@pytest.mark.parametrize("whom", ["then", "back"])
def test_where_nobody_has_a_mark_everybody_in_view_is_listed_with_the_reason(progress, whom):
    told = report(progress, "progress-over-time", subject="Science", whom=whom)

    assert (told["in_view"], told["counted"], len(told["out"])) == (6, 0, 6)


def test_a_mark_given_before_its_point_opened_is_counted_there(progress):
    with writing(progress.cast.oakfield):
        early = datetime(2026, 10, 12, 9, tzinfo=UTC)
        marked(progress.cast.hana, "Maths", {progress.amara: "E"}, slot=2, year=2026, at=early)

    asked = {"group": "Year 4", "subject": "Maths", "point": "2", "as_at": "2026-10-13"}
    told, path = (report(progress, name, **asked) for name in ("progress-over-time", "flight-path"))

    assert rows_of(told)["2026/27", "Autumn 2"]["Year 4"]["pupils"] == ["Acorn, Amara"]
    assert table(path, "Maths, pupil by pupil")[0]["Autumn 2, 2026/27"] == {"mark": "E", "band": "expected"}


def test_a_class_is_followed_back_and_never_mixed_with_another_years_class(progress):
    said = words(shown(progress, "tom", PAGE))

    assert "Progress over time: 4B" in said
    assert "Whoever was there each time" not in said
    assert "Ada" not in said
    assert progress.cast.client("tom").get(PAGE, {"whom": "then"}).status_code == 400


def test_queries_do_not_grow_with_the_pupils(progress):
    client = progress.cast.client("hana")
    small = queries_of(client, PAGE)
    with writing(progress.cast.oakfield):
        deed = progress.cast.deed("hana")
        pupils = [a_pupil(deed, f"Surname{chr(65 + i)}", "Pupil") for i in range(20)]
        a_class(progress.cast, "4C", pupils)
        mark(progress.cast.hana, "Reading", dict.fromkeys(pupils, "E"))
        marked(progress.cast.hana, "Reading", dict.fromkeys(pupils, "W"), slot=6, year=2025)

    assert queries_of(client, PAGE) == small


def spot(title: str, secure: int, counted: int, *, begin: int = 0, members: int = 0) -> Spot:
    bands = {begin + i: "expected" if i < secure else "towards" for i in range(counted)}
    return Spot(title, frozenset(range(begin, begin + max(members, counted))), bands)


@given(st.integers(0, 400), st.integers(1, 400), st.integers(0, 400), st.integers(1, 400))
def test_points_come_from_the_unrounded_shares(a: int, of_a: int, b: int, of_b: int) -> None:
    change = Fraction(min(b, of_b), of_b) - Fraction(min(a, of_a), of_a)

    points = rounded_points(change)

    assert abs(Fraction(points) - 100 * change) <= Fraction(1, 2)
    assert rounded_points(-change) == -points


@pytest.mark.parametrize(
    ("runs", "followed", "says"),
    [
        (
            [
                Run("1", "Reading", [spot("Summer 2, 2024/25", 33, 55), spot("Autumn 2, 2026/27", 41, 58, begin=28)]),
                Run("2", "Maths", [spot("Summer 2, 2024/25", 33, 55), spot("Autumn 2, 2026/27", 35, 58, begin=28)]),
            ],
            False,
            "Reading changed the most. In Year 4, in reading, 33 of 55 pupils (60%) were at expected or above at "
            "Summer 2, 2024/25 and 41 of 58 (71%) at Autumn 2, 2026/27: 11 points more. They are not the same "
            "pupils: 27 of the 58 counted at Autumn 2, 2026/27 were also counted at Summer 2, 2024/25.",
        ),
        (
            [Run("1", "Reading", [spot("Summer 2", 12, 20), spot("Autumn 2", 1, 20)])],
            True,
            "In Year 4, in reading, 12 of 20 pupils (60%) were at expected or above at Summer 2 and 1 of 20 (5%) at "
            "Autumn 2: 55 points less. The same pupils are counted at both.",
        ),
        (
            [Run("1", "Reading", [spot("Summer 2", 1, 20), spot("Autumn 2", 1, 20, begin=5)])],
            True,
            "In Year 4, in reading, 1 of 20 pupils (5%) was at expected or above at Summer 2 and 1 of 20 (5%) at "
            "Autumn 2: no whole point apart. The pupils of today are followed: 15 of the 20 counted at Autumn 2 were "
            "also counted at Summer 2.",
        ),
        (
            [Run("1", "Reading", [spot("Summer 2", 12, 20), spot("Autumn 2", 3, 4, members=20)])],
            False,
            "There are not two points at which at least 5 pupils and nearly everybody in view are counted, so no "
            "change is told.",
        ),
    ],
)
def test_the_sentence_says_the_change_and_how_far_the_pupils_are_the_same(runs, followed: bool, says: str) -> None:
    found = findings(runs, where="in Year 4", followed=followed, of_subject=True)

    assert " ".join(one.text for one in found) == says


def test_nothing_is_said_without_marks() -> None:
    assert findings([], where="in Year 4", followed=False, of_subject=True) == []
