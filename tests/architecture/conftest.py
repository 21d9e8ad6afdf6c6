"""Oakfield and Thornhill, each with something in every table: built once a file, and put back after each test."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.architecture.world import World, build_world
from tests.cast import build_cast
from tests.stage import STAGE


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock():
        STAGE.clear()
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world(build_cast())
        transaction.set_rollback(True)


@pytest.fixture
def world(built: World, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield built
        transaction.set_rollback(True)
