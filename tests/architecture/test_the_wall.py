"""The database's own wall between schools, with every filter of the program taken away."""

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from itrack.foundation.tenancy.windows import reading, writing
from itrack.pupils.models import Enrolment, Pupil
from itrack.schools.models import School
from tests.architecture.world import World, on, school_models, stored

NOT_ALLOWED, NO_SUCH_ROW = "42501", "23503"  # PostgreSQL's codes


def test_every_table_of_a_school_has_rows_of_the_other_school_to_hide(world: World) -> None:
    empty = [table for table, digest in stored(world.theirs.id).items() if digest.startswith("0 ")]

    assert not empty, f"nothing of Thornhill's is stored in {empty}, so the tests below would prove nothing about them"


@pytest.mark.parametrize("window", [reading, writing])
def test_a_query_without_any_filter_finds_nothing_of_the_other_school(world: World, window) -> None:
    for model in school_models():
        with window(world.ours.id):
            seen = set(model._default_manager.all().values_list("school_id", flat=True))

        assert seen == {world.ours.id}, f"{model.__name__} shows schools {seen} in Oakfield's window"


@pytest.mark.parametrize("window", [reading, writing])
def test_raw_sql_finds_nothing_of_the_other_school(world: World, window) -> None:
    for model in school_models():
        with window(world.ours.id), connection.cursor() as cursor:
            cursor.execute(on(model._meta.db_table, "select count(*) from $ where school_id = %s"), [world.theirs.id])
            assert cursor.fetchone() == (0,), model.__name__


def test_reading_sees_no_other_school_by_name(world: World) -> None:
    with reading(world.ours.id):
        assert list(School.objects.values_list("pk", flat=True)) == [world.ours.id]


def refused(statement: str, values: list[object], school: int) -> str:
    """PostgreSQL's code for refusing this in a school's writing window; keys are checked at once."""
    with pytest.raises(DatabaseError) as told:
        _do(statement, values, school)
    return told.value.__cause__.sqlstate


def _do(statement: str, values: list[object], school: int) -> None:
    with writing(school), connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("set constraints all immediate")


def test_a_row_cannot_be_added_to_the_other_school(world: World) -> None:
    statement = "insert into pupils_roll (school_id, version) values (%s, 0)"

    assert refused(statement, [world.theirs.id], world.ours.id) == NOT_ALLOWED


def test_no_row_can_be_moved_to_the_other_school(world: World) -> None:
    for model in school_models():
        statement = on(model._meta.db_table, "update $ set school_id = %s")
        assert refused(statement, [world.theirs.id], world.ours.id) == NOT_ALLOWED, model.__name__


def test_rows_of_the_other_school_cannot_be_changed_or_removed(world: World) -> None:
    before = stored(world.theirs.id)

    with writing(world.ours.id):
        assert Pupil.objects.filter(school_id=world.theirs.id).update(legal_surname="Taken") == 0
        assert Enrolment.objects.filter(school_id=world.theirs.id)._raw_delete("default") == 0

    assert stored(world.theirs.id) == before


def test_no_row_can_point_at_a_row_of_the_other_school(world: World) -> None:
    for model in school_models():
        for field in model._meta.local_fields:
            if field.is_relation and field.name not in ("school", "person") and not field.null:
                statement = on(model._meta.db_table, "update $ set COLUMN = %s where id = any (%s)")
                one = [_an_id(model, world.ours.id)]
                statement = statement.replace("COLUMN", field.column)
                code = refused(statement, [_an_id(field.related_model, world.theirs.id), one], world.ours.id)
                assert code in (NO_SUCH_ROW, NOT_ALLOWED), f"{model.__name__}.{field.name}: {code}"


def _an_id(model, school: int) -> int:
    with writing(school):
        return model._default_manager.filter(school_id=school).values_list("pk", flat=True).first()


@pytest.mark.parametrize("setting", ["''", "'7'", "'{x}'"])
def test_a_setting_that_is_no_list_of_schools_is_an_error_not_an_empty_answer(world: World, setting: str) -> None:
    def look() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"set local itrack.school = {setting}")
            cursor.execute("select count(*) from pupils_pupil")

    with pytest.raises(DatabaseError):
        look()


def test_a_connection_on_which_no_school_was_set_cannot_ask_at_all(db) -> None:
    told = connection.get_connection_params()
    known = {key: told[key] for key in ("dbname", "host", "port", "password") if told.get(key)}
    add = "insert into schools_school (urn, la, estab, name, country) values ('999999', '999', '9999', 'Brief', 'ENG')"

    with psycopg.connect(**known, user="itrack_owner", autocommit=True) as owner:
        owner.execute(add)
        try:
            with (
                psycopg.connect(**known, user=told["user"]) as fresh,
                pytest.raises(psycopg.Error, match=r"itrack\.school"),
            ):
                fresh.execute("set role itrack_reader").execute("select 1 from schools_school")
        finally:
            owner.execute("delete from schools_school where urn = '999999'")
