"""What a change set touched, and what has come to depend on it since.

The models are walked, so a new table needs no list here.
"""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Count, Exists, Max, OuterRef, Q

from itrack.foundation.models import ChangeSet, Recorded, Replaced, Versioned
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.fields import OfSchool, SchoolOwned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet


def recorded_models() -> list[type[Recorded]]:
    """Every table whose rows a change set brings."""
    return [model for model in apps.get_models() if issubclass(model, Recorded)]


def rows_of(model: type[SchoolOwned], deed: ChangeSet) -> "QuerySet[Any]":
    """All rows of a table in the deed's school. Untyped, because the model is whichever the walk has come to."""
    return model._default_manager.filter(school_id=deed.school_id)


def state_of_record(*, school: int) -> tuple[int, int, int]:
    """Differs whenever a deed was done or taken back: what was worked out of the record before may be used as long as
    it is the same. (How many deeds, how many of them undone, the last.)"""
    deeds = ChangeSet.objects.filter(school_id=school)
    told = deeds.aggregate(done=Count("pk"), undone=Count("undone_at"), last=Max("pk"))
    return told["done"], told["undone"], told["last"] or 0


def later_changes_to(deed: ChangeSet) -> list[ChangeSet]:
    """The change sets, not themselves undone, that ended or altered rows this one brought or altered."""
    later: set[int] = set()
    for model in recorded_models():
        brought = rows_of(model, deed).filter(added_by_id=deed.pk)
        if issubclass(model, Versioned):
            ended = brought.filter(ended_by__isnull=False).exclude(ended_by_id=deed.pk)
            later.update(ended.values_list("ended_by_id", flat=True))
        later.update(_altered_later(deed, model._meta.db_table, brought.values("pk")))
    for table in Replaced.objects.filter(school_id=deed.school_id, change_set_id=deed.pk).values("table").distinct():
        ours = Replaced.objects.filter(school_id=deed.school_id, change_set_id=deed.pk, table=table["table"])
        later.update(_altered_later(deed, table["table"], ours.values("row_id")))
    return list(ChangeSet.objects.filter(school_id=deed.school_id, pk__in=later).order_by("pk"))


def _altered_later(deed: ChangeSet, table: str, rows: Any) -> "Iterator[int]":
    later = Replaced.objects.filter(
        school_id=deed.school_id,
        table=table,
        row_id__in=rows,
        change_set_id__gt=deed.pk,
        change_set__undone_at__isnull=True,
    )
    return later.values_list("change_set_id", flat=True).distinct().iterator()


def dependants_of(deed: ChangeSet) -> dict[str, int]:
    """How many rows of other origin point at rows this change set brought: {"judgements": 12}."""
    found: dict[str, int] = {}
    for model, fields in _keys_into_recorded_tables():
        # A row that points at several of them is one row.
        points_at_ours = reduce(or_, (Q(Exists(_brought(field, deed))) for field in fields))
        rows = rows_of(model, deed).filter(points_at_ours)
        if issubclass(model, Recorded):
            rows = rows.filter(~Q(added_by_id=deed.pk), added_by__undone_at__isnull=True)
        if count := rows.count():
            words = str(model._meta.verbose_name_plural if count != 1 else model._meta.verbose_name)
            found[words] = count
    return found


def _brought(field: OfSchool, deed: ChangeSet) -> "QuerySet[Any]":
    target: Any = field.related_model
    return rows_of(target, deed).filter(added_by_id=deed.pk, pk=OuterRef(field.attname))


def _keys_into_recorded_tables() -> "Iterator[tuple[type[SchoolOwned], list[OfSchool]]]":
    for model in apps.get_models():
        if not issubclass(model, SchoolOwned):
            continue
        keys = [field for field in model._meta.local_fields if isinstance(field, OfSchool)]
        if into := [key for key in keys if issubclass(key.related_model, Recorded)]:
            yield model, into


def kind_of(*, school: int, change_set: int) -> tuple[str, int]:
    """The kind of a change set and the member who made it; refused when this school has no such change set."""
    found = ChangeSet.objects.filter(school_id=school, pk=change_set).values_list("kind", "by_id").first()
    if found is None:
        raise Refused(f"There is no change set {change_set} in this school. Nothing was changed.")
    return found


def said_by(changes: list[ChangeSet]) -> str:
    """The later deeds in words: "marks entered on 3 November 2026 (change set 41)"."""
    return "; ".join(
        f"{change.get_kind_display().lower()} on {change.at.day} {change.at:%B %Y} (change set {change.pk})"
        for change in changes
    )
