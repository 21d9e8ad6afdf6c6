"""A page that does not write cannot: an INSERT is tried inside each of their windows, and PostgreSQL refuses it."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from unittest.mock import patch

import psycopg
import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.template.response import SimpleTemplateResponse
from django.test import Client

from itrack.foundation import clock
from itrack.foundation.page import page
from itrack.foundation.routes import Route, every_route
from itrack.foundation.viewer import PUBLIC
from itrack.pupils.models import Roll
from tests.architecture.world import World, address, stored

READ_ONLY = "25006"
OPENS = "SET LOCAL ROLE itrack_reader"
PRESENCE, LOG = "accounts_signin", "foundation_auditentry"
WRITES = ("insert", "update", "delete")
# The page; or, of steps that lead from one to the next, the way back to the first, or a link that is used up.
SHOWN = (200, 302, 409, 410)
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
def attack(world: World):
    """Tries to write as soon as a reading window is open, and again while the template is rendered."""
    tried: list[str] = []
    render = SimpleTemplateResponse.rendered_content.fget

    def after_opening(execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if OPENS in str(sql):
            tried.append(try_to_write(world.ours.id))
        return answer

    def rendered(response):
        tried.append(try_to_write(world.ours.id))
        return render(response)

    rendering = patch.object(SimpleTemplateResponse, "rendered_content", property(rendered))
    with rendering, connection.execute_wrapper(after_opening):
        yield tried


def readers() -> list[Route]:
    return [route for route in every_route() if not route.declared.writes]


def who_may(world: World, route: Route) -> str:
    return next(name for name in ("ada", *world.staff()) if route.declared.may.admits(world.cast.people[name]))


@contextmanager
def listening():
    """Every statement of the block, in order."""
    said: list[str] = []

    def listen(execute, sql, params, many, context):
        said.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield said


@dataclass(frozen=True)
class Look:
    """A page somebody looked at: what whoever tried to write met, what the database was told, which tables changed."""

    route: Route
    status: int
    tried: list[str]
    said: list[str]
    changed: set[str]

    @property
    def writes(self) -> list[int]:
        """The places of the statements that write."""
        return [place for place, sql in enumerate(self.said) if sql.split(" ", 1)[0].lower() in WRITES]

    @property
    def opened(self) -> int:
        return max(place for place, sql in enumerate(self.said) if OPENS in sql)


@pytest.fixture(scope="module")
def looks(built: World, django_db_blocker) -> list[Look]:
    """Every page that reads, each from the same state: two minutes after its reader last looked at something."""
    with django_db_blocker.unblock(), transaction.atomic():
        clients = {name: client_of(built, name) for name in built.staff()}
        before = stored(built.ours.id)
        with time_machine.travel(clock.now() + timedelta(minutes=2)):
            looks = [look(built, clients[who_may(built, route)], route, before) for route in readers()]
        transaction.set_rollback(True)
    return looks


def client_of(world: World, name: str) -> Client:
    client = world.client(name)
    client.get("/help")  # where somebody is told, once, whom their sign-in put out
    return client


def look(world: World, client: Client, route: Route, before: dict[str, str]) -> Look:
    cookies = client.cookies.copy()
    with transaction.atomic():
        with attack(world) as tried, listening() as said:
            answer = client.get(address(route, world.ours))
        changed = {table for table, digest in stored(world.ours.id).items() if digest != before[table]}
        transaction.set_rollback(True)
    client.cookies = cookies
    return Look(route, answer.status_code, tried, said, changed)


def shown(look: Look) -> bool:
    return look.status == OFF[look.route.name] if look.route.name in OFF else look.status in SHOWN


def test_no_page_that_reads_can_store_a_row(looks: list[Look]) -> None:
    wrong = [
        f"{one.route.pattern} answers {one.status}; writes inside it: {one.tried}"
        for one in looks
        if not shown(one) or set(one.tried) != {READ_ONLY}
    ]

    assert looks
    assert not wrong, wrong


def test_a_look_leaves_nothing_behind_but_that_somebody_looked(looks: list[Look]) -> None:
    """The presence of the reader, and the entry in the log where each look is logged."""
    left = [(one, one.changed - ({PRESENCE, LOG} if one.route.declared.logged else {PRESENCE})) for one in looks]
    unlogged = [one.route.pattern for one in looks if one.route.declared.logged and LOG not in one.changed]

    assert not [f"{one.route.pattern} changed {tables}" for one, tables in left if tables]
    assert not unlogged, unlogged


def test_what_a_look_leaves_behind_is_written_before_the_window_opens(looks: list[Look]) -> None:
    wrong = [
        f"{one.route.pattern}: {late}"
        for one in looks
        if (late := [one.said[place][:60] for place in one.writes if place > one.opened])
    ]

    assert not wrong, wrong
    assert sum(bool(one.writes) for one in looks) > len(looks) / 2, (
        "presence is noted on every page somebody is signed in to"
    )


def test_a_view_that_writes_without_declaring_it_breaks_down_and_stores_nothing(world: World, rf) -> None:
    def careless(request):
        Roll.objects.filter(school_id=world.ours.id).update(version=99)

    request = rf.get("/careless")
    request.viewer = world.cast.ada
    before = stored(world.ours.id)

    with pytest.raises(DatabaseError, match="read-only transaction"):
        page("careless", careless, may=PUBLIC).callback(request)

    assert stored(world.ours.id) == before
