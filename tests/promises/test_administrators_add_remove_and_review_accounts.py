"""P96: an administrator removes somebody, who is out; and nobody else can do such a thing."""

from datetime import timedelta

import pytest

from itrack.accounts.api import end_place
from itrack.accounts.models import Link, Membership, SignIn
from itrack.accounts.rules_links import Purpose
from itrack.foundation.refusal import Refused
from itrack.foundation.routes import every_route
from itrack.foundation.tenancy.windows import writing
from tests.architecture.world import World
from tests.cast import NOW, PASSWORD, TODAY
from tests.promises.breaking import what_is_seen

NAME = "administrators_add_remove_and_review_accounts"
PEOPLE = "/school/people"


def left(world: World, name: str) -> bool:
    with writing(world.ours.id):
        return Membership.objects.get(pk=world.cast.people[name].member).ended_on is not None


def test_who_is_removed_while_signed_in_opens_nothing_more(world: World) -> None:
    ada, tom, member = world.client("ada"), world.client("tom"), world.cast.tom.member
    assert tom.get("/pupils/").status_code == 200

    ada.post(f"{PEOPLE}/{member}/remove")

    assert tom.get("/pupils/")["Location"].startswith("/sign-in")
    again = tom.post("/sign-in/enter", {"username": "tom", "password": PASSWORD})
    assert again.status_code == 422


def test_a_link_that_waits_leads_nowhere_once_its_owner_is_removed(world: World) -> None:
    link = Link.objects.create(
        person_id=world.cast.tom.person, purpose=Purpose.INVITATION, digest="0" * 64, made_at=NOW,
        expires_at=NOW + timedelta(days=7), place_id=world.ours.id,
    )  # fmt: skip

    with writing(world.ours.id):
        end_place(school=world.ours.id, member=world.cast.tom.member, on=TODAY, by=world.cast.ada.member, at=NOW)

    link.refresh_from_db()
    assert link.expires_at == NOW


@pytest.mark.parametrize("name", ["hana", "sena", "tom", "olu", "asha", "gus"])
def test_nobody_but_an_administrator_removes_anybody(world: World, name: str) -> None:
    client = world.client(name)
    deeds = [r for r in every_route() if r.pattern.startswith("school/people") and r.declared and r.declared.writes]
    assert deeds

    assert client.post(f"{PEOPLE}/{world.cast.sena.member}/remove").status_code == 403
    assert {tuple(route.declared.may.words()) for route in deeds if route.declared} == {("administrator",)}
    assert not left(world, "sena")


def test_an_administrator_who_was_removed_a_moment_ago_removes_nobody(world: World) -> None:
    with writing(world.ours.id):
        Membership.objects.filter(pk=world.cast.ada.member).update(ended_on=TODAY)

    # The click came through before; the deed asks again.
    with writing(world.ours.id), pytest.raises(Refused, match="no longer"):
        end_place(school=world.ours.id, member=world.cast.tom.member, on=TODAY, by=world.cast.ada.member, at=NOW)

    assert not left(world, "tom")


def test_the_evidence_turns_when_something_stays_open_to_who_left(world: World) -> None:
    world.client("tom")
    assert what_is_seen(NAME)["state"] == "holding"
    with writing(world.ours.id):
        Membership.objects.filter(pk=world.cast.tom.member).update(ended_on=TODAY)
        assert SignIn.objects.filter(member_id=world.cast.tom.member, ended_at__isnull=True).exists()

    told = what_is_seen(NAME)

    assert told["state"] == "failing"
    assert "still open to somebody removed: 1" in told["observed"]
