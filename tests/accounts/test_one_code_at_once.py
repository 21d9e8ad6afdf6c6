"""The same code in many hands in the same moment, each in a transaction of its own: one of them gets in."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pyotp
import pytest
import time_machine
from django.test import Client

from itrack.accounts.actions.factors import add_app, make_codes
from itrack.accounts.models import SecondFactor
from itrack.accounts.queries.factors import codes_left
from tests.accounts.post import empty_the_queue
from tests.accounts.test_fifty_at_once import at_once
from tests.accounts.test_second_factor import SECRET
from tests.cast import PASSWORD, Cast, build_cast

NOON = datetime(2026, 11, 24, 12, 0, 10, tzinfo=UTC)
MANY = 4  # fewer than the wrong tries after which anybody has to wait


@pytest.fixture
def committed(transactional_db: None) -> Iterator[Cast]:
    with time_machine.travel(NOON, tick=False):
        yield build_cast()
        empty_the_queue()


def after_password() -> Client:
    client = Client()
    assert client.post("/sign-in/enter", {"username": "tom", "password": PASSWORD})["Location"] == "/second-factor"
    return client


def giving(client: Client, kind: str, code: str) -> Callable[[], int]:
    return lambda: client.post("/second-factor/code", {"kind": kind, "code": code}).status_code


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_of_many_with_one_code_exactly_one_gets_in(committed: Cast, kind: str) -> None:
    tom = committed.tom.person
    add_app(person=tom, secret=SECRET, step=0, at=NOON)
    code = {"recovery": make_codes(person=tom, at=NOON)[0], "app": pyotp.TOTP(SECRET).at(NOON)}[kind]
    clients = [after_password() for _ in range(MANY)]

    answers = at_once([giving(client, kind, code) for client in clients])

    assert sorted(answers) == [302, *[422] * (MANY - 1)]
    assert sum(client.get("/").status_code == 200 for client in clients) == 1
    assert codes_left(person=tom) == (9 if kind == "recovery" else 10)
    assert SecondFactor.objects.filter(person_id=tom, kind="app").count() == 1
