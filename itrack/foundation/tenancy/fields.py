"""Foreign keys between rows of one school.

Django sees a plain key to `id`; the database's own key is `(school_id, x_id)`, written by `SchoolKeys`.
A judgement therefore cannot point at another school's pupil, whatever the program believes.
"""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from django.db.models.fields import Field


class OfSchool(models.ForeignKey[Any, Any]):
    """A foreign key that joins on the school as well. Constraint and index are `SchoolKeys`' and `Meta`'s work."""

    def __init__(self, to: Any, on_delete: Any = models.CASCADE, **options: Any) -> None:
        options["db_constraint"] = False
        options.setdefault("db_index", False)
        super().__init__(to, on_delete, **options)

    def get_joining_fields(self, reverse_join: bool = False) -> tuple[tuple["Field[Any, Any]", "Field[Any, Any]"], ...]:
        pair = (self.model._meta.get_field("school"), self.related_model._meta.get_field("school"))
        ours: Any = pair[::-1] if reverse_join else pair
        return (*super().get_joining_fields(reverse_join), ours)


class SchoolOwned(models.Model):
    """A row that belongs to one school. Its model declares `PersonalData`; its migration ends with `SchoolKeys`."""

    # No constraint of its own: a row's keys to other rows of its school lead to one that has it (see SchoolKeys).
    school = models.ForeignKey("schools.School", models.CASCADE, related_name="+", db_index=False, db_constraint=False)

    class Meta:
        abstract = True
