"""The trust's dashboard: the schools it was given, nothing that a school itself holds back, and nobody else's."""

import json
import re

import pytest
import time_machine
from django.urls import reverse

from itrack.accounts.api import end_place
from itrack.accounts.models import Membership
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.foundation.viewer import Role
from itrack.reports import tasks
from itrack.reports.actions import ADD_UP, settle_small_numbers
from itrack.reports.models import RollUp
from itrack.schools.models import AssessmentPoint
from tests.cast import NOW, TODAY, join
from tests.reports.test_attainment_page import words
from tests.reports.trust import BANDS, MARKS, OakAndThorn

PAGE = "/reports/trust"


@pytest.fixture
def trust(cast):
    with time_machine.travel(NOW, tick=False):
        yield OakAndThorn(cast)


def waiting(school: int) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from procrastinate_jobs where task_name = %s and status = 'todo' "
            "and (args->>'school')::int = %s",
            [ADD_UP, school],
        )
        return cursor.fetchone()[0]


def test_each_school_given_stands_in_a_row_and_all_pupils_together(trust):
    trust.gives(trust.cast.thornhill, trust.ferndale)
    trust.adds_up()

    rows = trust.rows(subject="Reading")

    assert list(rows)[:3] == ["Ferndale Primary School", "Oakfield Primary School", "Thornhill Primary School"]
    told = MARKS["Oakfield Primary School"]
    for code, band in BANDS.items():
        assert rows["Oakfield Primary School"][band]["n"] == told[code]
    assert rows["Oakfield Primary School"]["Expected or above"] == {"n": 26, "of": 44, "percent": 59}
    secure = sum(MARKS[name][code] for name in list(rows)[:3] for code in "EG")
    counted = sum(sum(MARKS[name].values()) for name in list(rows)[:3])
    assert rows["All 3 schools"]["Expected or above"]["n"] == secure
    assert rows["All 3 schools"]["Expected or above"]["of"] == counted, "pupils are pooled, schools are not averaged"


def test_a_row_is_what_the_school_itself_shows_without_names(trust):
    trust.gives(trust.cast.thornhill, trust.ferndale)
    trust.adds_up()

    for subject in ("Reading", "Writing"):
        rows = trust.rows(subject=subject)
        for school in (trust.cast.oakfield, trust.cast.thornhill, trust.ferndale):
            theirs = trust.own_view(school, subject)
            ours = rows[trust.names[school]]
            assert {head: ours[head] for head in theirs if head != "Subject"} | {"Subject": subject} == theirs


def test_two_below_at_one_school_are_told_neither_there_nor_of_all(trust):
    trust.gives(trust.cast.thornhill, trust.ferndale)
    trust.adds_up()

    rows = trust.rows(subject="Reading")

    assert rows["Thornhill Primary School"]["Below"] == {"hidden": True}
    assert rows["All 3 schools"]["Below"] == {"hidden": True}
    apart = rows["2 schools with nothing held back"]
    assert apart["Below"]["n"] == MARKS["Oakfield Primary School"]["B"] + MARKS["Ferndale Primary School"]["B"]


def test_somebody_given_one_school_sees_that_one(trust):
    trust.adds_up()

    rows = trust.rows(subject="Reading")

    assert list(rows) == ["Oakfield Primary School", "All 1 school"]


def test_a_school_of_another_trust_is_not_there_though_the_same_person_reads_for_it(trust):
    trust.gives(trust.cast.thornhill, trust.marlowe)
    trust.adds_up(trust.cast.oakfield, trust.cast.thornhill, trust.marlowe)

    said = json.dumps(trust.dashboard(subject="Reading"))

    assert "Thornhill" in said
    assert "Marlowe" not in said


def test_a_place_of_another_role_opens_no_school_of_the_trust(trust):
    trust.gives(trust.cast.thornhill, role=Role.GOVERNOR)
    trust.adds_up()

    assert list(trust.rows(subject="Reading")) == ["Oakfield Primary School", "All 1 school"]


def test_the_other_trusts_reader_sees_their_own_school_alone(trust):
    trust.cast.people["mara"] = join(trust.marlowe, "mara", "Mara Trust", "Trust officer", Role.TRUST)
    trust.adds_up(trust.cast.oakfield, trust.marlowe)

    assert list(trust.rows("mara", subject="Reading")) == ["Marlowe Primary School", "All 1 school"]


@pytest.mark.parametrize("who", ["hana", "gus", "tom", "ada", "olu", "sena", "asha"])
def test_nobody_else_reads_it(trust, who):
    client = trust.cast.client(who)

    assert client.get(PAGE).status_code == 403
    assert client.get(f"{PAGE}.csv").status_code == 403
    with pytest.raises(Refused):
        trust.dashboard(who)


def test_a_place_that_is_taken_away_is_gone_at_the_next_request(trust):
    trust.gives(trust.cast.thornhill)
    trust.adds_up()
    client = trust.cast.client("tara")
    before = client.get(PAGE, {"subject": "Reading"}).content.decode()
    with writing(trust.cast.thornhill):
        member = Membership.objects.get(school_id=trust.cast.thornhill, person_id=trust.cast.tara.person).pk
        end_place(school=trust.cast.thornhill, member=member, on=TODAY, by=None, at=NOW)

    after = trust.cast.client("tara").get(PAGE, {"subject": "Reading"}).content.decode()

    assert "Thornhill" in words(before)
    assert "Thornhill" not in words(after)


def test_the_window_of_the_page_shows_no_row_of_a_school_not_given(trust):
    trust.gives(trust.cast.thornhill)
    trust.adds_up(trust.cast.oakfield, trust.cast.thornhill, trust.ferndale, trust.marlowe)

    with reading(trust.cast.oakfield, trust.cast.thornhill):
        seen = set(RollUp.objects.values_list("school_id", flat=True))

    assert seen == {trust.cast.oakfield, trust.cast.thornhill}


def test_what_is_not_added_up_yet_is_asked_for_once_and_said(trust):
    trust.gives(trust.cast.thornhill)
    trust.adds_up(trust.cast.oakfield)
    client = trust.cast.client("tara")

    first, again = (words(client.get(PAGE, {"subject": "Reading"}).content.decode()) for _ in range(2))

    assert "Still being added up, in about a minute: Thornhill Primary School." in first
    assert waiting(trust.cast.thornhill) == 1
    assert waiting(trust.cast.oakfield) == 0
    assert "1 of 2 schools" in again
    trust.adds_up(trust.cast.thornhill)
    assert "Still being added up" not in words(client.get(PAGE, {"subject": "Reading"}).content.decode())


def test_every_night_points_that_closed_are_added_up_where_a_trust_reads(trust):
    trust.gives(trust.cast.thornhill)

    tasks.add_up_all(0)

    with reading(trust.cast.oakfield, trust.cast.thornhill, trust.ferndale):
        found = set(RollUp.objects.values_list("school_id", "year", "slot"))
    assert {(trust.cast.oakfield, 2026, 1), (trust.cast.thornhill, 2026, 1)} <= found
    assert not [one for one in found if one[0] == trust.ferndale], "nobody of the trust reads Ferndale"
    assert not [one for one in found if one[1:] == (2026, 2)], "a point that is open is added up by nobody"


def test_another_rule_for_small_numbers_has_the_school_added_up_anew(trust):
    trust.adds_up()
    head = trust.cast.hana
    with writing(head.school):
        settle_small_numbers(school=head.school, by=head.member, at=NOW, upto=9)

    stale = trust.rows(subject="Reading")["Oakfield Primary School"]
    trust.adds_up(head.school)
    rows = trust.rows(subject="Reading")

    assert stale["note"] == "being added up"
    assert stale["Counted"] is None, "what was shown by the older rule is not shown any more"
    assert rows["Oakfield Primary School"]["Below"] == {"hidden": True}


def test_another_last_day_has_the_point_added_up_anew(trust):
    trust.adds_up()
    with writing(trust.cast.oakfield):
        point = AssessmentPoint.objects.filter(school_id=trust.cast.oakfield, year=2026, slot=1)
        point.update(closes_on=point.get().closes_on.replace(day=9))

    assert trust.rows(subject="Reading")["Oakfield Primary School"]["note"] == "being added up"
    trust.adds_up(trust.cast.oakfield)
    assert trust.rows(subject="Reading")["Oakfield Primary School"]["Counted"] == {"n": 0}, "the marks came on the 12th"


def test_what_was_held_back_beside_other_reports_than_todays_is_not_shown(trust):
    trust.adds_up()
    with writing(trust.cast.oakfield):
        RollUp.objects.filter(school_id=trust.cast.oakfield).update(beside="an older list")

    row = trust.rows(subject="Reading")["Oakfield Primary School"]

    assert row["note"] == "being added up"


def test_marks_given_after_the_point_closed_change_nothing(trust):
    trust.adds_up()
    before = trust.rows(subject="Reading")["Oakfield Primary School"]
    trust.fill(trust.cast.hana, {"B": 9}, subject="Writing")
    with writing(trust.cast.oakfield):
        RollUp.objects.all().delete()

    trust.adds_up()

    assert trust.rows(subject="Reading")["Oakfield Primary School"] == before


def test_a_school_whose_point_is_still_open_says_so(trust):
    trust.gives(trust.cast.thornhill)
    with writing(trust.cast.thornhill):
        AssessmentPoint.objects.filter(school_id=trust.cast.thornhill, year=2026, slot=1).update(closes_on=TODAY)
    trust.adds_up()

    rows = trust.rows(subject="Reading")

    assert rows["Thornhill Primary School"]["note"] == "ends on 23 November 2026"
    assert rows["Thornhill Primary School"]["Counted"] is None


def test_schools_are_put_in_the_order_asked_for(trust):
    trust.gives(trust.cast.thornhill, trust.ferndale)
    trust.adds_up()

    by_share = list(trust.rows(subject="Reading", sort="share"))[:3]
    by_counted = list(trust.rows(subject="Reading", sort="counted"))[:3]

    assert [name.partition(" ")[0] for name in by_share] == ["Thornhill", "Oakfield", "Ferndale"]
    assert [name.partition(" ")[0] for name in by_counted] == ["Oakfield", "Ferndale", "Thornhill"]


@pytest.mark.parametrize("said", [{"subject": "Alchemy"}, {"sort": "luck"}, {"point": "2"}, {"year": "1999"}])
def test_a_filter_that_means_nothing_is_answered_with_a_sentence(trust, said):
    answer = trust.cast.client("tara").get(PAGE, said)

    assert answer.status_code == 400
    assert "There " in words(answer.content.decode())


def test_a_school_leads_to_its_own_overview_of_the_same_point(trust):
    trust.gives(trust.cast.thornhill)
    trust.adds_up()
    client = trust.cast.client("tara")
    html = client.get(PAGE, {"subject": "Reading", "point": "1"}).content.decode()
    onto = re.search(r'name="next" value="([^"]+)"', html)[1].replace("&amp;", "&")

    answer = client.post(f"/change-school/{trust.cast.thornhill}", {"next": onto})

    assert f'formaction="/change-school/{trust.cast.thornhill}"' in html
    assert (answer.status_code, answer["Location"]) == (303, onto)
    there = client.get(onto).content.decode()
    assert '<p class="school">Thornhill Primary School' in there
    assert "Attainment overview" in there
    assert client.get(PAGE).status_code == 200, "and back from there"


def test_going_over_leads_nowhere_but_to_a_page_of_ours(trust):
    trust.gives(trust.cast.thornhill)

    answer = trust.cast.client("tara").post(f"/change-school/{trust.cast.thornhill}", {"next": "//elsewhere.example/"})

    assert answer["Location"] == "/"


def test_files_hold_the_figures_of_the_page(trust):
    trust.gives(trust.cast.thornhill)
    trust.adds_up()
    client = trust.cast.client("tara")

    csv = client.get(f"{PAGE}.csv", {"subject": "Reading"}).content.decode()

    assert "Thornhill Primary School,held back" in csv.replace('"', "")
    assert ",26," in csv


def test_the_list_shows_it_to_the_trust_and_to_nobody_else(trust):
    for who, listed in (("tara", True), ("hana", False), ("gus", False)):
        html = trust.cast.client(who).get(reverse("reports")).content.decode()
        assert ("Trust dashboard" in words(html)) == listed


def test_the_number_of_queries_is_the_same_for_one_school_and_for_three(trust, django_assert_max_num_queries):
    trust.adds_up()
    with django_assert_max_num_queries(100) as one:
        trust.rows(subject="Reading")
    trust.gives(trust.cast.thornhill, trust.ferndale)
    with django_assert_max_num_queries(100) as three:
        trust.rows(subject="Reading")

    assert len(one) == len(three)
