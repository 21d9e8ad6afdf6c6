"""A report asks the database as often of a large school as of a small one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.reports.naive import fill

ASKED = {
    "groups": {"subject": "0", "crossed": "sen.disadvantage"},
    "rwm": {},
    "context": {},
    "headlines": {},
    "attendance": {"subject": "0"},
}


@pytest.mark.parametrize("name", ASKED)
def test_the_number_of_queries_does_not_grow_with_the_school(oakfield, name):
    client = oakfield.cast.client("hana")
    fill(oakfield, 2, size=6)
    small = _queries(client, name)
    fill(oakfield, 3, size=40, letter="D")

    large = _queries(client, name)

    assert large == small


def _queries(client, name: str) -> list[int]:
    counts = []
    for path in (f"/reports/{name}", f"/reports/{name}/names", f"/reports/{name}.csv"):
        with CaptureQueriesContext(connection) as caught:
            assert client.get(path, ASKED[name]).status_code == 200
        counts.append(len(caught))
    return counts
