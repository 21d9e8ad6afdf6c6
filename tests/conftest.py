"""Every test that touches data runs as the program's own role, with row-level security on."""

import gc
import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from coverage import Coverage
from django.db import connection, connections
from django.test.utils import setup_databases, teardown_databases
from hypothesis import HealthCheck, settings

from tests.cast import Cast, build_cast
from tests.stage import STAGE

# A slow machine is no failure: what is fast enough is measured in benchmarks/. The same tree tries the same examples
# every time, so that a red run can be had again; ITRACK_TEST_EXPLORE=1000 looks for new ones, so many of each.
_EXPLORE = int(os.environ.get("ITRACK_TEST_EXPLORE", 0))
settings.register_profile(
    "itrack",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=not _EXPLORE,
    max_examples=_EXPLORE or 100,
)
settings.load_profile("itrack")


PRODUCT = Path(__file__).parents[1] / "itrack"


def pytest_collection_finish() -> None:
    """While coverage watches: the lines of a module that is first imported for a request are gone through too.

    What stands by now stands to the end, so nobody need look through it for rubbish again and again.
    """
    import_module("itrack.config.urls")
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Coverage watches the tests of the domains it measures alone: to be watched takes half as long again."""
    watching = Coverage.current()
    if watching is None or _measured(watching, item.path.parent.name):
        return (yield)
    watching.stop()
    try:
        return (yield)
    finally:
        watching.start()


def _measured(watching: Coverage, domain: str) -> bool:
    omitted = f"itrack/{domain}/*" in (watching.get_option("run:omit") or ())
    return not omitted and any((PRODUCT / domain).glob("rules*"))


@pytest.fixture(scope="session")
def django_db_setup(
    request, django_test_environment, django_db_blocker, django_db_modify_db_settings
) -> Iterator[None]:
    """Migrates as the owner, then hands over to the role the program uses. --reuse-db keeps what it made."""
    kept = request.config.getvalue("reuse_db")
    default = connections["default"]
    program = default.settings_dict["USER"]
    with django_db_blocker.unblock():
        default.settings_dict["USER"] = "itrack_owner"
        old = setup_databases(verbosity=0, interactive=False, serialized_aliases=set(), keepdb=kept)
        with connection.cursor() as cursor:
            # Only here: transactional tests empty the tables behind them.
            cursor.execute("grant truncate on all tables in schema public to itrack_app")
        default.close()
        default.settings_dict["USER"] = program
    yield
    with django_db_blocker.unblock():
        STAGE.clear()
        default.close()
        default.settings_dict["USER"] = "itrack_owner"
        teardown_databases(old, verbosity=0, keepdb=kept)


@pytest.fixture(autouse=True)
def stage(request, django_db_blocker) -> None:
    """Comes before `db`, whose savepoint then stands inside the transaction of the cast."""
    asked = set(request.fixturenames)
    if not asked & {"db", "transactional_db"} and request.node.get_closest_marker("django_db") is None:
        return
    request.getfixturevalue("django_db_setup")
    with django_db_blocker.unblock():
        STAGE.set() if "cast" in asked and not _commits(request, asked) else STAGE.clear()


def _commits(request, asked: set[str]) -> bool:
    marked = request.node.get_closest_marker("django_db")
    return "transactional_db" in asked or bool(marked and marked.kwargs.get("transaction"))


@pytest.fixture
def cast(stage, db) -> Cast:
    """Oakfield, Thornhill and their staff, as they were before any test touched them."""
    return STAGE.cast or build_cast()
