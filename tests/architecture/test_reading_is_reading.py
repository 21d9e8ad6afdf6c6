"""A page that does not write cannot: an INSERT is tried inside each of their windows, and PostgreSQL refuses it."""

from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
import time_machine
from django.db import DatabaseError, connection
from django.template.response import SimpleTemplateResponse

from itrack.foundation import clock
from itrack.foundation.page import page
from itrack.foundation.routes import Route, every_route
from itrack.foundation.viewer import PUBLIC
from itrack.pupils.models import Roll
from tests.architecture.world import World, address, ask, stored

READ_ONLY = "25006"
WRITES = ("insert", "update", "delete")
# The page; or, of steps that lead from one to the next, the way back to the first, or a link that is used up.
SHOWN = (200, 302, 410)
# Nobody set Google or Microsoft up here, or brought a logo: these open their window to say that it is not there.
OFF = {"back-from-provider": 404, "logo": 404}
INSERT = "insert into pupils_roll (school_id, version) values (%s, 7)"


def try_to_write(school: int) -> str:
    """Tries an INSERT through the very connection the page uses; its savepoint is put back. The code of the refusal."""
    driver = connection.connection
    driver.execute("savepoint attack")
    try:
        driver.execute(INSERT, [school])
    except psycopg.Error as error:
        return error.sqlstate or "unknown"
    finally:
        driver.execute("rollback to attack")
    return "stored"


@contextmanager
def attack(world: World, monkeypatch):
    """Tries to write as soon as a reading window is open, and again while the template is rendered."""
    tried: list[str] = []
    render = SimpleTemplateResponse.rendered_content.fget

    def after_opening(execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if "SET LOCAL ROLE itrack_reader" in str(sql):
            tried.append(try_to_write(world.ours.id))
        return answer

    def rendered(response):
        tried.append(try_to_write(world.ours.id))
        return render(response)

    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", property(rendered))
    with connection.execute_wrapper(after_opening):
        yield tried


def readers() -> list[Route]:
    return [route for route in every_route() if not route.declared.writes]


def who_may(world: World, route: Route) -> str:
    return next(name for name in ("ada", *world.staff()) if route.declared.may.admits(world.cast.people[name]))


def shown(route: Route, answer) -> bool:
    return answer.status_code == OFF[route.name] if route.name in OFF else answer.status_code in SHOWN


def test_no_page_that_reads_can_store_a_row(world: World, monkeypatch) -> None:
    wrong = []
    for route in readers():
        client = world.client(who_may(world, route))
        with monkeypatch.context() as patched, attack(world, patched) as tried:
            answer = ask(client, route, address(route, world.ours))
        if not shown(route, answer) or set(tried) != {READ_ONLY}:
            wrong.append(f"{route.pattern} answers {answer.status_code}; writes inside it: {tried}")

    assert not wrong, wrong


def test_a_look_leaves_nothing_behind_but_the_note_that_somebody_looked(world: World) -> None:
    wrong = []
    for route in readers():
        client = world.client(who_may(world, route))
        before = stored(world.ours.id)
        client.get(address(route, world.ours))
        changed = {table for table, digest in stored(world.ours.id).items() if digest != before[table]}
        if changed != ({"foundation_auditentry"} if route.declared.logged else set()):
            wrong.append(f"{route.pattern} changed {changed}")

    assert not wrong, wrong


def test_what_a_look_leaves_behind_is_written_before_the_window_opens(world: World) -> None:
    wrong, noted = [], 0
    for route in readers():
        client = world.client(who_may(world, route))
        client.get("/help")  # where somebody is told, once, whom their sign-in put out
        with time_machine.travel(clock.now() + timedelta(minutes=2)), listening() as said:
            assert shown(route, ask(client, route, address(route, world.ours))), route.pattern
        opened = max(place for place, sql in enumerate(said) if "SET LOCAL ROLE itrack_reader" in sql)
        writes = [place for place, sql in enumerate(said) if sql.split(" ", 1)[0].lower() in WRITES]
        noted += bool(writes)
        if [place for place in writes if place > opened]:
            wrong.append(f"{route.pattern}: {[said[place][:60] for place in writes if place > opened]}")

    assert not wrong, wrong
    assert noted > len(readers()) / 2, "presence is noted on every page somebody is signed in to"


@contextmanager
def listening():
    """Every statement of the block, in order."""
    said: list[str] = []

    def listen(execute, sql, params, many, context):
        said.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield said


def test_a_view_that_writes_without_declaring_it_breaks_down_and_stores_nothing(world: World, rf) -> None:
    def careless(request):
        Roll.objects.filter(school_id=world.ours.id).update(version=99)

    request = rf.get("/careless")
    request.viewer = world.cast.ada
    before = stored(world.ours.id)

    with pytest.raises(DatabaseError, match="read-only transaction"):
        page("careless", careless, may=PUBLIC).callback(request)

    assert stored(world.ours.id) == before
