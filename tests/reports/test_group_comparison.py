"""The group comparison: its gaps, its sentences, and who may ask what of it."""

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.pupils.rules_answers import NO, UNKNOWN
from itrack.pupils.rules_groups import JOINED
from itrack.reports.rules.compared import compared, crossed, group_findings
from itrack.reports.rules.groups import Division, Part, breakdown
from itrack.reports.rules.measure import AT_EXPECTED, AT_GREATER
from itrack.reports.rules.tally import NO_MARK, SubjectTally
from tests.reports.naive import fill
from tests.reports.school import Oakfield
from tests.reports.test_attainment_page import subject_id, words
from tests.reports.test_gap import KINDS

PAGE, NAMES = "/reports/groups", "/reports/groups/names"


def tally_of(*groups: tuple[str, str, int, int, int, int]) -> tuple[SubjectTally, list[Division]]:
    """Of groups, each (kind, code, greater depth, expected or above, counted, in view)."""
    bands: dict[str, set[int]] = {"below": set(), "towards": set(), "expected": set(), "greater": set()}
    out, parts, first = {}, {}, 0
    for kind, code, greater, secure, counted, everybody in groups:
        pupils = range(first, first + everybody)
        bands["greater"] |= set(pupils[:greater])
        bands["expected"] |= set(pupils[greater:secure])
        bands["below"] |= set(pupils[secure:counted])
        out |= dict.fromkeys(pupils[counted:], NO_MARK)
        title, called = (JOINED.title, JOINED.groups) if kind == JOINED.code else KINDS[kind]
        parts.setdefault(kind, (title, []))[1].append(Part(code, called[code], frozenset(pupils)))
        first += everybody
    whole = SubjectTally(1, "Writing", {band: frozenset(who) for band, who in bands.items()}, out)
    return whole, [Division(kind, title, some) for kind, (title, some) in parts.items()]


def said(*groups, measure=AT_EXPECTED) -> list[str]:
    whole, divisions = tally_of(*groups)
    found = group_findings(whole, breakdown(whole, divisions), measure, where="in Year 4")
    return [one.text for one in found]


GIRLS, BOYS = ("sex", "f", 5, 20, 30, 30), ("sex", "m", 2, 11, 28, 28)


def test_the_sentence_says_the_whole_the_gap_and_how_many_pupils_it_is():
    assert said(GIRLS, BOYS) == [
        "The widest gap is by sex. In Year 4, 31 of 58 pupils counted are at expected or above in writing (53%). "
        "Boys, 11 of 28 at expected or above (39%); Girls, 20 of 30 (67%). That is 27 points. "
        "Were the two shares the same, about 8 more of the 28 pupils of the lower group would be."
    ]


def test_the_sentence_of_greater_depth_speaks_of_greater_depth():
    [first] = said(("sex", "f", 12, 20, 30, 30), BOYS, measure=AT_GREATER)

    assert "14 of 58 pupils counted are at greater depth in writing (24%)" in first
    assert "Boys, 2 of 28 at greater depth (7%); Girls, 12 of 30 (40%). That is 33 points." in first
    assert "expected" not in first


def test_a_gap_is_told_from_the_group_the_table_measures_from():
    first, *_ = said(("sen", "support", 0, 8, 20, 20), ("sen", UNKNOWN, 0, 32, 40, 40), GIRLS, BOYS)

    assert first.startswith("The widest gap is by SEN.")
    assert "None recorded, 32 of 40 (80%). That is 40 points" in first


def test_where_a_wider_gap_does_not_bear_comparing_the_sentence_does_not_claim_the_widest():
    first, *_ = said(GIRLS, BOYS, ("sen", "plan", 0, 0, 3, 3), ("sen", "none", 0, 30, 40, 40))

    assert first.startswith("Of the gaps that can be compared, the widest gap is by sex.")


def test_disadvantage_is_told_even_where_another_gap_is_wider():
    apart = ("disadvantage", "yes", 0, 5, 10, 10), ("disadvantage", NO, 0, 26, 48, 48)

    _, second = said(GIRLS, BOYS, *apart)

    assert second == (
        "By disadvantage: Disadvantaged, 5 of 10 at expected or above (50%); No, or none recorded, 26 of 48 (54%). "
        "That is 4 points; one pupil of the smaller group is 10. That is not more than one pupil."
    )


def test_level_groups_are_called_the_same():
    _, second = said(GIRLS, BOYS, ("disadvantage", "yes", 0, 5, 10, 10), ("disadvantage", NO, 0, 20, 40, 40))

    assert second == "By disadvantage the shares are the same (50%)."


def test_groups_of_few_are_named_and_not_compared():
    *_, last = said(GIRLS, BOYS, ("sen", "plan", 0, 0, 3, 3), ("joined", "earlier", 0, 1, 2, 2))

    assert last == (
        "Of fewer than 5 pupils a share says little, so these are not compared: "
        "EHC plan or statement (SEN, 3) and Earlier (joined, 2)."
    ).replace("Earlier", JOINED.groups["earlier"])


@pytest.mark.parametrize(
    ("groups", "why"),
    [
        ([("sex", "f", 0, 5, 10, 10), ("sex", "m", 0, 4, 10, 10)], "No gap between two groups of a kind is wider"),
        ([("sex", "f", 0, 5, 10, 10)], "No two groups of a kind are compared"),
        ([GIRLS, ("sex", "m", 0, 0, 15, 20)], "No two groups of a kind are compared"),
    ],
    ids=["one pupil would close it", "one group", "not four in five counted"],
)
def test_where_nothing_is_found_the_reason_is_said(groups, why):
    first, second, *_ = said(*groups)

    assert "gap" not in first
    assert second.startswith(why)


def test_a_whole_group_is_called_all_of_it():
    [first] = said(("sex", "f", 0, 6, 6, 6), ("sex", "m", 0, 0, 6, 6))

    assert first.endswith("Were the two shares the same, all of the 6 pupils of the lower group would be.")


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=3, max_size=3))
def test_a_gap_is_the_difference_of_exact_shares_from_the_base(drawn):
    rows = [
        ("sen", code, 0, min(pair), max(pair), max(pair))
        for code, pair in zip(("support", "none", UNKNOWN), drawn, strict=True)
    ]
    whole, divisions = tally_of(*rows)

    lines = {line.group.part.code: line for line in compared(breakdown(whole, divisions), AT_EXPECTED)}

    none, unknown = (rows[place] for place in (1, 2))
    base = none if none[4] >= 5 or unknown[4] < 5 else unknown
    base = base if base[4] else next((row for row in (none, unknown) if row[4]), base)
    support = lines.get("support")
    if support and rows[0][4] and base[4]:
        assert support.gap == Fraction(rows[0][3], rows[0][4]) - Fraction(base[3], base[4])
    elif support:
        assert support.gap is None
    assert all(line.gap is None for line in lines.values() if line.is_base)


def test_crossing_keeps_every_pupil_once():
    _, (sex, sen) = tally_of(GIRLS, BOYS, ("sen", "support", 0, 0, 0, 0))
    halves = Division("sen", "SEN", [Part("a", "A", frozenset(range(20))), Part("b", "B", frozenset(range(20, 58)))])

    parts = [part for division in crossed(sex, halves) for part in division.parts]

    assert sum(len(part.members) for part in parts) == 58
    assert frozenset().union(*(part.members for part in parts)) == frozenset(range(58))
    assert sen.title == "SEN"


def shown(oakfield: Oakfield, who: str = "hana", **filters: object) -> str:
    answer = oakfield.cast.client(who).get(PAGE, filters)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_page_draws_the_groups_and_every_number_leads_to_its_names(oakfield):
    fill(oakfield, 4)
    page = shown(oakfield, pupils="all", subject="0")
    assert "together only pupils with a mark of a band in all three are counted" in words(page)
    assert 'class="chart dots' in page
    assert "Sex: Girls, " in page

    links = re.findall(rf'<a href="({NAMES}[^"]+)">(\d+)<span', page)

    assert len(links) > 40
    client = oakfield.cast.client("hana")
    for link, figure in links[::7]:
        names = client.get(link.replace("&amp;", "&")).content.decode()
        assert f": {figure} pupil" in words(names), link


def test_a_teacher_compares_within_their_class_alone(oakfield):
    ids = fill(oakfield, 4)

    page = words(shown(oakfield, "tom"))

    assert "Group comparison: 4B, Autumn 2" in page
    assert "Class by class" not in page
    assert "Looked after" not in page.replace("or looked after", "")
    client = oakfield.cast.client("tom")
    assert client.get(PAGE, {"pupils": f"class-{ids['4C']}"}).status_code == 404
    assert client.get(PAGE, {"pupils": "all"}).status_code == 400


@pytest.mark.parametrize("said", [{"measure": "best"}, {"crossed": "sex.sex"}, {"subject": "rwmx"}])
def test_a_filter_there_is_not_gets_a_sentence(oakfield, said):
    client = oakfield.cast.client("hana")

    assert client.get(PAGE, said).status_code == 400
    assert client.get(NAMES, {"cell": "x"}).status_code == 404


def test_without_the_three_subjects_they_are_not_offered_together(oakfield):
    from itrack.curriculum.models import Subject
    from itrack.foundation.tenancy.windows import writing

    assert ">Reading, writing and maths<" in shown(oakfield)
    with writing(oakfield.cast.oakfield):
        Subject.objects.filter(name="Maths").update(name="Sums")

    assert ">Reading, writing and maths<" not in shown(oakfield)
    assert oakfield.cast.client("hana").get(PAGE, {"subject": "0"}).status_code == 404
    assert subject_id(oakfield, "Sums")


def test_a_mark_changed_later_does_not_change_the_groups_as_they_stood(oakfield):
    from itrack.foundation.tenancy.windows import writing
    from tests.reports.school import mark

    said = {"subject": subject_id(oakfield, "Reading"), "as_at": "2026-11-22"}
    before = _figures(shown(oakfield, **said))
    with writing(oakfield.cast.oakfield):
        mark(oakfield.cast.hana, "Reading", {oakfield.toby: "G", oakfield.ada: "E"})

    assert _figures(shown(oakfield, **said)) == before
    assert _figures(shown(oakfield, subject=said["subject"])) != before


def _figures(page: str) -> list[str]:
    return re.findall(r"<td[^>]*>.*?</td>", re.sub(r"as_at=[\d-]+(&amp;)?", "", page))
