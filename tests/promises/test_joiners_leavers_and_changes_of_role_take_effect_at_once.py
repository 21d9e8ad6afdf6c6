"""P98: somebody in the middle of their work is given less, or leaves; their very next call is refused."""

from itrack.accounts.models import Membership
from itrack.foundation.tenancy.windows import writing
from itrack.staff.api import moves
from itrack.staff.models import Move
from tests.architecture.world import World
from tests.cast import NOW, TODAY
from tests.promises.breaking import what_is_seen
from tests.staff.people import typed

NAME = "joiners_leavers_and_changes_of_role_take_effect_at_once"
PEOPLE = "/school/people"


def becomes(world: World, name: str, role: str) -> None:
    who = world.cast.people[name]
    answer = world.client("ada").post(f"{PEOPLE}/{who.member}/save", typed(world.cast, name, role=role))
    assert answer.status_code == 303


def test_a_lower_role_in_the_middle_of_a_session_refuses_the_next_privileged_call(world: World) -> None:
    olu = world.client("olu")
    assert olu.get("/import/").status_code == 200

    becomes(world, "olu", "teacher")

    assert olu.get("/import/").status_code == 403
    assert olu.post("/school/classes/make?year=2026").status_code == 403
    assert olu.get("/").status_code == 200


def test_a_higher_role_counts_from_the_next_click_as_well(world: World) -> None:
    tom = world.client("tom")
    assert tom.get("/import/").status_code == 403

    becomes(world, "tom", "office")

    assert tom.get("/import/").status_code == 200


def test_who_leaves_is_out_at_the_next_call_and_the_school_can_list_it(world: World) -> None:
    sena = world.client("sena")
    assert sena.get("/pupils/").status_code == 200

    world.client("ada").post(f"{PEOPLE}/{world.cast.sena.member}/remove")

    assert sena.get("/pupils/")["Location"].startswith("/sign-in")
    with writing(world.ours.id):
        left = Membership.objects.get(pk=world.cast.sena.member).ended_on
        assert left is not None
        told = moves(school=world.ours.id, first=left, last=left)
    assert [(row.name, row.what, row.by) for row in told if row.member == world.cast.sena.member][-1:] == [
        ("Sena Senco", "Removed", "Ada Admin")
    ]


def test_an_account_nobody_uses_is_pointed_out(world: World) -> None:
    with writing(world.ours.id):
        Membership.objects.filter(pk=world.cast.gus.member).update(joined_at=NOW.replace(month=8))

    assert "Has never signed in, since 23 August 2026" in world.client("hana").get(PEOPLE).content.decode()


def test_the_evidence_turns_when_a_role_did_not_follow_or_a_leaver_stayed_in(world: World) -> None:
    with writing(world.ours.id):
        Move.objects.create(
            school_id=world.ours.id, member_id=world.cast.tom.member, kind=Move.Kind.ROLE, at=NOW,
            before="teacher", after="governor",
        )  # fmt: skip
    told = what_is_seen(NAME)
    assert told["state"] == "failing"
    assert "not the one they were last given" in told["observed"]

    world.client("olu")
    with writing(world.ours.id):
        Membership.objects.filter(pk=world.cast.olu.member).update(ended_on=TODAY)

    assert "somebody who left: 1" in what_is_seen(NAME)["observed"]
