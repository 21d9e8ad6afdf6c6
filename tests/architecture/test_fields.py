"""Every stored field says whose data it is: silence is no answer."""

import pytest
from django.apps import apps

from itrack.config.registry import OF_PACKAGES, data_map
from itrack.foundation.personal_data import Blank, Delete, NotPersonal, Purpose, SchoolData, Subject, UntilAfter

OURS = [model for model in apps.get_models() if model.__module__.startswith("itrack.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_field_is_either_exported_or_internal(model) -> None:
    declared = vars(model).get("PersonalData")
    assert declared is not None, f"{model.__name__} does not say whose data it holds"
    if isinstance(declared, NotPersonal):
        assert declared.why
        return
    fields = {field.name for field in model._meta.concrete_fields}

    assert issubclass(declared, SchoolData)
    assert not set(declared.export) & set(declared.internal), "said twice"
    assert set(declared.export) | set(declared.internal) == fields


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_declaration_is_whole(model) -> None:
    declared = model.PersonalData
    if isinstance(declared, NotPersonal):
        return
    first = declared.reach.split(".")[0]

    assert isinstance(declared.about, Subject)
    assert isinstance(declared.purpose, Purpose)
    assert isinstance(declared.erase, Delete | Blank)
    assert isinstance(declared.keep, UntilAfter)
    assert all(declared.export.values()), "a parent reads these words"
    assert first in {field.name for field in model._meta.concrete_fields}


def test_a_model_with_a_name_or_a_birthday_in_it_is_somebodys() -> None:
    telling = {"surname", "forename", "dob", "upn", "username", "password"}
    for model in OURS:
        told = {field.name for field in model._meta.concrete_fields if telling & set(field.name.split("_"))}
        assert not (told and isinstance(model.PersonalData, NotPersonal)), f"{model.__name__}: {told}"


def test_the_data_map_holds_every_column_of_every_table() -> None:
    mapped = {(row["table"], row["field"]) for row in data_map()}
    stored = {(m._meta.db_table, f.column) for m in apps.get_models() for f in m._meta.concrete_fields}

    assert stored <= mapped
    assert {model._meta.app_label for model in apps.get_models() if model not in OURS} <= set(OF_PACKAGES)
