"""P21: what is tried in the reading window is refused by PostgreSQL itself."""

import pytest
from django.db import DatabaseError, connection
from django.http import HttpRequest

from itrack.foundation.page import page
from itrack.foundation.tenancy.windows import reading, writing
from itrack.foundation.viewer import ANY_STAFF
from itrack.pupils.models import Pupil, Roll
from tests.architecture.world import World, stored
from tests.promises.breaking import broken, what_is_seen

NAME = "pages_that_only_read_have_no_permission_to_write"
ATTACKS = (
    "insert into pupils_roll (school_id, version) values (1, 1)",
    "update pupils_pupil set legal_surname = 'Changed'",
    "delete from pupils_pupil",
    "truncate pupils_pupil cascade",
    "create table loot (id int)",
    "create temp table loot (id int)",
    "select nextval('pupils_pupil_id_seq')",
    "select procrastinate_finish_job_v1(1, 'succeeded', true)",
    "select set_config('itrack.school', '{1,2}', false)",
    "select id from pupils_pupil for update",
    "lock table pupils_pupil",
    "set transaction read write",
    "grant insert on pupils_pupil to itrack_reader",
    "alter table pupils_pupil disable row level security",
    "copy pupils_pupil to program 'cat'",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_reading_window_refuses(world: World, attack: str) -> None:
    before = stored(world.ours.id)

    def attempt() -> None:
        with reading(world.ours.id), connection.cursor() as cursor:
            cursor.execute("select 1 from pupils_pupil")
            cursor.execute(attack)

    with pytest.raises(DatabaseError):
        attempt()

    assert stored(world.ours.id) == before


def test_shedding_the_reading_role_does_not_help(world: World) -> None:
    def attempt() -> None:
        with reading(world.ours.id):
            with connection.cursor() as cursor:
                cursor.execute("reset role")
            Pupil.objects.filter(school_id=world.ours.id).update(legal_surname="Changed")

    with pytest.raises(DatabaseError, match="read-only transaction"):
        attempt()


def test_a_page_that_writes_without_saying_so_is_refused(world: World, rf) -> None:
    def sly(request: HttpRequest) -> None:
        Roll.objects.filter(school_id=world.ours.id).update(version=99)

    before = stored(world.ours.id)
    for method, writes in ((rf.get, False), (rf.post, True)):
        request = method("/sly")
        request.viewer = world.cast.ada
        with pytest.raises((DatabaseError, AttributeError)) as told:  # the view answers nothing, once it gets that far
            page("sly", sly, may=ANY_STAFF, writes=writes).callback(request)
        assert isinstance(told.value, DatabaseError) is not writes

    assert stored(world.ours.id) == before


def test_the_same_write_goes_through_where_writing_is_declared(world: World) -> None:
    with writing(world.ours.id):
        assert Roll.objects.filter(school_id=world.ours.id).update(version=7) == 1


@pytest.mark.parametrize("right", ["insert", "update", "delete", "truncate", "update (legal_surname)"])
def test_the_evidence_turns_when_the_reading_role_may_write(db, right: str) -> None:
    grant = f"{right} on pupils_pupil"

    with broken(f"grant {grant} to itrack_reader", f"revoke {grant} from itrack_reader"):
        told = what_is_seen(NAME)

    assert told["state"] == "failing"
    assert "write 1 (pupils_pupil)" in told["observed"]
    assert what_is_seen(NAME)["state"] == "holding"


def test_the_evidence_turns_when_a_function_lends_its_owners_rights(db) -> None:
    make = "create function lend() returns int language sql security definer as 'select 1'"

    with broken(make, "drop function lend()"):
        assert what_is_seen(NAME)["state"] == "failing"


def test_the_evidence_turns_when_an_address_is_not_declared(db, settings) -> None:
    settings.ROOT_URLCONF = "tests.promises.careless_urls"

    told = what_is_seen(NAME)

    assert told["state"] == "failing"
    assert "0 of 1 pages" in told["observed"]
