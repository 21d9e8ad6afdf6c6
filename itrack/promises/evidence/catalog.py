"""What the database itself says of its tables, keys and rights. No row of a school is read here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

READER, PROGRAM = "itrack_reader", "itrack_app"

_TABLES = """
select c.relname,
    has_table_privilege(%(reader)s, c.oid, 'select') or has_any_column_privilege(%(reader)s, c.oid, 'select'),
    has_table_privilege(%(reader)s, c.oid, 'insert, update, delete, truncate')
        or has_any_column_privilege(%(reader)s, c.oid, 'insert, update'),
    exists (select 1 from pg_attribute a
        where a.attrelid = c.oid and a.attname = 'school_id' and not a.attisdropped),
    c.relrowsecurity,
    c.relforcerowsecurity and exists (select 1 from pg_policy p
        where p.polrelid = c.oid and p.polcmd = '*' and p.polroles = '{0}'
        and pg_get_expr(p.polqual, c.oid) like '(school_id = ANY %%itrack.school%%'
        and pg_get_expr(p.polwithcheck, c.oid) like '(school_id = ANY %%itrack.school%%')
from pg_class c
where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relnamespace = 'public'::regnamespace order by 1
"""


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view. `readable` and `writable` say what the reading role may; `of_school` that rows name a school.

    `walled`: row-level security is on, forced, and its policy asks for the school of every row, read or written.
    """

    name: str
    readable: bool
    writable: bool
    of_school: bool
    secured: bool
    walled: bool


def ask(statement: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def say(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def names(statement: str, values: Sequence[Any] = ()) -> list[str]:
    return [str(row[0]) for row in ask(statement, values)]


def tables() -> list[Table]:
    """Every table and view of the program, by name."""
    return [Table(*row) for row in ask(_TABLES, {"reader": READER})]


def borrowed_rights() -> list[str]:
    """Functions that run with their owner's rights: whoever may call one may do what its owner may."""
    return names(
        "select p.proname from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace "
        "and (has_function_privilege(%s, p.oid, 'execute') or has_function_privilege(%s, p.oid, 'execute')) order by 1",
        [READER, PROGRAM],
    )


def school_links() -> list[tuple[str, bool]]:
    """Foreign keys between tables of a school, each with whether the school is part of the key."""
    schools = [table.name for table in tables() if table.of_school]
    found = ask(
        "select k.conname, exists (select 1 from pg_attribute a where a.attrelid = k.conrelid "
        "and a.attname = 'school_id' and a.attnum = any(k.conkey)) from pg_constraint k "
        "where k.contype = 'f' and k.conrelid::regclass::text = any(%s) and k.confrelid::regclass::text = any(%s)",
        [schools, schools],
    )
    return [(str(name), bool(carries)) for name, carries in found]


def columns() -> list[tuple[str, str]]:
    """(table, column) of everything stored."""
    found = ask(
        "select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid "
        "where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace "
        "and a.attnum > 0 and not a.attisdropped order by 1, 2"
    )
    return [(str(table), str(column)) for table, column in found]
