"""Manage Users: who has an account, and changing, removing and bringing them back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from itrack.accounts.api import settle_role
from itrack.accounts.models import Membership, Person, SecondFactor
from itrack.accounts.rules_sessions import Factor, Limits
from itrack.foundation.models import AuditEntry
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role
from tests.cast import NOW, STAFF, Cast
from tests.staff.people import (
    PAGE,
    a_class,
    last_move,
    of,
    read,
    role_of,
    sent,
    signed_in,
    teacher_of,
    typed,
)


def test_the_list_says_who_is_here_and_how_each_account_stands(cast: Cast) -> None:
    a_class(cast, "4B", "tom")
    SecondFactor.objects.create(person_id=cast.tom.person, kind=Factor.APP, added_at=NOW)

    said = read(cast.client("ada"), PAGE)

    for name, job_title, _ in STAFF.values():
        assert f"{name} {job_title}" in said
    assert "Tom Teacher Class teacher, 4B Teacher 4B never Has one Active" in said
    assert "Ada Admin School business manager Administrator none 23 November 2026 None Active" in said
    assert "Theo" not in said


def test_a_role_that_must_have_a_second_factor_is_told_apart(cast: Cast) -> None:
    with writing(cast.oakfield):
        limits = Limits(second_factor=True)
        settle_role(school=cast.oakfield, role=Role.TEACHER, limits=limits, by=cast.ada.member, at=NOW)

    said = read(cast.client("ada"), PAGE)

    assert "never Needs one Active" in said


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"words": "tEACher"}, ["Hana Head", "Tom Teacher"]),
        ({"words": "office man"}, ["Olu Office"]),
        ({"role": "governor"}, ["Gus Governor"]),
        ({"role": "head", "words": "hana"}, ["Hana Head"]),
        ({"words": "nobody of that name"}, []),
        ({"state": "left"}, []),
        ({"look": "1"}, ["Tom Teacher"]),
    ],
)
def test_the_list_is_narrowed_without_scripts(cast: Cast, query: dict[str, str], found: list[str]) -> None:
    said = read(cast.client("ada"), PAGE, **query)

    table = said.partition("Show everybody")[2]
    assert [name for name, _, _ in STAFF.values() if name in table] == found
    assert ("Nobody fits this" in said) == (not found)


@pytest.mark.parametrize(
    "query", [{"role": "owner"}, {"state": "gone"}, {"move": "x"}, {"move": "-1"}, {"words": "x" * 81}]
)
def test_an_address_that_means_nothing_is_not_there(cast: Cast, query: dict[str, str]) -> None:
    assert cast.client("ada").get(PAGE, query).status_code == 404


def test_the_list_costs_the_same_for_two_hundred_people(cast: Cast) -> None:
    client = cast.client("ada")
    client.get(PAGE)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(PAGE)
    with writing(cast.oakfield):
        accounts = Person.objects.bulk_create(Person(username=f"many{number}") for number in range(200))
        told = {"school_id": cast.oakfield, "job_title": "Teaching assistant", "role": Role.ASSISTANT.value}
        Membership.objects.bulk_create(
            Membership(person=one, name=f"Many {one.username}", joined_at=NOW, **told) for one in accounts
        )
    with CaptureQueriesContext(connection) as many:
        said = read(client, PAGE)

    assert f"{200 + len(STAFF)} people have an account here" in said
    assert len(many) == len(few)


def test_heads_read_and_only_administrators_change(cast: Cast) -> None:
    hana = cast.client("hana")
    assert "An administrator adds and removes people." in read(hana, PAGE)
    assert "Save Tom Teacher" not in read(hana, of(cast, "tom"))

    for page in ("save", "remove", "back", "invite"):
        assert hana.post(f"{of(cast, 'tom')}/{page}", typed(cast, "tom")).status_code == 403
    for page in ("add", "paste"):
        assert hana.get(f"{PAGE}/{page}").status_code == 403
    for who in ("tom", "olu", "gus", "asha", "sena"):
        assert cast.client(who).get(PAGE).status_code == 403


def test_a_role_is_changed_and_taken_back(cast: Cast) -> None:
    ada = cast.client("ada")

    said = sent(ada, f"{of(cast, 'tom')}/save", typed(cast, "tom", role="senco", name="Thomas  Teacher"))

    assert "Thomas Teacher is now SENCO, no longer teacher, from their next click." in said
    assert "Changed name and role: teacher to SENCO" in said
    assert role_of(cast, "tom") is Role.SENCO
    assert "Taken back." in sent(ada, f"{PAGE}/undo/{last_move(cast)}")
    assert role_of(cast, "tom") is Role.TEACHER


def test_a_role_that_does_not_teach_leaves_the_classes_and_undo_gives_them_back(cast: Cast) -> None:
    ada, group = cast.client("ada"), a_class(cast, "4B", "tom")

    said = sent(ada, f"{of(cast, 'tom')}/save", typed(cast, "tom", role="office"))

    assert "1 class left without a teacher" in said
    assert teacher_of(cast, group) is None
    sent(ada, f"{PAGE}/undo/{last_move(cast)}")
    assert (teacher_of(cast, group), role_of(cast, "tom")) == (cast.tom.member, Role.TEACHER)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": " "}, "Write the name."),
        ({"name": "x" * 81}, "A name has at most 80 characters"),
        ({"name": "Tom\nBcc: all@oakfield.example"}, "A name has at most 80 characters"),
        ({"name": "Tom \u202e Teacher"}, "A name has at most 80 characters"),
        ({"name": "<b>Tom</b>"}, "A name has at most 80 characters"),
        ({"job_title": ""}, "Write the job title."),
        ({"job_title": "x" * 1001}, "at most 1000 characters"),
        ({"role": "owner"}, "Choose a role from the list."),
        ({"role": ""}, "Choose a role from the list."),
    ],
)
def test_what_cannot_be_is_said_and_kept_in_view(cast: Cast, changed: dict[str, str], sentence: str) -> None:
    ada = cast.client("ada")

    said = sent(ada, f"{of(cast, 'tom')}/save", typed(cast, "tom", **changed), status=422)

    assert sentence in said
    assert role_of(cast, "tom") is Role.TEACHER


def test_somebody_is_removed_and_their_classes_handed_on(cast: Cast) -> None:
    ada, tom, group = cast.client("ada"), cast.client("tom"), a_class(cast, "4B", "tom")
    assert tom.get("/pupils/").status_code == 200

    said = sent(ada, f"{of(cast, 'tom')}/remove", {"to": str(cast.sena.member)})

    assert "Tom Teacher is removed and can open nothing here from now on. 1 class handed on" in said
    assert teacher_of(cast, group) == cast.sena.member
    assert tom.get("/pupils/").status_code == 302
    assert "Tom Teacher" not in read(ada, PAGE).partition("Show")[2]
    assert "Removed 23 November 2026" in read(ada, PAGE, state="left")


def test_without_a_successor_the_classes_wait_for_a_teacher_and_that_is_said(cast: Cast) -> None:
    ada, group = cast.client("ada"), a_class(cast, "4B", "tom")
    assert "without somebody chosen, it waits for a teacher." in read(ada, of(cast, "tom"))

    said = sent(ada, f"{of(cast, 'tom')}/remove")

    assert "1 class handed on or left without a teacher" in said
    assert teacher_of(cast, group) is None


def test_a_removal_is_undone_with_the_classes(cast: Cast) -> None:
    ada, group = cast.client("ada"), a_class(cast, "4B", "tom")
    sent(ada, f"{of(cast, 'tom')}/remove")

    said = sent(ada, f"{PAGE}/undo/{last_move(cast)}")

    assert "Taken back." in said
    assert teacher_of(cast, group) == cast.tom.member
    assert cast.client("tom").get("/").status_code == 200


def test_an_undo_comes_once(cast: Cast) -> None:
    ada = cast.client("ada")
    sent(ada, f"{of(cast, 'tom')}/remove")
    move = last_move(cast)
    sent(ada, f"{PAGE}/undo/{move}")

    said = sent(ada, f"{PAGE}/undo/{move}", status=409)

    assert "Something was changed about this person since." in said


def test_somebody_is_brought_back_later(cast: Cast) -> None:
    ada = cast.client("ada")
    sent(ada, f"{of(cast, 'tom')}/remove")

    said = sent(ada, f"{of(cast, 'tom')}/back")

    assert "Back: Tom Teacher, as teacher." in said
    assert "Brought back" in said
    sent(ada, f"{of(cast, 'tom')}/back", status=409)
    assert cast.client("tom").get("/").status_code == 200


@pytest.mark.parametrize("to", ["999999", "x", "-1", "9" * 30])
def test_classes_cannot_go_to_nobody_we_know(cast: Cast, to: str) -> None:
    group = a_class(cast, "4B", "tom")

    said = sent(cast.client("ada"), f"{of(cast, 'tom')}/remove", {"to": to}, status=422)

    assert "Choose a teacher from the list" in said
    assert teacher_of(cast, group) == cast.tom.member


def test_oneself_and_the_last_administrator_stay(cast: Cast) -> None:
    ada = cast.client("ada")
    assert "You cannot remove yourself" in read(ada, of(cast, "ada"))

    assert "last administrator" in sent(ada, f"{of(cast, 'ada')}/remove", status=409)
    assert "last administrator" in sent(ada, f"{of(cast, 'ada')}/save", typed(cast, "ada", role="head"), status=409)
    sent(ada, f"{of(cast, 'hana')}/save", typed(cast, "hana", role="administrator"))
    assert "You cannot remove yourself." in sent(ada, f"{of(cast, 'ada')}/remove", status=409)


def test_another_schools_people_are_not_there(cast: Cast) -> None:
    ada = cast.client("ada")

    assert ada.get(of(cast, "theo")).status_code == 404
    for page in ("save", "remove", "back", "invite"):
        assert ada.post(f"{of(cast, 'theo')}/{page}", typed(cast, "theo")).status_code == 404
    assert ada.post(f"{PAGE}/undo/999999").status_code == 404
    with writing(cast.thornhill):
        assert Membership.objects.get(pk=cast.theo.member).ended_on is None


def test_every_deed_is_in_the_audit_log_without_a_value(cast: Cast) -> None:
    ada = cast.client("ada")
    sent(ada, f"{of(cast, 'tom')}/save", typed(cast, "tom", role="senco", job_title="Inclusion lead"))
    sent(ada, f"{of(cast, 'tom')}/remove")
    sent(ada, f"{of(cast, 'tom')}/back")

    with writing(cast.oakfield):
        rows = AuditEntry.objects.filter(subject="membership", subject_id=cast.tom.member).order_by("pk")
        told = [(row.verb, row.by_id, row.fields, row.counts) for row in rows if row.by_id == cast.ada.member]
    ada_did = cast.ada.member
    assert told == [
        ("member.changed", ada_did, ["job_title", "role"], {}),
        ("member.left", ada_did, ["ended_on"], {}),
        ("member.back", ada_did, ["ended_on"], {}),
    ]


def test_accounts_worth_a_look_are_marked(cast: Cast) -> None:
    signed_in(cast, "olu", NOW - timedelta(days=61))
    with writing(cast.oakfield):
        Membership.objects.filter(pk=cast.gus.member).update(joined_at=NOW - timedelta(days=70))
        Membership.objects.filter(pk=cast.asha.member).update(joined_at=None)

    said = read(cast.client("ada"), PAGE)

    assert "Not signed in for 61 days" in said
    assert "Has never signed in, since 14 September 2026" in said
    assert "Invitation not taken up" in said
    assert "Teacher without a class" in said
    assert "4 are worth a second look" in said


def test_each_role_is_told_in_plain_words(cast: Cast) -> None:
    said = read(cast.client("hana"), f"{PAGE}/roles")

    assert "Governor figures about the whole school, never a pupil’s name" in said
    assert "Teaching assistant the pupils of the classes they help in" in said
    assert "judge objectives in those classes" in said
    assert "later" not in said
    assert "Trust figures about each school that lets them, never a pupil’s name" in said
