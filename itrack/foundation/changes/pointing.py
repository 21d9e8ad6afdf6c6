"""Which rows others point at, so that a page can say beforehand what may no longer be removed or redefined."""

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from itrack.foundation.models import Recorded
from itrack.foundation.tenancy.fields import OfSchool, SchoolOwned


def rows_in_use(model: type[Recorded], *, school: int, but: Collection[type[SchoolOwned]] = ()) -> set[int]:
    """The ids of those rows of a table that a row of some other table names, standing or ended. One question.

    `but` are tables whose naming is no use: the parts of what is asked about.
    """
    named = Q(pk__in=[])
    for other in apps.get_models():
        if issubclass(other, SchoolOwned) and other not in but:
            for field in other._meta.local_fields:
                if isinstance(field, OfSchool) and field.related_model is model:
                    rows: Any = other._default_manager.filter(school_id=school)
                    named |= Q(Exists(rows.filter(**{field.attname: OuterRef("pk")})))
    found: Any = model._default_manager.filter(named, school_id=school)
    return set(found.values_list("pk", flat=True))
