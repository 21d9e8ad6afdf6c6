"""Who is in the school, in a sentence and as far as each reader may know."""

import re
from datetime import date

import pytest

from itrack.foundation.tenancy.windows import reading
from itrack.pupils.rules_answers import UNKNOWN
from itrack.pupils.rules_groups import DISADVANTAGE, LANGUAGE, SEN, SEX
from itrack.reports.api import report_data
from itrack.reports.rules.context import context_findings, sizes
from itrack.reports.rules.groups import Division, Part
from tests.cast import NOW
from tests.reports.school import Oakfield
from tests.reports.test_attainment_page import words

PAGE, NAMES = "/reports/context", "/reports/context/names"


def asked(oakfield: Oakfield, *, who: str = "hana", group: str = "", as_at: date | None = None) -> dict:
    with reading(oakfield.cast.oakfield):
        return report_data(
            "context", viewer=getattr(oakfield.cast, who), year=None, point=None, subject=None, group=group,
            as_at=as_at, now=NOW, names=True,
        )  # fmt: skip


def test_the_roll_is_that_of_the_day_asked_for(oakfield):
    before = asked(oakfield, as_at=date(2026, 11, 17))
    after = asked(oakfield, as_at=date(2026, 11, 18))

    assert (before["in_view"], after["in_view"]) == (5, 6)
    assert before["finding"].startswith("On 17 November 2026, 5 pupils were on roll in the school: 5 girls and 0 boys.")
    assert "6 pupils were on roll in the school: 5 girls and 1 boy." in after["finding"]


def told(total: int, **of: dict[str, int]) -> list[str]:
    kinds, first = [], 0
    for kind in (SEX, DISADVANTAGE, SEN, LANGUAGE):
        if kind.code in of:
            parts = []
            for code, n in of[kind.code].items():
                parts.append(Part(code, kind.groups[code], frozenset(range(first, first + n))))
                first += n
            kinds.append(Division(kind.code, kind.title, parts))
    found = context_findings(sizes(total, kinds), kinds, where="in the school", on="On 23 November 2026", past=False)
    return [one.text for one in found]


@pytest.mark.parametrize(
    ("total", "of", "sentences"),
    [
        (
            209,
            {"sex": {"f": 111, "m": 98}, "disadvantage": {"yes": 51}, "sen": {"support": 31, "plan": 1}},
            [
                "On 23 November 2026, 209 pupils are on roll in the school: 111 girls and 98 boys. Of them, 51 are "
                "disadvantaged (24%), 31 have SEN support (15%) and 1 has an EHC plan or statement."
            ],
        ),
        (
            3,
            {"sex": {"f": 1, "m": 1, UNKNOWN: 1}, "language": {"eal": 1, UNKNOWN: 2}},
            [
                "On 23 November 2026, 3 pupils are on roll in the school: 1 girl, 1 boy and 1 of whom it is not "
                "stated. Of them, 1 has English as an additional language (33%).",
                "The record does not say for some pupils: first language (2). "
                "Fewer than 5 pupils: read shares with care.",
            ],
        ),
        (
            1,
            {"sex": {"f": 1, "m": 0}},
            [
                "On 23 November 2026, 1 pupil is on roll in the school: 1 girl and 0 boys.",
                "Fewer than 5 pupils: read shares with care.",
            ],
        ),
        (0, {}, []),
    ],
    ids=["a school", "not everything is known", "one pupil", "nobody"],
)
def test_the_sentence_says_who_is_here(total, of, sentences):
    assert told(total, **of) == sentences


def test_care_and_what_would_give_it_away_are_for_leaders_alone(oakfield):
    heads = {head for table in asked(oakfield, who="sena")["tables"] for row in table["rows"] for head in row}
    teachers = asked(oakfield, who="tom")
    theirs = {head for table in teachers["tables"] for row in table["rows"] for head in row}

    assert {"Looked after", "Free meals in six years", "Disadvantaged"} <= heads
    assert "Disadvantaged" in theirs
    assert not {"Looked after", "Free meals in six years"} & theirs
    assert "Ever 6" not in str(teachers)


def test_a_page_leads_to_names_and_nobody_is_a_calm_page(oakfield):
    client = oakfield.cast.client("hana")
    page = client.get(PAGE, {"pupils": "year-4"}).content.decode()

    links = re.findall(rf'<a href="({NAMES}[^"]+)">(\d+)<span', page)

    assert "School year" not in words(page)
    assert links
    for link, figure in links:
        assert f": {figure} pupil" in words(client.get(link.replace("&amp;", "&")).content.decode()), link
    calm = words(client.get(PAGE, {"as_at": "1950-01-01"}).content.decode())
    assert "Nobody was on roll in the school on 1 January 1950." in calm


def test_who_may_not_read_needs_is_turned_away(oakfield):
    assert oakfield.cast.client("olu").get(PAGE).status_code == 403
    assert oakfield.cast.client("tom").get(PAGE, {"pupils": f"class-{oakfield.a4}"}).status_code == 404
    assert "Amara" not in words(oakfield.cast.client("theo").get(PAGE).content.decode())
