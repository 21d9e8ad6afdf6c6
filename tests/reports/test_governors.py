"""What governors and the trust read: the same reports, without names, of points that have ended."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from itrack.foundation.models import AuditEntry
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.reports.api import report_data
from itrack.reports.models import SmallNumbers
from itrack.reports.queries.small_numbers import small_numbers
from tests.cast import NOW, Cast
from tests.paper import Paper
from tests.reports.generated import Generated
from tests.reports.school import Oakfield
from tests.reports.test_attainment_page import shown, words

PAGE, PACK, SETTING = "/reports/attainment", "/reports/governor-pack", "/reports/small-numbers"
ASKED = {"year": None, "point": None, "subject": None, "group": None, "as_at": None}


@pytest.fixture
def school(cast: Cast) -> Generated:
    with time_machine.travel(NOW, tick=False):
        yield Generated(cast, 5, 120)


def filters(page: str) -> set[str]:
    return set(
        re.findall(r'<(?:select|input)[^>]* name="(\w+)"', page.partition('class="filters"')[2].partition("</form>")[0])
    )


def test_the_sign_for_what_is_held_back_is_told_of_beside_each_table_that_has_it(school: Generated):
    page = shown(school, "gus", PAGE)

    sections = [part for part in page.split("<section") if 'class="register' in part]
    with_sign = ['<td class="n"><span class="held"' in part for part in sections]
    assert with_sign == ["stands for a figure that is held back" in part for part in sections]
    assert any(with_sign)


@pytest.mark.parametrize("who", ["gus", "tara"])
def test_a_governor_and_the_trust_read_figures_of_the_last_point_that_ended(school: Generated, who):
    page = shown(school, who, PAGE)

    assert "Attainment overview, Autumn 1" in words(page)
    assert "as it stood at the end of" in words(page)
    assert "Surname" not in page
    assert "names?" not in page
    assert filters(page) == {"year", "point", "subject"}
    assert 'value="2"' not in page.partition('name="point"')[2].partition("</select>")[0], "Autumn 2 is still open"


def test_nothing_but_point_and_subject_changes_what_a_governor_sees(school: Generated):
    client = school.cast.client("gus")
    plain = words(client.get(PAGE).content.decode())

    for said in ({"pupils": "year-4"}, {"as_at": "2026-10-13"}, {"pupils": "class-1"}, {"as_at": "nonsense"}):
        assert words(client.get(PAGE, said).content.decode()) == plain, said


def test_a_point_that_is_open_is_not_to_be_had(school: Generated):
    answer = school.cast.client("gus").get(PAGE, {"year": "2026", "point": "2"})

    assert answer.status_code == 400
    assert "There is no such assessment point in 2026/27. There are: Autumn 1." in words(answer.content.decode())


def test_a_point_is_there_from_the_day_after_it_ended(school: Generated):
    with reading(school.cast.oakfield):
        from itrack.schools.api import points

        ends = next(one.closes_on for one in points(school=school.cast.oakfield) if (one.year, one.slot) == (2026, 2))
    offered = {}
    for day in (ends, ends + timedelta(days=1)):
        with time_machine.travel(NOW.replace(year=day.year, month=day.month, day=day.day), tick=False):
            choices = shown(school, "gus", PAGE).partition('name="point"')[2].partition("</select>")[0]
            offered[day] = 'value="2"' in choices

    assert offered == {ends: False, ends + timedelta(days=1): True}


def test_a_school_whose_first_point_is_open_has_nothing_for_governors_yet(oakfield: Oakfield):
    with time_machine.travel(NOW.replace(year=2024, month=9, day=20), tick=False):
        answers = [oakfield.cast.client("gus").get(path) for path in (PAGE, PACK)]

    for answer in answers:
        assert answer.status_code == 200
        assert "No figures yet" in words(answer.content.decode())


def test_a_point_without_marks_is_a_calm_page(oakfield: Oakfield):
    said = words(shown(oakfield, "gus", PAGE))

    assert "No mark that counts was in when Autumn 1 ended." in said
    assert "Acorn" not in said
    assert "No mark that counts was in when Autumn 1 ended." in words(shown(oakfield, "gus", PACK))


@pytest.mark.parametrize("path", [f"{PAGE}/names", f"{PAGE}/names.csv", f"{PAGE}/names.xlsx"])
def test_names_are_closed_to_whoever_reads_without_them(school: Generated, path):
    for who in ("gus", "tara"):
        assert school.cast.client(who).get(path, {"cell": "counted"}).status_code == 403


def test_the_data_hold_no_names_and_say_that_something_is_held_back(school: Generated):
    with reading(school.cast.oakfield):
        told = report_data("attainment", viewer=school.cast.gus, now=NOW, **ASKED)

    assert told["held_back"]["up_to"] == 5
    assert told["held_back"]["figures"] > 0
    assert {"hidden": True} in [cell for table in told["tables"] for row in table["rows"] for cell in row.values()]
    assert not told.keys() & {"in_view", "counted", "out"}
    assert all(
        "names" not in column and column != "Not counted"
        for table in told["tables"]
        for row in table["rows"]
        for column in row
    )


def test_the_pack_is_the_same_for_a_head_as_for_a_governor(school: Generated):
    head, governor = (words(shown(school, who, PACK)) for who in ("hana", "gus"))

    assert "This is exactly what governors see." in head
    start = "Pupils are not named here."
    assert head.partition(start)[2] == governor.partition(start)[2] != ""
    assert "Attainment overview" in governor


def parts_of(school: Generated, who: str) -> list[str]:
    with reading(school.cast.oakfield):
        told = report_data("governor-pack", viewer=school.cast.people[who], now=NOW, **ASKED)
    return [part["title"] for part in told["parts"]]


def test_the_pack_holds_all_that_governors_read_and_for_a_trust_no_statutory_figures(school: Generated):
    for_all = ["Attainment overview", "Group comparison", "Reading, writing and maths combined", "Who is in the school"]

    assert parts_of(school, "gus") == ["Headlines", *for_all[:3], "Statutory outcomes", *for_all[3:]]
    assert parts_of(school, "tara") == for_all


@pytest.mark.parametrize("report", ["headlines", "groups", "rwm", "context"])
def test_without_names_a_report_leads_nowhere_and_its_figures_are_counts_or_dots(school: Generated, report):
    page = shown(school, "gus", f"/reports/{report}")

    assert "names?" not in page
    assert "Surname" not in page
    assert "held back" in page
    assert "under 5" not in words(page)
    assert filters(page) <= {"year", "point", "subject"}


def test_a_governor_is_told_of_no_three_together_by_group_and_of_no_meals(school: Generated):
    client = school.cast.client("gus")

    assert client.get("/reports/groups", {"subject": "0"}).status_code == 404
    assert "Reading, writing and maths<" not in shown(school, "gus", "/reports/groups")
    assert "Free school meals now" not in words(shown(school, "gus", "/reports/context"))
    assert "Free school meals now" in words(shown(school, "hana", "/reports/context"))


def test_statutory_figures_are_held_back_by_the_schools_own_number(school: Generated):
    school.cast.client("hana").post(f"{SETTING}/settle", {"upto": "7"})

    page = words(shown(school, "gus", "/reports/statutory-outcomes"))

    assert "A figure that speaks of 7 pupils or fewer" in page


def test_the_pack_is_open_to_governors_trust_and_leaders_alone(school: Generated):
    status = {
        who: school.cast.client(who).get(PACK).status_code
        for who in ("gus", "tara", "hana", "ada", "tom", "olu", "asha")
    }

    assert status == {"gus": 200, "tara": 200, "hana": 200, "ada": 200, "tom": 403, "olu": 403, "asha": 403}


def test_the_pack_as_data_has_a_part_for_each_report_and_refuses_what_it_cannot_be_asked(school: Generated):
    with reading(school.cast.oakfield):
        told = report_data("governor-pack", viewer=school.cast.hana, now=NOW, **ASKED)
        for said in ({"group": "Year 4"}, {"as_at": "2026-10-01"}, {"names": True}):
            with pytest.raises(Refused):
                report_data("governor-pack", viewer=school.cast.hana, now=NOW, **{**ASKED, **said})

    assert "Attainment overview" in [part["title"] for part in told["parts"]]
    assert told["point"] == "Autumn 1"
    assert date.fromisoformat(told["as_at"]) < NOW.date()


def test_the_other_schools_marks_are_in_no_pack(school: Generated):
    assert "Surname" not in shown(school, "theo", PACK)
    assert "No mark that counts was in" in words(shown(school, "theo", PACK))


def test_a_governor_starts_at_figures_and_not_at_a_promise_of_them(school: Generated):
    home = shown(school, "gus", "/")

    assert f'href="{PACK}"' in home
    assert 'href="/reports/"' in home


def test_leaders_settle_what_is_small_and_it_holds_at_once(school: Generated):
    before = words(shown(school, "gus", PAGE))
    client = school.cast.client("hana")

    answer = client.post(f"{SETTING}/settle", {"upto": "12"})

    assert answer.status_code == 303
    assert "Saved." in words(client.get(answer["Location"]).content.decode())
    after = words(shown(school, "gus", PAGE))
    assert "Figures of 1 to 12 pupils are held back" in after
    assert after.count("held back") > before.count("held back")
    with reading(school.cast.oakfield):
        assert AuditEntry.objects.get(verb="report.small_numbers_settled").by_id == school.cast.hana.member
    with reading(school.cast.thornhill):
        assert small_numbers(school=school.cast.thornhill) == 5


@pytest.mark.parametrize("text", ["", "0", "2", "21", "-5", "five", "5.5", "9" * 40])
def test_a_number_that_would_guard_nobody_is_not_taken(school: Generated, text):
    answer = school.cast.client("hana").post(f"{SETTING}/settle", {"upto": text})

    assert answer.status_code == 422
    assert "Write a whole number from 3 to 20." in words(answer.content.decode())
    with writing(school.cast.oakfield):
        assert not SmallNumbers.objects.exists()


def test_the_setting_is_for_leaders(school: Generated):
    for who in ("gus", "tara", "tom", "sena", "olu", "asha"):
        client = school.cast.client(who)
        assert client.get(SETTING).status_code == 403
        assert client.post(f"{SETTING}/settle", {"upto": "3"}).status_code == 403


def test_the_pack_is_one_file_in_which_nobody_is_named(school: Generated):
    gus, tom = (school.cast.client(who) for who in ("gus", "tom"))

    answer = gus.get(f"{PACK}.pdf")

    paper = Paper(answer.content)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].endswith('.pdf"')
    assert "Attainment overview" in paper.words
    assert "held back" in paper.words
    assert "Surname" not in paper.words
    assert tom.get(f"{PACK}.pdf").status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_school(cast: Cast):
    counted = []
    with time_machine.travel(NOW, tick=False):
        client = cast.client("gus")
        for seed, size in ((6, 20), (7, 90)):
            Generated(cast, seed, size)
            for path in (PAGE, PACK):
                with CaptureQueriesContext(connection) as caught:
                    assert client.get(path).status_code == 200
                counted.append(len(caught))

    assert counted[:2] == counted[2:]
    assert max(counted) <= 90
