"""Putting back what a change set did, table by table, in statements rather than row by row."""

from django.db import connection, models

from itrack.foundation.changes.queries import recorded_models, rows_of
from itrack.foundation.models import ChangeSet, Replaced, Versioned


def put_back(deed: ChangeSet) -> None:
    """Removes the rows the deed brought, reopens those it ended and restores those it altered in place.

    Keys between rows are checked at the end of the transaction, so the order of the tables does not matter; versions
    are removed before they are reopened, since one fact may stand only once.
    """
    versions = [model for model in recorded_models() if issubclass(model, Versioned)]
    plain = [model for model in recorded_models() if not issubclass(model, Versioned)]
    for model in [*versions, *plain]:
        brought = rows_of(model, deed).filter(added_by_id=deed.pk)
        brought._raw_delete(brought.db)
    for model in versions:
        ended = rows_of(model, deed).filter(ended_by_id=deed.pk)
        ended.update(ended_at=None, ended_by=None)
    _restore_altered(deed)


def _restore_altered(deed: ChangeSet) -> None:
    tables = Replaced.objects.filter(school_id=deed.school_id, change_set_id=deed.pk).values_list("table", flat=True)
    known = {model._meta.db_table: model for model in recorded_models()}
    for table in set(tables):
        _restore_table(known[table], deed)


def _restore_table(model: type[models.Model], deed: ChangeSet) -> None:
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = [quote(str(field.column)) for field in model._meta.local_concrete_fields if not field.primary_key]
    assignments = ", ".join(f"{column} = was.{column}" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {table} as now set {assignments} "  # noqa: S608 - every name comes from the model
            f"from foundation_replaced old, jsonb_populate_record(null::{table}, old.before) was "
            "where now.school_id = %s and old.school_id = now.school_id and old.change_set_id = %s "
            "and old.table = %s and old.row_id = now.id",
            [deed.school_id, deed.pk, model._meta.db_table],
        )
