"""The report as data for the command line: the page's own figures, and refusals in sentences."""

import json
import re

import pytest

from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading
from itrack.reports.api import report_data
from tests.cast import NOW
from tests.reports.school import Oakfield

USUAL = {"year": None, "point": None, "subject": None, "group": None, "as_at": None}


def data(oakfield: Oakfield, who: str = "hana", name: str = "attainment", **said):
    viewer = oakfield.cast.people[who]
    names = said.pop("names", False)
    with reading(viewer.school):
        return report_data(name, viewer=viewer, now=NOW, names=names, **{**USUAL, **said})


def test_the_data_say_what_was_asked_and_who_is_counted(oakfield):
    found = data(oakfield, group="Year 4", subject="reading", point="Autumn 2", year="2026/27")

    by_subject, *groups = found.pop("tables")
    assert [row["Subject"] for row in by_subject["rows"]] == ["Reading", "Writing", "Maths", "Science"]
    assert {row["by"] for table in groups for row in table["rows"]} >= {"Sex", "SEN", "Class"}
    assert found.pop("rules")
    assert json.loads(json.dumps(found)) == {
        "report": "attainment",
        "school": "Oakfield Primary School",
        "year": "2026/27",
        "point": "Autumn 2",
        "group": "Year 4",
        "subject": "Reading",
        "as_at": "2026-11-23",
        "groups_on": "2026-11-02",
        "in_view": 5,
        "counted": 4,
        "denominator": found["denominator"],
        "finding": "In Year 4, 2 of 3 pupils counted are at expected or above in reading (67%). "
        "2 of 5 pupils are not counted in reading. Fewer than 5 pupils are counted in reading: read it with care. "
        "Subjects are not compared.",
    }


def test_a_row_counts_each_band_and_who_is_not_counted(oakfield):
    row = data(oakfield, group="Year 4", subject="reading")["tables"][0]["rows"][0]

    assert row == {
        "Subject": "Reading",
        "Below": {"n": 0, "of": 3, "percent": 0},
        "Working towards": {"n": 1, "of": 3, "percent": 33},
        "Expected": {"n": 1, "of": 3, "percent": 33},
        "Greater depth": {"n": 1, "of": 3, "percent": 33},
        "Expected or above": {"n": 2, "of": 3, "percent": 67},
        "Counted": {"n": 3},
        "Not counted": {"n": 2},
        "note": "under 5",
    }


def test_nobody_is_named_unless_names_are_asked_for(oakfield):
    plain, named = json.dumps(data(oakfield)), data(oakfield, group="4A", names=True)

    assert "Acorn" not in plain
    assert named["tables"][0]["rows"][0]["Greater depth"] == {
        "n": 1,
        "of": 1,
        "percent": 100,
        "pupils": ["Ashplant, Maud"],
    }
    assert {line["reason"] for line in named["out"]} == {"No mark yet"}


def test_years_points_and_groups_are_known_by_several_names(oakfield):
    told = [
        data(oakfield, year=year, point=point, group=group)
        for year, point, group in (("2026", "2", "4b"), ("2026/27", "autumn 2", "4B"), ("2026-27", None, "4B"))
    ]

    assert told[0] == told[1] == told[2]
    assert told[0]["group"] == "4B"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            {"name": "horoscope"},
            "There is no report of that name. There are: attainment, groups, headlines, ",
        ),
        ({"point": "Autumn 3"}, "There is no such assessment point in 2026/27. There are: Autumn 1, Autumn 2"),
        ({"year": "1999"}, "There are no assessment points in such a school year. There are: 2024/25"),
        ({"group": "9Z"}, "There is no such class or year group to look at in 2026/27. There are: Whole school, 4A"),
        ({"subject": "Alchemy"}, "There is no such subject here. There are: Reading, Writing"),
        ({"as_at": "soon"}, "That is not a day."),
        ({"who": "olu"}, "The attainment overview is not open to this role: office."),
        ({"who": "gus", "names": True}, "This role reads the attainment overview without names: governor."),
        (
            {"who": "gus", "group": "Year 4"},
            "The attainment overview does not ask for group. It asks for: year, point, ",
        ),
        ({"who": "tom", "group": "4A"}, "There is no such class or year group to look at in 2026/27. There are: 4B."),
    ],
)
def test_what_is_not_known_is_refused_with_a_sentence(oakfield, said, sentence):
    with pytest.raises(Refused) as refusal:
        data(oakfield, **said)

    assert refusal.value.sentence.startswith(sentence)


def test_the_page_and_the_data_give_the_same_figures(oakfield):
    found = data(oakfield, group="Year 4")

    page = oakfield.cast.client("hana").get("/reports/attainment", {"pupils": "year-4"}).content.decode()

    table = page.partition('<table class="register ruled">')[2].partition("</table>")[0]
    rows = [re.sub(r"<[^>]+>|see names", " ", row) for row in re.findall(r"<tr>(.*?)</tr>", table)[1:]]
    told = found["tables"][0]["rows"]
    assert len(rows) == len(told)
    for text, row in zip(rows, told, strict=True):
        figures = [cell for cell in row.values() if isinstance(cell, dict)]
        wanted = [number for cell in figures for name, number in cell.items() if name != "of" and number is not None]
        assert [int(number) for number in re.findall(r"\d+", text.replace("under 5", ""))] == wanted
    assert found["finding"] in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.mark.parametrize("said", [{"choices": {"start": "1"}}, {"choices": {"kind": "x"}}])
def test_a_filter_the_report_does_not_take_is_refused(oakfield, said):
    with pytest.raises(Refused, match="does not ask for"):
        data(oakfield, **said)
