"""What is remembered of columns, and the subjects a column of marks may be of."""

from collections.abc import Sequence

from itrack.curriculum.api import subjects
from itrack.spreadsheets.models import RememberedColumn
from itrack.spreadsheets.rules.columns import Column, key_of
from itrack.spreadsheets.rules.kinds import Field, Kind, fields_of


def remembered(*, school: int, kind: Kind) -> dict[str, str]:
    """Key of a column's name → the field it was last chosen to be, "" for none."""
    rows = RememberedColumn.objects.filter(school_id=school, kind=kind)
    return dict(rows.values_list("name", "field"))


def fields_here(*, school: int, kind: Kind) -> Sequence[Field]:
    """What a column may be, in this school."""
    return fields_of(kind, subjects(school=school) if kind == Kind.MARKS else ())


def is_known(columns: Sequence[Column], memory: dict[str, str]) -> bool:
    """Whether somebody has chosen for every one of the columns before."""
    return all(key_of(column.name) in memory for column in columns if column.name)
