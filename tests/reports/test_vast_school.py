"""A school of four thousand pupils: every report is a page, and asks no more questions than for forty."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from itrack.foundation.tenancy.windows import writing
from itrack.reports.catalogue.all import REPORTS
from itrack.reports.catalogue.declared import Report
from tests.cast import NOW, build_cast
from tests.reports.hostile import calm, mark_like, more_pupils
from tests.reports.school import mark
from tests.stage import STAGE

# One of each way of asking and of laying out; each takes seconds at this size.
TRIED = ("attainment", "groups", "rwm", "progress-matrix", "statutory-outcomes", "class-list")
OF_A_HEAD = {name: REPORTS[name] for name in TRIED}
EVERY = pytest.mark.parametrize("report", OF_A_HEAD.values(), ids=list(OF_A_HEAD))


@pytest.fixture(scope="module")
def vast(django_db_setup, django_db_blocker) -> Iterator[tuple[Client, dict[str, int]]]:
    """A school of four thousand pupils, and how many questions each report asked while it had forty."""
    with django_db_blocker.unblock():
        STAGE.clear()
        with transaction.atomic(), time_machine.travel(NOW, tick=False):
            cast = build_cast()
            few = more_pupils(cast, 40)
            with writing(cast.oakfield):
                for slot in (1, 2):
                    for subject in ("Reading", "Writing", "Maths"):
                        mark(cast.hana, subject, {who: "BWEG"[who % 4] for who in few}, slot=slot)
            hana = cast.client("hana")
            asked = {name: _questions(hana, name) for name in OF_A_HEAD}
            mark_like(cast, more_pupils(cast, 3960), like=few[0])
            with connection.cursor() as cursor:
                cursor.execute("analyze")
            yield hana, asked
            transaction.set_rollback(True)


def _questions(client: Client, name: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(f"/reports/{name}")
    calm(answer)
    assert answer.status_code == 200
    return len(asked)


@EVERY
def test_a_vast_school_asks_no_more_questions(report: Report, vast: tuple[Client, dict[str, int]]) -> None:
    hana, asked = vast

    assert _questions(hana, report.name) <= asked[report.name]
