"""Special needs and care, tried on every page: for who is not told them, a page says the same with and without them."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from itrack.foundation import clock
from itrack.foundation.routes import Route, every_route
from itrack.foundation.tenancy.windows import writing
from itrack.pupils.api import PupilEntry, helpers_of, set_helpers, store_pupils
from itrack.pupils.rules_columns import hidden_from
from tests.architecture.world import World, address, ask, text_of
from tests.cast import NOW

SINCE = date(2025, 9, 1)
TOLD = {
    "care": ("care", "", "yes", "", None, SINCE, None, None, True),
    "sen": ("sen", "", "E", "", None, SINCE, None, None, True),
    "sen_need": ("sen_need", "SLCN", "SLCN", "", 1, SINCE, None, None, True),
}
# What differs from one look to the next by itself: what is drawn by lot, against forgery or as a password.
LOTS = re.compile(r"[A-Za-z0-9+/=_-]{20,}")
# These change with every look, or are made up at each; a workbook says when it was made, and is there as CSV too.
BY_THEMSELVES = {"looks", "account", "change-password", "new-app"}


@pytest.fixture(autouse=True)
def one_moment() -> Iterator[None]:
    """A page says when it was printed."""
    with time_machine.travel(clock.now(), tick=False):
        yield


@pytest.fixture
def room(world: World) -> World:
    """Tom and Asha help in the class, so that its pupils are theirs."""
    school, group = world.ours.id, world.ours.ids["group"]
    with writing(school):
        seen = [member for member, _ in helpers_of(school=school, group=group)]
        members = [world.cast.tom.member, world.cast.asha.member]
        set_helpers(school=school, group=group, seen=seen, members=members, by=world.cast.hana.member, at=NOW)
    return world


def readers(world: World, name: str) -> list[Route]:
    """The pages this person may open that could speak of pupils."""
    who = world.cast.people[name]
    return [
        route
        for route in every_route()
        if not route.declared.writes
        and not route.declared.may.public
        and route.declared.may.admits(who)
        and route.name not in BY_THEMSELVES
        and not route.name.endswith("xlsx")
    ]


def pages_of(world: World, name: str, client: Client) -> dict[str, str]:
    """What each page says to this person, by its address."""
    query = {"group": world.ours.ids["group"]}
    said = {one.pattern: ask(client, one, address(one, world.ours), query) for one in readers(world, name)}
    return {pattern: LOTS.sub("", text_of(answer)) for pattern, answer in said.items()}


def told_of(world: World, name: str, *kinds: str) -> list[str]:
    """The addresses that say something else to this person once the pupil has these circumstances."""
    client = world.client(name)
    client.get("/help")  # where somebody is told, once, whom their sign-in put out
    before = pages_of(world, name, client)
    with writing(world.ours.id):
        entry = PupilEntry(pupil=world.ours.ids["pupil"], fields={}, circumstances=[TOLD[kind] for kind in kinds])
        store_pupils(deed=world.cast.deed("olu"), entries=[entry])
    return [pattern for pattern, said in pages_of(world, name, client).items() if said != before[pattern]]


@pytest.mark.parametrize("name", ["olu", "tom", "asha", "gus", "tara"])
def test_no_page_speaks_of_what_a_role_is_not_told(room: World, name: str) -> None:
    hidden = sorted(hidden_from(room.cast.people[name].role) & set(TOLD))
    assert "care" in hidden

    assert told_of(room, name, *hidden) == []


@pytest.mark.parametrize(("name", "kind"), [("tom", "sen"), ("sena", "care")])
def test_the_same_pages_speak_of_it_to_a_role_that_is(room: World, name: str, kind: str) -> None:
    assert "pupils/<int:pupil>" in told_of(room, name, kind)
