"""What the program declares about itself, as data: its pages, and every field it stores."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

from itrack.foundation.personal_data import NotPersonal, SchoolData
from itrack.foundation.routes import every_route
from itrack.foundation.viewer import Role

NOBODY = "nobody"
# Tables that come with packages cannot carry a declaration of ours, so it stands here: whose, why, until when, erased.
OF_PACKAGES: dict[str, tuple[str, str, str, str]] = {
    "sessions": ("member of staff", "keeping somebody signed in", "24 hours after signing in", "row deleted"),
    "procrastinate": ("member of staff", "work in the background; ids alone", "the work is done", "row deleted"),
    "auth": (NOBODY, "the framework's own; empty", "always", "nothing to erase"),
    "contenttypes": (NOBODY, "the framework's own list of tables", "always", "nothing to erase"),
}


def pages_data() -> list[dict[str, Any]]:
    """Every page by its route: who may open it, whether it writes, whether each look is logged."""
    declared = [(route.pattern, route.declared) for route in every_route()]
    return [
        {"route": route, "name": page.name, "may": page.may.words(), "writes": page.writes, "logged": page.logged}
        for route, page in sorted(declared, key=lambda told: told[0])
        if page is not None
    ]


def questions_of_the_walk() -> int:
    """How many answers the tests compare with the matrix: addresses × (roles and a stranger), and those with an id in
    them once more with another school's.
    """
    with_an_id = [route for route in every_route() if "int" in route.parameters.values()]
    return (len(every_route()) + len(with_an_id)) * (len(Role) + 1)


def data_map() -> list[dict[str, str]]:
    """Every stored field, table by table: whose it is, why, what an export calls it, how long it is kept."""
    return [row for model in sorted(_stored(), key=lambda one: one._meta.db_table) for row in _rows(model)]


def _stored() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed or _foreign(model)]


def _foreign(model: type[Model]) -> bool:
    return not model.__module__.startswith("itrack.")


def _rows(model: type[Model]) -> Iterator[dict[str, str]]:
    declared = OF_PACKAGES[model._meta.app_label] if _foreign(model) else model.PersonalData  # type: ignore[attr-defined]
    for field in model._meta.concrete_fields:
        yield {"table": model._meta.db_table, "field": str(field.column), **_told(declared, field)}


def _told(declared: Any, field: "Field[Any, Any]") -> dict[str, str]:
    if isinstance(declared, NotPersonal):
        return _words(NOBODY, declared.why, "", "always", "nothing to erase")
    if isinstance(declared, tuple):
        whose, why, kept, erased = declared
        return _words(whose, why, "", kept, erased)
    return _of_a_person(declared, field.name)


def _of_a_person(declared: type[SchoolData], field: str) -> dict[str, str]:
    exported = declared.export.get(field, "")
    return _words(declared.about.value, declared.purpose.value, exported, declared.keep.words(), declared.erase.words())


def _words(whose: str, purpose: str, exported_as: str, kept_until: str, erased: str) -> dict[str, str]:
    return {
        "whose": whose,
        "purpose": purpose,
        "exported_as": exported_as,
        "kept_until": kept_until,
        "erased": erased,
    }
