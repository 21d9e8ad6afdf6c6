"""Questions that are composed once and asked often.

Django takes longer to put a question of the marks page into SQL than PostgreSQL takes to answer it. Composed once, with
blanks in the place of its values, it is the same queryset and costs the asking alone:

    _NAMES = Composed(lambda given: Group.objects.filter(school_id=given("school")).values_list("pk", "name"))
    _NAMES.rows(school=7)    # [(1, "4B"), (2, "4A")]

What varies must be a blank: whatever else the function reads when it composes stays as it was the first time. A list of
ids is given through `among("pupil_id", given("pupils"))`.

Of rows that a later one ends it is asked how they stand or how they stood, and that is not one question: ComposedAsAt.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, BooleanField, Expression, F, Func, QuerySet


@dataclass(frozen=True)
class _Blank:
    name: str


class _Given(Expression):
    """Stands in a question for a value, which is passed beside the SQL when it is asked, like any other value."""

    def __init__(self, name: str) -> None:
        super().__init__(output_field=BigIntegerField())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (_Blank(self.name),)


def among(column: str, ids: Any) -> Func:
    """Holds where the column is one of a list of ids, however long."""
    return Func(
        F(column), ids, arg_joiner=" = ANY(", template="%(expressions)s::bigint[])", output_field=BooleanField()
    )


class Composed:
    """`compose` is called once, with a function that makes a blank of a name; it answers a `values_list`."""

    def __init__(self, compose: Callable[[Callable[[str], Any]], QuerySet[Any, Any]]) -> None:
        self._compose = compose

    @cached_property
    def _said(self) -> tuple[str, tuple[Any, ...]]:
        sql, values = self._compose(_Given).query.get_compiler(connection=connection).as_sql()
        return sql, tuple(values)

    def rows(self, **given: Any) -> list[tuple[Any, ...]]:
        """The rows as the database sends them; every blank has to be given its value."""
        sql, values = self._said
        with connection.cursor() as cursor:
            cursor.execute(sql, [_given(given[one.name]) if isinstance(one, _Blank) else one for one in values])
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _given(value: Any) -> Any:
    """A list of ids as PostgreSQL writes one: put together number by number it takes the driver long."""
    return f"{{{','.join(map(str, map(int, value)))}}}" if isinstance(value, list) else value


class ComposedAsAt:
    """A question about versioned rows. `compose` is also given the moment: None for now, or a blank."""

    def __init__(self, compose: Callable[[Callable[[str], Any], Any], QuerySet[Any, Any]]) -> None:
        self._now = Composed(lambda given: compose(given, None))
        self._then = Composed(lambda given: compose(given, given("as_at")))

    def rows(self, *, as_at: datetime | None, **given: Any) -> list[tuple[Any, ...]]:
        return self._now.rows(**given) if as_at is None else self._then.rows(as_at=as_at, **given)
