"""The other school's ids, tried on every address there is. A new page is found by the walk and cannot escape."""

from importlib import import_module
from pkgutil import walk_packages

import pytest
from django import forms

import itrack
from itrack.foundation.routes import every_route
from tests.architecture.world import SECRETS, WORDS, World, address, ask, stored, text_of

OURS_TO_OPEN = ("ada", "hana", "tom")


def test_every_part_of_an_address_has_an_id_of_thornhills_to_try(world: World) -> None:
    known = set(world.theirs.ids) | set(WORDS)

    untried = {name for route in every_route() for name in route.parameters if name not in known}

    assert not untried, f"tests/architecture/world.py must say whose id this is: {untried}"


@pytest.mark.parametrize("name", OURS_TO_OPEN)
def test_ids_of_thornhills_in_a_query_show_nothing_of_theirs(world: World, name: str) -> None:
    client, values, wrong = world.client(name), foreign_values(world), []

    for route in [route for route in every_route() if not route.declared.writes]:
        for query in (values, *({one: values[one]} for one in ("group", "pupil", "point", "done"))):
            answer = ask(client, route, address(route, world.ours), query)
            if answer.status_code >= 500 or tells(answer):
                wrong.append(f"{route.pattern} {query} answers {answer.status_code}")

    assert not wrong, wrong


@pytest.mark.parametrize("name", OURS_TO_OPEN)
def test_ids_of_thornhills_in_a_form_change_nothing_of_theirs(world: World, name: str) -> None:
    client, theirs, wrong = world.client(name), world.theirs.ids, []
    before = stored(world.theirs.id)
    cell = {f"{theirs['pupil']}-{theirs['subject']}": "G", f"was-{theirs['pupil']}": "E"}

    for route in [route for route in every_route() if route.declared.writes]:
        answer = ask(client, route, address(route, world.ours), foreign_values(world) | cell)
        if answer.status_code >= 500 or tells(answer):
            wrong.append(f"{route.pattern} answers {answer.status_code}")

    assert not wrong, wrong
    assert stored(world.theirs.id) == before


def tells(answer) -> bool:
    said = text_of(answer)
    return any(word in said for word in SECRETS)


def foreign_values(world: World) -> dict[str, object]:
    """Each field of any form, and each name of an id, with an id of Thornhill's that fits it best."""
    ids = world.theirs.ids
    same = {"pupils": "pupil", "subjects": "subject", "to": "group", "teacher": "member", "done": "change_set"}
    names = {*field_names(), *ids}
    return {name: ids.get(same.get(name, name), ids["pupil"]) for name in names}


def field_names() -> set[str]:
    modules = [
        import_module(found.name) for found in walk_packages(itrack.__path__, "itrack.") if found.name[-5:] == "forms"
    ]
    known = [one for module in modules for one in vars(module).values() if isinstance(one, type)]
    return {name for form in known if issubclass(form, forms.Form) for name in form.base_fields}
