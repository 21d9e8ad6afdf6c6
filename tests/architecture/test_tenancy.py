"""The school in every key, and the wall on every table: read from the database's own catalog."""

import json
import subprocess
import sys

import pytest
from django.apps import apps
from django.db import DatabaseError, connection

from itrack.foundation.tenancy.fields import OfSchool, SchoolOwned
from itrack.foundation.tenancy.windows import reading
from itrack.promises.evidence import catalog
from itrack.schools.models import School

PEOPLE = ("pupil", "pupil_id", "member", "member_id", "by", "teacher", "added_by")


def by_name() -> dict[str, catalog.Table]:
    return {table.name: table for table in catalog.tables()}


def school_models() -> list[type[SchoolOwned]]:
    return [model for model in apps.get_models() if issubclass(model, SchoolOwned)]


def key_columns(kind: str, table: str) -> dict[str, list[str]]:
    """Constraints of one kind on a table, each with its columns in order."""
    return dict(
        catalog.ask(
            "select k.conname, array_agg(a.attname::text order by place) from pg_constraint k, "
            "unnest(k.conkey) with ordinality as one(number, place), pg_attribute a where k.contype = %s "
            "and k.conrelid = %s::regclass and a.attrelid = k.conrelid and a.attnum = one.number group by 1",
            [kind, table],
        )
    )


def test_every_school_table_is_keyed_by_its_school(db) -> None:
    for model in school_models():
        assert list(key_columns("p", model._meta.db_table).values()) == [["school_id", "id"]], model.__name__


def test_every_unique_key_of_a_school_begins_with_the_school(db) -> None:
    for model in school_models():
        found = catalog.ask(
            "select i.indexrelid::regclass::text, a.attname from pg_index i join pg_attribute a "
            "on a.attrelid = i.indrelid and a.attnum = i.indkey[0] where i.indisunique and i.indrelid = %s::regclass",
            [model._meta.db_table],
        )
        assert {column for _, column in found} == {"school_id"}, found


def test_every_key_between_schools_rows_carries_the_school(db) -> None:
    expected = {
        (model._meta.db_table, field.column)
        for model in school_models()
        for field in model._meta.local_fields
        if field.is_relation
        and field.related_model not in (School, None)
        and "school" in fields_of(field.related_model)
    }
    held = {
        (model._meta.db_table, columns[1])
        for model in school_models()
        for columns in key_columns("f", model._meta.db_table).values()
        if len(columns) == 2 and columns[0] == "school_id"
    }

    assert expected
    assert expected == held
    assert all(carries for _, carries in catalog.school_links())


def fields_of(model) -> set[str]:
    return {field.name for field in model._meta.local_fields}


def test_every_key_between_schools_rows_is_one_of_ours() -> None:
    for model in school_models():
        for field in model._meta.local_fields:
            if field.is_relation and issubclass(field.related_model, SchoolOwned):
                assert isinstance(field, OfSchool), f"{model.__name__}.{field.name}"


def test_every_school_table_is_behind_the_wall(db) -> None:
    tables = by_name()

    assert school_models()
    for model in school_models():
        table = tables[model._meta.db_table]
        assert (table.of_school, table.secured, table.walled) == (True, True, True), table


def test_every_model_that_holds_a_person_carries_the_school() -> None:
    for model in apps.get_models():
        if model.__module__.startswith("itrack.") and set(PEOPLE) & fields_of(model):
            assert issubclass(model, SchoolOwned), model.__name__


def test_reading_sees_no_table_without_a_wall(db) -> None:
    open_to_reading = {table.name for table in catalog.tables() if table.readable and not table.secured}

    assert not open_to_reading


def test_the_reading_role_may_write_nothing_and_borrow_nothing(db) -> None:
    assert not [table.name for table in catalog.tables() if table.writable]
    assert not catalog.borrowed_rights()
    assert not catalog.ask("select 1 from pg_auth_members where member = 'itrack_reader'::regrole")
    assert not catalog.names(
        "select relname from pg_class where case when relkind = 'S' "
        "then has_sequence_privilege('itrack_reader', oid, 'usage, update') end"
    )


def test_no_view_shows_rows_with_its_owners_eyes(db) -> None:
    assert not catalog.names(
        "select relname from pg_class where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace"
    )


@pytest.mark.parametrize("role", ["itrack_app", "itrack_reader"])
def test_the_programs_roles_stand_below_the_wall(db, role: str) -> None:
    powers = catalog.ask(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, has_schema_privilege(oid, 'public', 'create'), "
        "has_function_privilege(oid, 'set_config(text, text, boolean)', 'execute') from pg_roles where rolname = %s",
        [role],
    )

    assert powers == [(False,) * 6]


@pytest.mark.parametrize(
    "call", ["procrastinate_finish_job_v1(1, 'succeeded', true)", "procrastinate_register_worker_v1()"]
)
def test_reading_cannot_write_by_way_of_a_function(db, call: str) -> None:
    def attempt() -> None:
        with reading(1):
            catalog.ask(f"select {call}")

    with pytest.raises(DatabaseError):
        attempt()


# What pgrls says of us on purpose, rule by rule: (rule, where it may say so) and why.
KNOWN = {
    ("SEC001", "no row of a school is in it, and reading has no right to it"): lambda one: not by_name()[one].readable,
    ("SEC003", "the policy holds for whoever asks; rights are given to two roles only"): lambda one: one.endswith(
        ".school"
    ),
    ("SEC002", "the owner's keys to the table of schools must see it"): lambda one: one == "schools_school",
    ("SEC005", "the program looks a school up before one is chosen"): lambda one: one == "schools_school.tenants",
    ("SEC008", "the same"): lambda one: one == "schools_school.tenants",
    ("SEC028", "the same"): lambda one: one == "schools_school.tenants",
    ("SEC038", "the same; reading has a policy of its own"): lambda one: one == "schools_school.tenants",
    ("PERF003", "only the nightly delete meets it, by the index on school and time"): lambda one: (
        one == "foundation_auditentry.aged"
    ),
    ("SEC016", "a backup must be whole"): lambda one: one == "itrack_backup",
}


def test_a_linter_for_row_level_security_finds_nothing_new(db) -> None:
    new = [f"{one['rule_id']} {one['location']}: {one['message']}" for one in linted() if not known(one)]

    assert not new, "\n".join(new)


def known(one: dict[str, str]) -> bool:
    where = one["location"].removeprefix("public.")
    return one["severity"] == "info" or any(rule == one["rule_id"] and fits(where) for (rule, _), fits in KNOWN.items())


def linted() -> list[dict[str, str]]:
    told = connection.get_connection_params()
    words = {"host": told.get("host"), "port": told.get("port"), "dbname": told["dbname"], "user": "itrack_owner"}
    address = " ".join(f"{name}={value}" for name, value in words.items() if value)
    command = [sys.executable, "-m", "pgrls", "lint", "--format", "json", "--database-url", address]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)["violations"]
