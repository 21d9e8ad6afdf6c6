"""Storing facts that are never overwritten.

    merge(Result, into=target, key=("pupil_id", "stage"), values=("result",), rows=[(17, "KS2", "104")])

A row equal to what stands is left alone, so the same import twice changes nothing. A row that differs ends what stood
and stands itself. What is not mentioned is not touched: a partial file never deletes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from itrack.foundation.bulk import column_types, copied
from itrack.foundation.models import Versioned

MANY = 400  # rows; from about here on copying beats sending them inside the statement


@dataclass(frozen=True, slots=True)
class Deed:
    """In whose name and when rows are stored: the school, the open change set and the moment."""

    school: int
    change_set: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Merged:
    """How many rows now stand that did not before, and how many of those took the place of another."""

    added: int
    replaced: int


def merge(
    model: type[Versioned], *, deed: Deed, key: Sequence[str], values: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> Merged:
    """Stores `rows` (each the key's columns, then the values') in one statement, whatever their number.

    Two rows of one key are one fact said twice: the later counts.
    """
    if not rows:
        return Merged(0, 0)
    latest = list({row[: len(key)]: row for row in rows}.values())
    columns = column_types(model, [*key, *values])
    with connection.cursor() as cursor:
        if len(latest) <= MANY:
            return _merge(cursor, _statement(model, _inline(columns), key, values), _arrays(latest), deed)
        with copied(cursor, columns, latest) as told:
            cursor.execute(f"analyze {told}")  # it is about to be joined
            return _merge(cursor, _statement(model, told, key, values), [], deed)


def _merge(cursor: Any, statement: str, arrays: list[list[Any]], deed: Deed) -> Merged:
    said_by = [deed.at, deed.change_set, deed.school, deed.school, deed.change_set, deed.at, deed.school]
    cursor.execute(statement, [*arrays, *said_by])
    return Merged(*cursor.fetchone())


def _arrays(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _inline(columns: Mapping[str, str]) -> str:
    """A few rows travel inside the statement."""
    arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
    return f"unnest({arrays}) as t({', '.join(columns)})"


def _statement(model: type[Versioned], told: str, key: Sequence[str], values: Sequence[str]) -> str:
    """Ends what stood, then inserts: a fact may stand only once, and counting `stood` makes PostgreSQL wait for it."""
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join([*key, *values])
    same_key = " and ".join(_same(model, name) for name in key)
    same = " and ".join(f"stands.{name} is not distinct from said.{name}" for name in values) or "true"
    return (
        f"with said as (select * from {told}), "  # noqa: S608 - every name comes from the model
        f"stood as (update {table} as stands set ended_at = %s, ended_by_id = %s from said "
        f"where stands.school_id = %s and stands.ended_at is null and {same_key} and not ({same}) returning 1), "
        f"added as (insert into {table} (school_id, added_by_id, added_at, {names}) "
        f"select %s, %s, %s, {names} from said where (select count(*) from stood) >= 0 and not exists "
        f"(select 1 from {table} as stands where stands.school_id = %s and stands.ended_at is null "
        f"and {same_key} and {same}) returning 1) "
        "select (select count(*) from added), (select count(*) from stood)"
    )


def _same(model: type[Versioned], name: str) -> str:
    """Where a column cannot be empty plain equality says the same, and an index answers it."""
    (field,) = (field for field in model._meta.local_concrete_fields if field.column == name)
    return f"stands.{name} {'is not distinct from' if field.null else '='} said.{name}"
