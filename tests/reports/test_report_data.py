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

    assert len(found.pop("rows")) == 1
    assert {row["by"] for row in found.pop("groups")} >= {"Sex", "SEN", "Class"}
    assert json.loads(json.dumps(found)) == {
        "report": "attainment",
        "school": "Oakfield Primary School",
        "year": "2026/27",
        "point": "Autumn 2",
        "group": "Year 4",
        "as_at": "2026-11-23",
        "groups_on": "2026-11-02",
        "denominator": found["denominator"],
        "finding": "In Year 4, 2 of 3 pupils counted are at expected or above in reading (67%). "
        "2 of 5 pupils are not counted in reading. Fewer than 5 pupils are counted in reading: read it with care.",
    }


def test_a_row_counts_each_band_and_who_is_not_counted(oakfield):
    [row] = data(oakfield, group="Year 4", subject="reading")["rows"]

    assert row == {
        "subject": "Reading",
        "population": 5,
        "counted": 3,
        "bands": {
            "below": {"n": 0, "percent": 0},
            "towards": {"n": 1, "percent": 33},
            "expected": {"n": 1, "percent": 33},
            "greater": {"n": 1, "percent": 33},
        },
        "secure": {"n": 2, "percent": 67},
        "not_counted": [
            {"reason": "Code A, absent for the assessment", "n": 1},
            {"reason": "Joined on 18 November 2026, after the point opened", "n": 1},
        ],
    }


def test_nobody_is_named_unless_names_are_asked_for(oakfield):
    plain, named = json.dumps(data(oakfield)), data(oakfield, group="4A", names=True)

    assert "Acorn" not in plain
    assert named["rows"][0]["pupils"] == [
        {"pupil": "Ashplant, Maud", "class": "4A", "band": "greater", "reason": ""},
    ]


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
            {"name": "progress"},
            "There is no report of that name. There are: attainment, completeness, ",
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
    assert len(rows) == len(found["rows"])
    for text, row in zip(rows, found["rows"], strict=True):
        shares = [*row["bands"].values(), row["secure"]]
        wanted = [number for share in shares for number in (share["n"], share["percent"]) if number is not None]
        wanted += [row["counted"], row["population"] - row["counted"]]
        assert [int(number) for number in re.findall(r"\d+", text.replace("under 5", ""))] == wanted
    assert found["finding"] in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
