"""P55: people come onto the list and go from it, few may see it, and it does not grow old."""

from datetime import timedelta

import pytest
import time_machine

from itrack.accounts.api import who_is_on
from itrack.accounts.models import SignIn
from itrack.foundation import clock
from itrack.foundation.models import AuditEntry
from itrack.foundation.tenancy.windows import reading, writing
from tests.architecture.world import World
from tests.promises.breaking import what_is_seen

NAME = "logged_in_presence_is_recorded_and_seen_by_few"
START = clock.now().replace(microsecond=0)


def on(world: World) -> set[str]:
    with reading(world.ours.id):
        return {one.name for one in who_is_on(school=world.ours.id, now=clock.now())}


def test_signing_in_puts_somebody_on_the_list_and_signing_out_takes_them_off(world: World) -> None:
    assert "Tom Teacher" not in on(world)

    tom = world.client("tom")
    assert "Tom Teacher" in on(world)

    tom.post("/sign-out")
    assert "Tom Teacher" not in on(world)


def test_a_click_keeps_somebody_on_the_list_and_silence_takes_them_off(world: World) -> None:
    with time_machine.travel(START, tick=False) as moment:
        tom = world.client("tom")
        moment.shift(timedelta(minutes=20))
        assert tom.get("/").status_code == 200
        moment.shift(timedelta(minutes=20))
        assert "Tom Teacher" in on(world)

        moment.shift(timedelta(minutes=11))
        assert "Tom Teacher" not in on(world)


@pytest.mark.parametrize("name", ["tom", "sena", "olu", "asha", "gus"])
def test_nobody_but_a_leader_sees_the_list(world: World, name: str) -> None:
    assert world.client(name).get("/school/signed-in").status_code == 403


def test_whoever_sees_the_list_is_in_the_log_for_it(world: World) -> None:
    assert world.client("ada").get("/school/signed-in").status_code == 200

    with reading(world.ours.id):
        assert AuditEntry.objects.filter(verb="signed-in.seen", by_id=world.cast.ada.member).count() == 1


def test_the_evidence_turns_when_presence_is_kept_too_long(world: World) -> None:
    world.client("tom")
    assert what_is_seen(NAME)["state"] == "holding"

    with writing(world.ours.id):
        SignIn.objects.update(seen_at=clock.now() - timedelta(days=16))
    told = what_is_seen(NAME)

    assert told["state"] == "failing"
    assert "16 days ago" in told["observed"]
