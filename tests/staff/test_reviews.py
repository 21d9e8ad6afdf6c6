"""The termly review: asked for by the school's own terms, reminded of, signed once, and kept as it was signed."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError, connection, transaction

from itrack.accounts.models import Membership, Person
from itrack.foundation.models import AuditEntry
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role
from itrack.staff.actions.posting import post_reminder
from itrack.staff.api import KEEP, remind, reviews, sign_review, signed_reviews
from itrack.staff.models import SentReminder, StaffReview
from itrack.staff.queries.people import people
from itrack.staff.rules.reviews import seen_now
from itrack.staff.tasks import remind_of_reviews
from tests.cast import NOW, STAFF, Cast, build_cast
from tests.staff.people import PAGE, REVIEW, a_class, form, of, read, role_of, sent, signed_in, teacher_of, words

SEPTEMBER = date(2026, 9, 1)


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@contextmanager
def on(day: date) -> Iterator[None]:
    with time_machine.travel(at(day), tick=False):
        yield


@pytest.fixture
def school(cast: Cast) -> Cast:
    """Oakfield since 1 September 2026, everybody in use, so that nobody needs a decision by hand."""
    for who in cast.people:
        signed_in(cast, who, NOW)
    with writing(cast.oakfield):
        Membership.objects.update(joined_at=at(SEPTEMBER))
    a_class(cast, "4B", "tom")
    return cast


def decide(cast: Cast, name: str) -> str:
    return f"decide-{cast.people[name].member}"


def signed(cast: Cast) -> list[StaffReview]:
    with writing(cast.oakfield):
        return list(StaffReview.objects.filter(school_id=cast.oakfield).order_by("pk"))


def states(cast: Cast, day: date) -> list[str]:
    with writing(cast.oakfield):
        return [row.asked.state.value for row in reversed(reviews(school=cast.oakfield, day=day))]


def test_everybody_is_kept_unless_said_otherwise_and_one_signature_ends_it(school: Cast) -> None:
    ada = school.client("ada")
    assert f"{len(STAFF)} people to decide about." in read(ada, REVIEW)

    said = sent(ada, f"{REVIEW}/sign", form(ada))

    assert "Autumn term 2026/27 was signed by Ada Admin on 23 November 2026" in said
    [row] = signed(school)
    assert (row.year, row.number, row.due_on) == (2026, 1, date(2026, 12, 18))
    assert row.counts == {"people": len(STAFF), "kept": len(STAFF), "changed": 0, "removed": 0}
    assert {line["member"] for line in row.lines} == {
        who.member for who in school.people.values() if who.school == school.oakfield
    }
    with writing(school.oakfield):
        assert AuditEntry.objects.get(verb="review.signed").counts == row.counts


def test_the_signature_carries_out_what_was_decided(school: Cast) -> None:
    ada, tom = school.client("ada"), school.client("tom")
    group = a_class(school, "5C", "sena")

    told = {decide(school, "tom"): "remove", decide(school, "sena"): "office"}
    sent(ada, f"{REVIEW}/sign", form(ada, **told))

    [row] = signed(school)
    assert row.counts == {"people": len(STAFF), "kept": len(STAFF) - 2, "changed": 1, "removed": 1}
    assert tom.get("/pupils/").status_code == 302
    assert role_of(school, "sena") is Role.OFFICE
    assert teacher_of(school, group) is None
    page = read(ada, f"{REVIEW}/{row.pk}")
    assert "Tom Teacher Teacher 23 November 2026 Active Removed" in page
    assert "Became office" in page
    assert "The seal fits" in page


def test_who_is_worth_a_look_needs_a_decision_by_hand(school: Cast) -> None:
    signed_in(school, "olu", NOW - timedelta(days=80))
    ada = school.client("ada")
    fields = form(ada)
    assert fields[decide(school, "olu")] == ""

    said = sent(ada, f"{REVIEW}/sign", fields, status=422)

    assert "Decide about Olu Office." in said
    assert signed(school) == []
    sent(ada, f"{REVIEW}/sign", fields | {decide(school, "olu"): KEEP})
    [line] = [line for line in signed(school)[0].lines if line["member"] == school.olu.member]
    assert (line["look_again"], line["decision"]) == (["Not signed in for 80 days"], KEEP)


@pytest.mark.parametrize("decision", ["", "owner", "teacher\n", "x" * 5000, "None"])
def test_a_decision_that_means_nothing_signs_nothing(school: Cast, decision: str) -> None:
    ada = school.client("ada")

    said = sent(ada, f"{REVIEW}/sign", form(ada, **{decide(school, "olu"): decision}), status=422)

    assert "Decide about Olu Office." in said
    assert signed(school) == []


def test_a_list_that_is_no_longer_so_is_not_signed(school: Cast) -> None:
    ada = school.client("ada")
    opened = form(ada)
    sent(ada, f"{of(school, 'tom')}/remove")

    said = sent(ada, f"{REVIEW}/sign", opened, status=409)

    assert "Somebody has joined, changed role or left since you opened the review." in said
    assert signed(school) == []


def test_the_signer_cannot_decide_against_themselves_and_then_nothing_at_all_is_done(school: Cast) -> None:
    ada = school.client("ada")

    told = {decide(school, "tom"): "remove", decide(school, "ada"): "remove"}
    said = sent(ada, f"{REVIEW}/sign", form(ada, **told), status=409)

    assert "last administrator" in said
    assert school.client("tom").get("/").status_code == 200
    assert signed(school) == []


def test_a_term_is_signed_once(school: Cast) -> None:
    ada = school.client("ada")
    opened = form(ada)
    sent(ada, f"{REVIEW}/sign", opened)

    assert "signed already" in sent(ada, f"{REVIEW}/sign", opened, status=409)
    assert len(signed(school)) == 1


def test_only_an_administrator_signs_and_the_head_reads(school: Cast) -> None:
    hana = school.client("hana")
    said = read(hana, REVIEW)

    assert "An administrator signs." in said
    assert "Decision" not in said
    assert hana.post(f"{REVIEW}/sign", {}).status_code == 403
    assert school.client("tom").get(REVIEW).status_code == 403


def test_what_was_signed_cannot_be_changed_by_the_program(school: Cast) -> None:
    ada = school.client("ada")
    sent(ada, f"{REVIEW}/sign", form(ada))

    for attempt in (
        lambda: StaffReview.objects.update(counts={"people": 1}),
        lambda: StaffReview.objects.all()._raw_delete("default"),
    ):
        with writing(school.oakfield), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            attempt()


def test_a_seal_that_no_longer_fits_is_said(school: Cast) -> None:
    ada = school.client("ada")
    with writing(school.oakfield):
        row = StaffReview.objects.create(
            school_id=school.oakfield, year=2026, number=1, due_on=NOW, signed_at=NOW, signed_by_id=school.ada.member,
            counts={"people": 2}, lines=[], seal="0" * 64,
        )  # fmt: skip

    assert "The seal does not fit." in read(ada, f"{REVIEW}/{row.pk}")


def test_another_schools_review_is_not_there(school: Cast) -> None:
    with writing(school.thornhill):
        row = StaffReview.objects.create(
            school_id=school.thornhill, year=2026, number=1, due_on=NOW, signed_at=NOW,
            signed_by_id=school.theo.member, counts={}, lines=[], seal="",
        )  # fmt: skip

    assert school.client("ada").get(f"{REVIEW}/{row.pk}").status_code == 404


def home(cast: Cast, who: str) -> str:
    return words(cast.client(who).get("/"))


def test_home_asks_the_administrator_four_weeks_before_and_the_head_once_it_is_late(school: Cast) -> None:
    asked = "Review who has an account"
    with on(date(2026, 11, 19)):
        assert asked not in home(school, "ada")
    with on(date(2026, 11, 20)):
        assert f"{asked} Autumn term 2026/27; an administrator signs By Fri 18 Dec" in home(school, "ada")
        assert asked not in home(school, "hana")
    with on(date(2026, 12, 19)):
        for who in ("ada", "hana"):
            assert "Overdue since Fri 18 Dec" in home(school, who)
            assert "This term’s review of accounts is overdue." in read(school.client(who), PAGE)
        assert asked not in home(school, "tom")


def a_year(cast: Cast, first: date = SEPTEMBER) -> list[tuple[date, str]]:
    """Every morning's round of a school year: the days on which a reminder went on record, and which."""
    told = []
    for number in range(365):
        day = first + timedelta(days=number)
        with writing(cast.oakfield):
            made = remind(school=cast.oakfield, at=at(day, 6))
        if made:
            told.append((day, made.kind))
    return told


def test_over_a_school_year_nobody_signs_and_three_reviews_are_asked_reminded_and_missed(school: Cast) -> None:
    assert a_year(school) == [
        (date(2026, 12, 4), "two weeks before"),
        (date(2026, 12, 15), "three days before"),
        (date(2026, 12, 19), "overdue"),
        (date(2027, 3, 12), "two weeks before"),
        (date(2027, 3, 23), "three days before"),
        (date(2027, 3, 27), "overdue"),
        (date(2027, 7, 8), "two weeks before"),
        (date(2027, 7, 19), "three days before"),
        (date(2027, 7, 23), "overdue"),
    ]
    assert states(school, date(2026, 12, 18)) == ["due"]
    assert states(school, date(2026, 12, 19)) == ["overdue"]
    assert states(school, date(2027, 3, 1)) == ["missed", "due"]
    assert states(school, date(2027, 8, 31)) == ["missed", "missed", "overdue"]
    assert states(school, date(2027, 9, 1)) == ["missed", "missed", "missed", "due"]


def test_over_a_school_year_each_term_is_signed_and_nobody_is_reminded_after(school: Cast) -> None:
    days = {date(2026, 12, 5): 1, date(2027, 2, 1): 2, date(2027, 7, 30): 3}
    reminded = []
    for number in range(365):
        day = SEPTEMBER + timedelta(days=number)
        with writing(school.oakfield):
            made = remind(school=school.oakfield, at=at(day, 6))
            if made:
                reminded.append((day, made.kind))
            if day in days:
                sign_everybody(school, at(day))

    assert [(row.number, row.signed_at.date()) for row in signed(school)] == [(n, day) for day, n in days.items()]
    assert reminded == [
        (date(2026, 12, 4), "two weeks before"),
        (date(2027, 7, 8), "two weeks before"),
        (date(2027, 7, 19), "three days before"),
        (date(2027, 7, 23), "overdue"),
    ]
    with writing(school.oakfield):
        late = [row.days_late for row in signed_reviews(school=school.oakfield)]
    assert late == [8, 0, 0]
    assert states(school, date(2027, 8, 31)) == ["signed", "signed", "signed"]


def sign_everybody(cast: Cast, moment: datetime) -> int:
    """Keeps everybody and signs. The school's window must be open."""
    here = [one for one in people(school=cast.oakfield, accounts={}, today=moment.date()) if one.here]
    seen = seen_now((one.member, one.place.role, one.state) for one in here)
    kept = {one.member: KEEP for one in here}
    return sign_review(school=cast.oakfield, seen=seen, decisions=kept, by=cast.ada.member, at=moment)


def test_the_school_s_own_terms_decide(school: Cast) -> None:
    with writing(school.oakfield), connection.cursor() as cursor:
        cursor.execute("update schools_assessmentpoint set closes_on = '2026-12-11' where slot = 2 and year = 2026")

    assert a_year(school)[:3] == [
        (date(2026, 11, 27), "two weeks before"),
        (date(2026, 12, 8), "three days before"),
        (date(2026, 12, 12), "overdue"),
    ]


def test_a_school_that_came_in_february_is_not_asked_about_autumn(school: Cast) -> None:
    with writing(school.oakfield):
        Membership.objects.update(joined_at=at(date(2027, 2, 1)))

    assert states(school, date(2027, 3, 30)) == ["overdue"]


def test_a_school_without_a_year_set_up_is_asked_by_the_usual_dates(school: Cast) -> None:
    with writing(school.oakfield), connection.cursor() as cursor:
        cursor.execute("delete from schools_assessmentpoint where school_id = %s", [school.oakfield])

    assert a_year(school)[0] == (date(2026, 12, 4), "two weeks before")


def test_the_morning_round_writes_to_administrators_once_and_to_the_head_where_there_is_none(school: Cast) -> None:
    with on(date(2026, 12, 5)):
        remind_of_reviews(timestamp=0)
        remind_of_reviews(timestamp=0)

    with connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where task_name = 'staff.post_reminder' order by id")
        told = [json.loads(row[0]) for row in cursor.fetchall()]
    assert sorted(told, key=str) == sorted(
        [
            {"school": school.oakfield, "member": school.ada.member},
            {"school": school.thornhill, "member": school.theo.member},
        ],
        key=str,
    )
    with writing(school.oakfield):
        assert SentReminder.objects.filter(school_id=school.oakfield).count() == 1


def test_the_letter_says_what_is_due_and_names_nobody_else(school: Cast) -> None:
    Person.objects.filter(pk=school.ada.person).update(email="ada@oakfield.example")

    post_reminder(school=school.oakfield, member=school.ada.member, at=at(date(2026, 12, 5)))

    [letter] = mail.outbox
    assert letter.to == ["ada@oakfield.example"]
    assert "autumn term 2026/27 is due by 18 December 2026" in letter.body
    assert f"{PAGE}/review" in letter.body
    assert not re.search("Tom|Hana|Olu|Gus", letter.body)


@pytest.mark.parametrize("hindered", ["signed", "left", "no address", "too early"])
def test_a_letter_that_is_no_longer_right_is_not_sent(school: Cast, hindered: str) -> None:
    Person.objects.filter(pk=school.hana.person).update(email="" if hindered == "no address" else "h@oakfield.example")
    moment = at(date(2026, 11, 1) if hindered == "too early" else date(2026, 12, 5))
    with writing(school.oakfield):
        if hindered == "signed":
            sign_everybody(school, moment)
        if hindered == "left":
            Membership.objects.filter(pk=school.hana.member).update(ended_on=moment.date())

    post_reminder(school=school.oakfield, member=school.hana.member, at=moment)

    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_two_administrators_sign_at_the_same_moment_and_one_review_is_signed() -> None:
    cast = build_cast()

    def sign(ready: Barrier) -> str:
        ready.wait()
        try:
            with writing(cast.oakfield):
                sign_everybody(cast, NOW)
        except Refused as refusal:
            return refusal.sentence
        finally:
            connection.close()
        return "signed"

    with ThreadPoolExecutor(2) as both:
        ready = Barrier(2)
        told = sorted(one.result(timeout=30) for one in [both.submit(sign, ready), both.submit(sign, ready)])

    assert told == ["This term’s review is signed already. Nothing was changed.", "signed"]
    assert len(signed(cast)) == 1
