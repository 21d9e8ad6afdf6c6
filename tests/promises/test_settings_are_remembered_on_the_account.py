"""P49: a choice is there again in another browser, and nowhere on the device."""

import pytest
from django.conf import settings
from django.test import Client

from itrack.accounts.models import Usual
from itrack.foundation.tenancy.windows import writing
from tests.architecture.world import World
from tests.promises.breaking import what_is_seen

NAME = "settings_are_remembered_on_the_account"
KNOWN = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.DEVICE_COOKIE_NAME}


def chosen(client: Client) -> str:
    """The year group the roll shows when its address says nothing."""
    shown = client.get("/pupils/").content.decode()
    return "Nobody is in both" if "Nobody" in shown else ("4" if 'value="4" selected' in shown else "")


def test_what_was_chosen_is_there_again_in_another_browser(world: World) -> None:
    assert chosen(world.client("olu")) == ""

    world.client("olu").get("/pupils/?year_group=4")

    assert chosen(world.client("olu")) == "4"
    assert chosen(world.client("ada")) == "", "it is one person's choice, not the school's"


def test_the_look_is_there_again_in_another_browser(world: World) -> None:
    world.client("tom").post("/account/look", {"theme": "dark", "density": "compact"})

    shown = world.client("tom").get("/help").content.decode()

    assert 'data-theme="dark"' in shown
    assert 'data-density="compact"' in shown


@pytest.mark.parametrize("value", ["Quillfeather Zebedee", "4' or true", "x" * 300, "", "<b>"])
def test_what_is_no_id_and_no_code_is_not_kept(world: World, value: str) -> None:
    world.client("olu").get("/pupils/", {"year_group": value})

    with writing(world.ours.id):
        assert not Usual.objects.filter(member_id=world.cast.olu.member).exists()


def test_a_look_that_is_not_offered_is_refused(world: World) -> None:
    answer = world.client("tom").post("/account/look", {"theme": "url(//evil)", "density": ""})

    assert answer.status_code == 409


def test_no_cookie_changes_when_something_is_chosen(world: World) -> None:
    client = world.client("olu")
    before = {name: one.value for name, one in client.cookies.items() if name != settings.CSRF_COOKIE_NAME}

    client.get("/pupils/?year_group=4")
    client.post("/account/look", {"theme": "dark", "density": ""})

    assert {name: one.value for name, one in client.cookies.items() if name in before} == before
    assert set(client.cookies) <= KNOWN


def test_the_evidence_turns_when_a_choice_is_more_than_an_id_or_a_code(world: World) -> None:
    world.client("olu").get("/pupils/?year_group=4")
    assert what_is_seen(NAME)["state"] == "holding"

    with writing(world.ours.id):
        Usual.objects.filter(member_id=world.cast.olu.member).update(choices={"year_group": "Quillfeather, Zebedee"})
    told = what_is_seen(NAME)

    assert told["state"] == "failing"
    assert "1 of them" in told["observed"]
    assert "Quillfeather" not in told["observed"]
