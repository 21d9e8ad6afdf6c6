"""Changing and ending somebody's place in a school. It counts from the next click, and the school is never left
without an administrator."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine
from django.db import connection

from itrack.accounts.api import PlaceFacts, change_place, end_place, place, places, restore_place
from itrack.accounts.models import Link, Membership, SignIn
from itrack.accounts.rules_links import Purpose
from itrack.foundation.models import AuditEntry
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role
from tests.cast import NOW, TODAY, Cast, build_cast


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def facts(cast: Cast, name: str) -> PlaceFacts:
    who = cast.people[name]
    return PlaceFacts(who.name, who.job_title, who.role)


def make(cast: Cast, name: str, role: Role, by: str | None = "ada") -> list[str]:
    """Gives that person the role."""
    who = cast.people[name]
    with writing(who.school):
        return change_place(
            school=who.school,
            member=who.member,
            seen=facts(cast, name),
            facts=PlaceFacts(who.name, who.job_title, role),
            by=cast.people[by].member if by else None,
            at=NOW,
        )


def end(cast: Cast, name: str, by: str | None = "ada") -> None:
    who = cast.people[name]
    with writing(who.school):
        end_place(school=who.school, member=who.member, on=TODAY, by=cast.people[by].member if by else None, at=NOW)


def test_a_lower_role_counts_from_the_next_click(cast: Cast) -> None:
    client = cast.client("olu")
    assert client.get("/import/").status_code == 200

    assert make(cast, "olu", Role.GOVERNOR) == ["role"]

    assert client.get("/import/").status_code == 403
    assert client.post("/school/classes/make").status_code == 403


def test_a_change_leaves_one_entry_of_ids_and_field_names(cast: Cast) -> None:
    make(cast, "tom", Role.SENCO)

    with writing(cast.oakfield):
        entry = AuditEntry.objects.get(verb="member.changed")
    assert (entry.by_id, entry.subject_id, entry.fields) == (cast.ada.member, cast.tom.member, ["role"])
    assert entry.counts == {}


def test_saving_what_stands_changes_nothing(cast: Cast) -> None:
    assert make(cast, "tom", Role.TEACHER) == []

    with writing(cast.oakfield):
        assert not AuditEntry.objects.filter(verb="member.changed").exists()


def test_the_second_of_two_editors_is_answered(cast: Cast) -> None:
    make(cast, "tom", Role.SENCO)

    with pytest.raises(Refused, match="Somebody else has changed"):
        make(cast, "tom", Role.HEAD)


def test_who_is_removed_is_signed_out_and_their_invitation_leads_nowhere(cast: Cast) -> None:
    client = cast.client("tom")
    assert client.get("/pupils/").status_code == 200
    person = cast.tom.person
    with writing(cast.oakfield):
        told = {"person_id": person, "made_at": NOW, "expires_at": NOW.replace(day=29)}
        ours = Link.objects.create(purpose=Purpose.INVITATION, digest="1" * 64, place_id=cast.oakfield, **told)
        others = Link.objects.create(purpose=Purpose.INVITATION, digest="2" * 64, place_id=cast.thornhill, **told)

    end(cast, "tom")

    assert client.get("/pupils/")["Location"].startswith("/sign-in")
    with writing(cast.oakfield):
        assert SignIn.objects.get(member_id=cast.tom.member).ended == "removed"
    ours.refresh_from_db()
    others.refresh_from_db()
    assert ours.expires_at == NOW < others.expires_at


def test_who_is_brought_back_has_the_place_they_had(cast: Cast) -> None:
    end(cast, "tom")

    with writing(cast.oakfield):
        assert restore_place(school=cast.oakfield, member=cast.tom.member, by=cast.ada.member, at=NOW)

    assert cast.client("tom").get("/").status_code == 200
    with writing(cast.oakfield):
        found = place(school=cast.oakfield, member=cast.tom.member)
    assert found is not None
    assert (found.role, found.ended_on) == (Role.TEACHER, None)


@pytest.mark.parametrize("by", ["ada", None])
def test_the_last_administrator_is_neither_removed_nor_given_a_lower_role(cast: Cast, by: str | None) -> None:
    with pytest.raises(Refused, match=r"last administrator.*Nothing was changed"):
        end(cast, "ada", by)
    with pytest.raises(Refused, match=r"last administrator.*Nothing was changed"):
        make(cast, "ada", Role.HEAD, by)


def test_nobody_removes_themselves_or_changes_their_own_role(cast: Cast) -> None:
    make(cast, "hana", Role.ADMINISTRATOR)

    with pytest.raises(Refused, match="You cannot remove yourself"):
        end(cast, "ada")
    with pytest.raises(Refused, match="You cannot change your own role"):
        make(cast, "ada", Role.HEAD)


@pytest.mark.parametrize("by", ["hana", "olu", "tom", "theo"])
def test_only_an_administrator_of_the_school_changes_its_people(cast: Cast, by: str) -> None:
    with pytest.raises(Refused, match="not an administrator"):
        end(cast, "sena", by)
    with pytest.raises(Refused, match="not an administrator"):
        make(cast, "sena", Role.ADMINISTRATOR, by)


def test_a_member_of_another_school_is_not_there(cast: Cast) -> None:
    with writing(cast.oakfield), pytest.raises(Refused, match="Nothing was changed"):
        end_place(school=cast.oakfield, member=cast.theo.member, on=TODAY, by=cast.ada.member, at=NOW)

    with writing(cast.oakfield):
        assert cast.theo.member not in {row.member for row in places(school=cast.oakfield)}


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_remove_each_other_at_once_one_stays() -> None:
    cast = build_cast()
    make(cast, "hana", Role.ADMINISTRATOR)

    def remove(name: str, by: str, ready: Barrier) -> str:
        ready.wait()
        try:
            end(cast, name, by)
        except Refused as refusal:
            return refusal.sentence
        finally:
            connection.close()
        return "removed"

    with ThreadPoolExecutor(2) as people:
        ready = Barrier(2)
        both = [people.submit(remove, "hana", "ada", ready), people.submit(remove, "ada", "hana", ready)]
        said = sorted(one.result(timeout=30) for one in both)

    assert said[1] == "removed"
    assert said[0].startswith("You are not an administrator of this school, or no longer.")
    with writing(cast.oakfield):
        left = Membership.objects.filter(role=Role.ADMINISTRATOR.value, ended_on__isnull=True)
        assert left.count() == 1
