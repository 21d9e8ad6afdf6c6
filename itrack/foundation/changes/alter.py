"""Altering rows in place, for the few tables that are not versions, in a way that undo can put back."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from itrack.foundation.models import Recorded
from itrack.foundation.versions import Deed


def alter(
    model: type[Recorded], *, deed: Deed, rows: Sequence[Any], fields: Sequence[str], pupils: bool = False
) -> None:
    """Keeps each row as it stands in the database, then stores the given fields of the objects passed.

    `pupils=True` when the rows are pupils, so that erasing a pupil finds what was kept.
    """
    if not rows:
        return
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            'insert into foundation_replaced (school_id, change_set_id, "table", row_id, pupil_id, before) '  # noqa: S608
            f"select school_id, %s, %s, id, {'id' if pupils else 'null'}, to_jsonb(was) from {table} was "
            "where school_id = %s and id = any(%s)",
            [deed.change_set, model._meta.db_table, deed.school, [row.pk for row in rows]],
        )
    model._default_manager.bulk_update(rows, fields)
