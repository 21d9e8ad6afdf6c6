"""The breakdown: groups add up to the whole, points come from counts, and each number leads to its names."""

import re
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.foundation.tenancy.windows import writing
from itrack.reports.rules.groups import Division, Part, breakdown, points_from
from itrack.reports.rules.tally import SubjectTally
from tests.cast import a_pupil
from tests.reports.school import IN_SEPTEMBER, Oakfield, a_class, mark
from tests.reports.test_attainment_page import NAMES, PAGE, shown, subject_id, words


def tally_of(secure: int, counted: int, first: int = 0) -> SubjectTally:
    pupils = list(range(first, first + counted))
    bands = {"below": pupils[secure:], "towards": [], "expected": pupils[:secure], "greater": []}
    return SubjectTally(1, "Writing", {band: frozenset(who) for band, who in bands.items()}, {})


@given(st.data())
def test_points_are_the_difference_of_exact_shares_rounded_once(data):
    counted, every = data.draw(st.integers(1, 60)), data.draw(st.integers(1, 400))
    secure, whole = data.draw(st.integers(0, counted)), data.draw(st.integers(0, every))

    points = points_from(tally_of(secure, counted), tally_of(whole, every))

    exact = 100 * (Fraction(secure, counted) - Fraction(whole, every))
    assert points is not None
    assert abs(points - exact) <= Fraction(1, 2)
    assert abs(points) >= abs(exact) or abs(points - exact) < Fraction(1, 2), "halves go away from nought"


def test_points_may_differ_from_the_difference_of_rounded_shares():
    assert points_from(tally_of(5, 11), tally_of(33, 58)) == -11  # 45 and 57 per cent, yet 11.4 points apart


@given(st.lists(st.integers(0, 3), min_size=1, max_size=40))
def test_the_groups_of_a_division_add_up_to_the_whole(where):
    whole = tally_of(len(where) // 2, len(where))
    parts = [Part(str(n), str(n), frozenset(i for i, at in enumerate(where) if at == n)) for n in range(4)]

    found = breakdown(whole, [Division("any", "Any", parts)])

    assert sum(len(group.tally.counted) for group in found) == len(whole.counted)
    assert sum(len(group.tally.secure) for group in found) == len(whole.secure)
    assert all(group.tally.population for group in found)


@pytest.fixture
def mixed(oakfield: Oakfield) -> Oakfield:
    """4C: Bilal has a plan, free meals long ago and Polish; nothing is recorded of Noor's sex and language."""
    with writing(oakfield.cast.oakfield):
        deed = oakfield.cast.deed("hana")
        bilal = a_pupil(deed, "Damson", "Bilal", sex="M", first_language="POL", dob=date(2017, 10, 3))
        noor = a_pupil(deed, "Elderberry", "Noor", sex="", dob=date(2018, 2, 3))
        told = [
            (bilal, "sen", "2025-09-01", "E", date(2025, 9, 1), None),
            (bilal, "fsm", "2023-01-01|ENG", "ENG", date(2023, 1, 1), date(2023, 7, 1)),
            (oakfield.amara, "fsm", "2019-01-01|ENG", "ENG", date(2019, 1, 1), date(2020, 7, 1)),
        ]
        _circumstances(deed, told)
        a_class(oakfield.cast, "4C", [bilal, noor])
        mark(oakfield.cast.hana, "Writing", {bilal: "W", noor: "E"})
    return oakfield


def _circumstances(deed, told) -> None:
    from itrack.pupils.models import Circumstance

    for pupil, kind, key, code, starts, ends in told:
        Circumstance.objects.create(
            school_id=deed.school, added_by_id=deed.change_set, added_at=deed.at, pupil_id=pupil, kind=kind, key=key,
            code=code, starts=starts, ends=ends,
        )  # fmt: skip


def of_group(oakfield: Oakfield, group: str, part: str) -> dict[str, object]:
    """The address of one figure of a group in writing."""
    writing_id = subject_id(oakfield, "Writing")
    return {"subject": writing_id, "cell": f"{writing_id}.{group}.{part}"}


def test_the_page_breaks_the_chosen_subject_down(mixed):
    said = words(shown(mixed, "hana", pupils="year-4", subject=subject_id(mixed, "Writing")))
    said = said.partition("group by group")[2].replace("see names", "")

    assert "Groups are as recorded for 2 November 2026." in said
    assert re.search(r"Not stated under 5 1 pupil [^%]* 1 pupil [^%]* 100% \+20 ", said), said
    assert re.search(r"Disadvantaged under 5 0 1 pupil [^%]* 0% −80 0", said), said
    assert "EHC plan or statement under 5 0 1 pupil" in said
    assert "EAL under 5 0 1 pupil" in said
    assert "Autumn under 5 0 1 pupil" in said
    assert "4C under 5 1 pupil" in said


def test_every_number_of_a_group_leads_to_its_names(mixed):
    page = shown(mixed, "hana", pupils="year-4", subject=subject_id(mixed, "Writing")).partition("group by group")[2]
    links = re.findall(rf'<a href="({NAMES}[^"]+)">(\d+)<span', page)

    assert len(links) > 15
    client = mixed.cast.client("hana")
    for link, figure in links:
        names = client.get(link.replace("&amp;", "&")).content.decode()
        assert f": {figure} pupil" in words(names), link
        assert len(re.findall(r'<th scope="row">', names)) == int(figure)


def test_the_names_of_a_group_who_are_out_come_with_the_reason(mixed):
    said = {**of_group(mixed, "sen-unknown", "out"), "pupils": "year-4"}

    names = words(shown(mixed, "hana", NAMES, **said))

    assert "SEN: None recorded, not counted in writing: 2 pupils" in names
    assert "Idris Fennelwood 4B Not counted: Joined on 18 November 2026, after the point opened" in names
    assert "Maud Ashplant 4A Not counted: No mark yet" in names


@pytest.mark.parametrize("among", ["sex-x", "nonsense", "sex", "-", "\x00", "<b>", "9" * 400, "sen"])
def test_a_group_there_is_not_is_not_found(mixed, among):
    assert mixed.cast.client("hana").get(NAMES, of_group(mixed, among, "counted")).status_code == 404


def test_another_schools_class_is_no_group_here(mixed):
    with writing(mixed.cast.thornhill):
        group = a_class(mixed.cast, "4T", [a_pupil(mixed.cast.deed("theo"), "Thistle", "Theo")], head="theo")

    said = of_group(mixed, f"class-{group}", "counted")

    assert mixed.cast.client("hana").get(NAMES, said).status_code == 404


def test_who_may_not_see_needs_gets_no_such_rows_and_no_such_names(mixed, monkeypatch):
    from itrack.foundation.viewer import Role, only

    monkeypatch.setattr("itrack.reports.queries.asked.READS_NEEDS", only(Role.SENCO))
    page = words(shown(mixed, "hana", PAGE, subject=subject_id(mixed, "Writing")))
    said = of_group(mixed, "sen-plan", "counted")

    assert "Term of birth" in page
    assert "SEN" not in page
    assert "Disadvantage" not in page
    assert mixed.cast.client("hana").get(NAMES, said).status_code == 404
    assert mixed.cast.client("sena").get(NAMES, said).status_code == 200


def test_care_is_a_group_for_leaders_and_none_for_a_teacher(mixed):
    with writing(mixed.cast.oakfield):
        _circumstances(mixed.cast.deed("olu"), [(mixed.amara, "care", "", "yes", None, None)])
    said = of_group(mixed, "care-yes", "counted")

    assert "Looked after" in words(shown(mixed, "sena", PAGE, subject=said["subject"]))
    assert mixed.cast.client("sena").get(NAMES, said).status_code == 200
    theirs = words(shown(mixed, "tom", PAGE, subject=said["subject"]))
    assert "Disadvantaged under 5 1 pupil" in theirs
    assert "Looked after" not in theirs.replace("or looked after", "")
    assert mixed.cast.client("tom").get(NAMES, said).status_code == 404


def test_whom_the_school_calls_not_known_is_in_neither_group_and_that_is_said(mixed):
    from itrack.pupils.api import set_flags
    from itrack.pupils.rules_overrides import Wish

    with writing(mixed.cast.oakfield):
        told = {"year": 2026, "may": {"disadvantaged"}, "by": mixed.cast.hana.member, "at": IN_SEPTEMBER}
        wishes = [Wish(mixed.amara, "disadvantaged", "unknown", "")]
        set_flags(school=mixed.cast.oakfield, wishes=wishes, **told)

    said = words(shown(mixed, "hana", pupils="year-4", subject=subject_id(mixed, "Writing"))).replace("see names", "")

    assert re.search(r"No, or none recorded under 5 3 pupils [^%]* 3 pupils", said)
    assert re.search(r"Disadvantage: No, or none recorded, not counted [^%]* Not known under 5 1 pupil", said)
    assert "Who is not known is in a line of their own" in said
