"""Fifty requests in the same moment, in fifty transactions of their own."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.test import Client

from itrack.accounts.actions.holdups import count_wrong
from itrack.accounts.models import Holdup, KnownDevice
from itrack.accounts.rules_holdups import GUESSES, QUARREL
from itrack.accounts.rules_links import digest, new_token
from tests.accounts.browsers import is_in, live, reasons, try_in
from tests.cast import PASSWORD, Cast, build_cast

FIFTY = 50
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committed(transactional_db: None) -> Iterator[Cast]:
    """The cast, committed, at a moment that stands still."""
    with time_machine.travel(NINE, tick=False):
        yield build_cast()


def at_once(deeds: list[Callable[[], int]]) -> list[int]:
    """Does all of them in the same moment, each on a connection of its own."""
    ready = Barrier(len(deeds))

    def do(deed: Callable[[], int]) -> int:
        ready.wait(timeout=60)
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as people:
        return [done.result(timeout=120) for done in [people.submit(do, deed) for deed in deeds]]


def sign_in(client: Client, name: str, password: str = PASSWORD) -> Callable[[], int]:
    return lambda: try_in(client, name, password).status_code


def known_browser(person: int) -> Client:
    """A browser in which this person has signed in before."""
    token, client = new_token(), Client()
    KnownDevice.objects.create(person_id=person, digest=digest(token), made_at=NINE, used_at=NINE)
    client.cookies["itrack_device"] = token
    return client


def test_of_fifty_sign_ins_at_once_exactly_one_holds(committed: Cast) -> None:
    clients = [known_browser(committed.tom.person) for _ in range(FIFTY)]

    answers = at_once([sign_in(client, "tom") for client in clients])

    assert answers == [302] * FIFTY, "all fifty were real"
    assert len(live(committed, "tom")) == 1
    assert sorted(reasons(committed, "tom")) == ["", *["replaced"] * (FIFTY - 1)]
    assert [is_in(client) for client in clients].count(True) == 1


def test_of_fifty_strangers_with_the_right_password_all_are_let_in_and_one_holds(committed: Cast) -> None:
    clients = [Client() for _ in range(FIFTY)]

    answers = at_once([sign_in(client, "tom") for client in clients])

    assert answers == [302] * FIFTY, "nobody mistyped anything"
    assert [is_in(client) for client in clients].count(True) == 1


def test_a_quarrel_over_an_account_is_slowed_down_and_called_one(committed: Cast) -> None:
    for _ in range(QUARREL.free):
        count_wrong(what=[f"replaced:{committed.tom.person}"], at=NINE)
    assert sign_in(Client(), "tom")() == 302, "nobody was put out yet"

    answer = try_in(Client(), "tom", PASSWORD)

    assert answer.status_code == 429
    assert "ended another" in answer.text


def test_of_fifty_wrong_passwords_at_once_no_more_are_looked_at_than_one_by_one(committed: Cast) -> None:
    answers = at_once([sign_in(Client(), "tom", f"Wrong-{n}") for n in range(FIFTY)])

    assert answers.count(422) == GUESSES.free
    assert answers.count(429) == FIFTY - GUESSES.free


def test_a_right_password_among_fifty_at_once_is_let_in_or_held_up_and_nothing_else(committed: Cast) -> None:
    answers = at_once([sign_in(Client(), "tom", PASSWORD if n % 10 == 0 else "Wrong-1") for n in range(FIFTY)])

    assert set(answers) <= {302, 422, 429}
    assert len(live(committed, "tom")) == min(1, answers.count(302))


def test_fifty_wrong_tries_counted_at_once_are_fifty(committed: Cast) -> None:
    def one_more() -> int:
        count_wrong(what=["source:198.51.100.7", "reset:tom"], at=NINE)
        return 0

    at_once([one_more] * FIFTY)

    assert set(Holdup.objects.values_list("tries", flat=True)) == {FIFTY}


def test_fifty_people_at_one_address_do_not_wait_for_one_another(committed: Cast) -> None:
    """Wrong tries against different names from one school: each is counted, and none deadlocks with another."""
    answers = at_once([sign_in(Client(), f"name-{n}", "Wrong-1") for n in range(FIFTY)])

    assert answers == [422] * FIFTY
    assert max(Holdup.objects.values_list("tries", flat=True)) == FIFTY
