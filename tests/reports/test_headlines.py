"""The headlines: figures as everywhere else, a sentence each, and never more than they bear."""

import re
from datetime import date

import pytest

from itrack.foundation.tenancy.windows import reading, writing
from itrack.foundation.viewer import Viewer
from itrack.reports.api import report_data
from itrack.reports.rules.headlines import averaged, did, entered, now_at
from tests.cast import NOW
from tests.reports.naive import fill
from tests.reports.school import Oakfield
from tests.reports.test_attainment_page import words
from tests.statutory.conftest import Summer, a_child
from tests.statutory.test_entry import type_in
from tests.statutory.test_outcomes import ROWS

PAGE, NAMES = "/reports/headlines", "/reports/headlines/names"
IN_WRITING = "at expected or above in writing"


def asked(oakfield: Oakfield, viewer: Viewer | None = None, as_at: date | None = None) -> dict:
    with reading(oakfield.cast.oakfield):
        return report_data(
            "headlines", viewer=viewer or oakfield.cast.hana, year=None, point=None, subject=None, group=None,
            as_at=as_at, now=NOW, names=True,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("n", "counted", "in_view", "sentence"),
    [
        (33, 58, 60, "33 of 58 pupils counted are at expected or above in writing (57%)."),
        (0, 58, 60, "None of 58 pupils counted is at expected or above in writing (0%)."),
        (1, 58, 60, "1 of 58 pupils counted is at expected or above in writing (2%)."),
        (
            20,
            30,
            60,
            "20 of 30 pupils counted are at expected or above in writing (67%). Only 30 of 60 pupils are counted.",
        ),
        (
            1,
            1,
            1,
            "The one pupil counted is at expected or above in writing. Fewer than 5 are counted: read it with care.",
        ),
        (
            0,
            1,
            1,
            "The one pupil counted is not at expected or above in writing. "
            "Fewer than 5 are counted: read it with care.",
        ),
        (0, 0, 60, "Nobody has a mark that counts yet."),
    ],
    ids=["usual", "none", "one of many", "half entered", "one pupil", "one pupil not", "nobody"],
)
def test_where_pupils_stand_is_said_in_one_sentence(n, counted, in_view, sentence):
    assert now_at(IN_WRITING, n, counted, in_view) == sentence


def test_statutory_figures_are_said_with_their_year_and_counts():
    assert did("phonics-year-1", 2026, 21, 29) == (
        "In 2026, 21 of 29 pupils counted met the standard of the phonics check in Year 1 (72%)."
    )
    assert did("phonics-year-2", 2026, 1, 1) == (
        "In 2026, the one pupil counted has met the standard of the phonics check by the end of Year 2. "
        "Fewer than 5 are counted: read it with care."
    )
    assert did("gld", 2026, 0, 29).startswith("In 2026, none of 29 pupils counted reached a good level of development")
    assert averaged(2026, "20.6", 30) == (
        "In 2026, the average mark in the times tables check was 20.6 of 25, of 30 pupils."
    )
    assert averaged(2026, "", 0) == "In 2026, nobody has a mark in the times tables check."
    assert entered(399, 836) == "399 of 836 marks expected are entered (48%)."


def test_the_last_key_stage_2_is_told_with_its_pupils_also_those_who_have_left(oakfield):
    with writing(oakfield.cast.oakfield):
        gone = {"Eve": date(2026, 3, 1)}
        six = {
            name: a_child(oakfield.cast, "Merle", name, "6", until=gone.get(name, date(2026, 7, 22)))
            for name in ("Ada", "Bea", "Cem", "Dot", "Eve")
        }
    assert type_in(Summer(oakfield.cast, six), "hana", ROWS).refused == []

    found = asked(oakfield)

    rows = {row["Headline"]: row for row in found["tables"][1]["rows"]}
    expected = rows["Key Stage 2: reading, writing and maths: expected in all three"]
    higher = rows["Key Stage 2: reading, writing and maths: higher in all three"]
    assert expected["Pupils"]["pupils"] == ["Merle, Ada", "Merle, Bea"]
    assert expected["Of"]["pupils"] == ["Merle, Ada", "Merle, Bea", "Merle, Cem"]
    assert expected["In words"] == (
        "In 2026, 2 of 3 pupils counted reached the expected standard in reading, writing and maths at the end of Key "
        "Stage 2 (67%). Fewer than 5 are counted: read it with care."
    )
    assert higher["Pupils"]["pupils"] == ["Merle, Ada"]
    out = [(row["pupil"], row["reason"]) for row in found["out"] if row["where"].endswith("expected in all three")]
    assert ("Merle, Eve", "Not on roll on 12 May 2026") in out
    assert rows["Early years: good level of development"]["In words"] == "No pupils of that year group here."


def test_an_earlier_day_says_what_cannot_be_told_of_it(oakfield):
    fill(oakfield, 1)

    then = asked(oakfield, as_at=date(2026, 11, 22))

    assert "Marks entered" not in str(then["tables"])
    assert "Marks entered" in str(asked(oakfield)["tables"])


def test_the_page_leads_to_names_and_is_for_leaders(oakfield):
    fill(oakfield, 1)
    client = oakfield.cast.client("sena")
    page = client.get(PAGE).content.decode()

    links = re.findall(rf'<a href="({NAMES}[^"]+cell[^"]+)">(\d+)<span', page)

    assert len(links) >= 8
    for link, figure in links:
        assert f": {figure} pupil" in words(client.get(link.replace("&amp;", "&")).content.decode()), link
    for who in ("tom", "tara", "olu", "asha"):
        assert oakfield.cast.client(who).get(PAGE).status_code == 403, who
    assert "Lot" not in words(oakfield.cast.client("theo").get(PAGE).content.decode())
