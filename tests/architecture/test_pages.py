"""Every address declares itself through page(), and answers as it declared."""

from itrack.config.registry import pages_data
from itrack.foundation.routes import every_route
from itrack.foundation.viewer import Role
from tests.architecture.world import World, address


def test_every_address_declares_itself() -> None:
    undeclared = [route.pattern for route in every_route() if route.declared is None]

    assert every_route()
    assert not undeclared, f"not made by page(): {undeclared}"


def test_every_page_names_who_may_open_it() -> None:
    known = {"public", *(role.value for role in Role)}

    for page in pages_data():
        assert page["may"], f"{page['route']} may be opened by nobody"
        assert set(page["may"]) <= known, page["route"]


def test_every_page_has_a_name_of_its_own() -> None:
    names = [page["name"] for page in pages_data()]

    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)


def test_no_address_is_hidden_behind_another() -> None:
    patterns = [route.pattern for route in every_route()]

    assert len(patterns) == len(set(patterns))


def test_every_part_of_an_address_that_varies_has_a_type() -> None:
    loose = {route.pattern: route.untyped for route in every_route() if route.untyped}

    assert not loose, f"takes any text: {loose}"


def test_a_page_that_writes_answers_no_get_and_one_that_reads_no_post(world: World) -> None:
    client = world.client("ada")

    for route in every_route():
        assert route.declared is not None
        url, writes = address(route, world.ours), route.declared.writes
        others = ["get", "head", "put", "patch", "delete"] if writes else ["post", "put", "patch", "delete"]
        answers = {method: getattr(client, method)(url).status_code for method in others}
        assert set(answers.values()) == {405}, f"{url}: {answers}"
