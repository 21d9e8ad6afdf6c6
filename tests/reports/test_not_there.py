"""What is asked for and not there is refused with a sentence that says what there is, in every report and file."""

import re

import pytest

from itrack.foundation.tenancy.windows import writing
from tests.cast import a_pupil

OF_ONE_YEAR = ("attainment", "groups", "class-list", "meeting-sheet", "marks-entered")


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("<main")[2]))


@pytest.mark.parametrize("report", OF_ONE_YEAR)
def test_a_year_group_that_nobody_is_in_is_named_as_not_there(oakfield, report):
    client = oakfield.cast.client("hana")

    for address in (f"/reports/{report}", f"/reports/{report}.csv"):
        refused = client.get(address, {"pupils": "year-9"})

        said = words(refused.content.decode())
        assert refused.status_code == 400
        assert "Year 9: nobody here is in such a year group at Autumn 2, 2026/27. There are: " in said
        assert "Year 4" in said


def test_a_year_group_that_somebody_came_into_later_is_there(oakfield):
    with writing(oakfield.cast.oakfield):
        a_pupil(oakfield.cast.deed("olu"), "Zephyr", "Zoe", "9")

    answer = oakfield.cast.client("hana").get("/reports/attainment", {"pupils": "year-9"})

    assert answer.status_code == 200
    assert "Attainment overview: Year 9, Autumn 2" in words(answer.content.decode())


def test_a_school_without_pupils_is_told_that_there_are_no_year_groups_yet(oakfield):
    refused = oakfield.cast.client("theo").get("/reports/attainment", {"pupils": "year-4"})

    assert refused.status_code == 400
    assert "There are none yet." in words(refused.content.decode())


@pytest.mark.parametrize("address", ["/reports/governor-pack", "/reports/governor-pack.pdf"])
@pytest.mark.parametrize("who", ["gus", "hana"])
def test_a_pack_of_a_point_that_is_not_there_is_refused_like_any_report(oakfield, address, who):
    refused = oakfield.cast.client(who).get(address, {"point": "9"})

    said = words(refused.content.decode())
    assert refused.status_code == 400
    assert "There is no such assessment point in" in said
    assert "Show it without that filter" in said
