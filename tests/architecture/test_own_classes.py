"""A class that is not theirs: every address tried by those who see their own classes alone, and by those who see none.

In the world of these tests nobody teaches Oakfield's only class, so its pupils are nobody's but the leaders'.
"""

from collections.abc import Iterator

import pytest

from itrack.foundation.routes import Route, every_route
from itrack.foundation.tenancy.windows import writing
from itrack.pupils.api import helpers_of, set_helpers
from tests.architecture.test_strangers import foreign_values
from tests.architecture.world import OURS, World, address, ask, text_of
from tests.cast import NOW

OF_THEIR_CLASSES, OF_NONE = ("tom", "asha"), ("gus", "tara")


def names_told(world: World, name: str) -> Iterator[str]:
    """The addresses that name a pupil of Oakfield's to this person, whatever ids come with the question."""
    client = world.client(name)
    for route in every_route():
        for asked in questions(world, route):
            if tells(ask(client, route, address(route, world.ours), asked)):
                yield f"{route.pattern} with {sorted(asked)}"


def questions(world: World, route: Route) -> list[dict[str, object]]:
    """Nothing but the address; every field of any form with an id that fits it; of pages, a class or a pupil alone."""
    values = foreign_values(World(world.cast, world.theirs, world.ours))
    alone = [] if route.declared and route.declared.writes else [{one: values[one]} for one in ("group", "pupil")]
    return [{}, values, *alone]


def tells(answer) -> bool:
    said = text_of(answer)
    return any(word in said for word in OURS)


@pytest.mark.parametrize("name", OF_THEIR_CLASSES + OF_NONE)
def test_a_class_that_is_not_theirs_has_no_names_for_them(world: World, name: str) -> None:
    assert not list(names_told(world, name))


@pytest.mark.parametrize("name", OF_THEIR_CLASSES)
def test_the_same_walk_names_its_pupils_once_the_class_is_theirs(world: World, name: str) -> None:
    school, group = world.ours.id, world.ours.ids["group"]
    with writing(school):
        seen = [member for member, _ in helpers_of(school=school, group=group)]
        members = [world.cast.people[name].member]
        set_helpers(school=school, group=group, seen=seen, members=members, by=world.cast.hana.member, at=NOW)

    assert next(names_told(world, name), ""), f"{name} sees nobody of their own class, so the walk proves nothing"
