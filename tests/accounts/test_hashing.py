"""Where a password meets its hash: few at once, one spelling, and no work for what is nobody's password."""

import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import Client

from itrack.accounts.actions import hashing
from itrack.accounts.actions.hashing import Busy, hashed, matches
from itrack.accounts.actions.passwords import set_password
from itrack.accounts.models import Holdup
from tests.cast import NOW, PASSWORD, Cast

ACCENTED = "Crème-brûlée-à-midi-8"


def enter(username: str, password: str) -> tuple[int, str]:
    answer = Client().post("/sign-in/enter", {"username": username, "password": password})
    return answer.status_code, answer.content.decode()


@contextmanager
def every_place_taken(settings) -> Iterator[None]:
    settings.HASHES_AT_ONCE, settings.HASH_PATIENCE = 1, 0.01
    with hashing._a_place():
        yield


def test_only_as_many_as_allowed_are_worked_out_at_once(settings, monkeypatch) -> None:
    settings.HASHES_AT_ONCE, settings.HASH_PATIENCE = 3, 30.0
    counting, now, most, full = threading.Lock(), [0], [0], threading.Event()

    def slow(password: str) -> str:
        with counting:
            now[0] += 1
            most[0] = max(most[0], now[0])
            if now[0] == 3:
                full.set()
        assert full.wait(10), "three never met"
        with counting:
            now[0] -= 1
        return "hash"

    monkeypatch.setattr(hashing, "make_password", slow)
    threads = [threading.Thread(target=hashed, args=(PASSWORD,)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert most[0] == 3


@pytest.mark.parametrize("name", ["tom", "nobody-at-all"])
def test_who_finds_no_place_is_told_to_come_again_known_or_not_and_no_try_is_counted(
    cast: Cast, settings, name
) -> None:
    with every_place_taken(settings):
        status, page = enter(name, PASSWORD)

    assert status == 503
    assert "Many people are signing in at this moment." in page
    assert not Holdup.objects.exists()
    assert enter("tom", PASSWORD)[0] == 302


def test_every_way_to_a_hash_takes_a_place(settings) -> None:
    with every_place_taken(settings):
        for way in (lambda: hashed(PASSWORD), lambda: matches(PASSWORD, None), lambda: matches(PASSWORD, "md5$a$b")):
            with pytest.raises(Busy):
                way()


def test_ten_thousand_characters_are_refused_before_any_work(cast: Cast, monkeypatch) -> None:
    def never(*given: object) -> bool:
        raise AssertionError("this would be hashed")

    monkeypatch.setattr(hashing, "check_password", never)
    monkeypatch.setattr(hashing, "make_password", never)

    assert enter("tom", "x" * 10_000)[0] == 422
    assert enter("tom", "x" * 300)[0] == 422
    assert not matches("x" * 10_000, "md5$a$b")


@pytest.mark.parametrize("sent", ["NFC", "NFD", "NFKC", "NFKD"])
def test_an_accent_typed_on_another_keyboard_still_opens_the_door(cast: Cast, sent) -> None:
    set_password(person=cast.tom.person, password=unicodedata.normalize("NFD", ACCENTED), at=NOW)

    assert enter("tom", unicodedata.normalize(sent, ACCENTED))[0] == 302


def test_half_an_emoji_is_a_wrong_password_and_no_breakdown(cast: Cast) -> None:
    assert not matches("Owls at dusk \ud83e 31", hashed(PASSWORD))


def test_nothing_stored_matches_nothing(cast: Cast) -> None:
    for nothing in (None, "", "!"):
        assert not matches("", nothing)
        assert not matches(PASSWORD, nothing)
