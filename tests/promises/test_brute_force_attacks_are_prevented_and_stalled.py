"""P25: somebody guesses, from one place and from many; the guesses are stalled and the owner is not."""

from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest
import time_machine
from django.test import Client

from itrack.accounts import rules_holdups
from itrack.accounts.actions.factors import add_app
from itrack.accounts.actions.holdups import count_wrong, hold_back, wait_for
from itrack.accounts.models import Holdup
from itrack.accounts.rules_holdups import GUARDED, Pace
from itrack.foundation import clock
from tests.accounts.browsers import guess, is_in, try_in
from tests.architecture.world import World
from tests.promises.breaking import what_is_seen

NAME = "brute_force_attacks_are_prevented_and_stalled"
START = clock.now().replace(microsecond=0)


@pytest.fixture
def moment() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as travel:
        yield travel


def test_ten_guesses_in_five_minutes_and_the_right_password_is_refused_until_the_wait_ends(
    world: World, moment: time_machine.Traveller
) -> None:
    looked_at = 0
    for _ in range(60):
        looked_at += guess("tom", 1) == [422]
        moment.shift(timedelta(seconds=5))
    assert looked_at <= 10

    refused = try_in(Client(), "tom")
    assert refused.status_code == 429
    moment.shift(timedelta(seconds=int(refused["Retry-After"])))
    assert try_in(Client(), "tom").status_code == 302


def test_the_wait_grows_with_each_guess(world: World, moment: time_machine.Traveller) -> None:
    guess("tom", 5)
    waits = []
    for _ in range(5):
        waits.append(int(try_in(Client(), "tom", "Wrong-1")["Retry-After"]))
        moment.shift(timedelta(seconds=waits[-1]))
        guess("tom", 1)

    assert waits == sorted(set(waits)), "each is longer than the one before"


def test_many_addresses_guess_no_faster_than_one(world: World, moment: time_machine.Traveller) -> None:
    answers = [guess("tom", 1, REMOTE_ADDR=f"198.51.{n}.9")[0] for n in range(50)]

    assert answers.count(422) <= 10


def test_one_address_cannot_try_one_password_on_everybody(world: World, moment: time_machine.Traveller) -> None:
    answers = [guess(f"name-{n}", 1, REMOTE_ADDR="198.51.100.9")[0] for n in range(100)]

    assert 429 in answers


def test_the_owner_gets_in_while_strangers_guess(world: World, moment: time_machine.Traveller) -> None:
    owner = world.client("tom")
    owner.post("/sign-out")
    guess("tom", 100)

    assert try_in(owner, "tom").status_code == 302
    assert is_in(owner)


def test_somebody_without_an_account_is_stalled_alike(world: World, moment: time_machine.Traveller) -> None:
    answers = {name: guess(name, 12) for name in ("tom", "nobody-here")}

    assert answers["tom"] == answers["nobody-here"]
    assert 429 in answers["tom"]


def test_codes_of_the_second_proof_are_stalled_and_the_right_one_waits_too(
    world: World, moment: time_machine.Traveller
) -> None:
    add_app(person=world.cast.tom.person, secret=SECRET, step=0, at=START)
    thief = Client()
    assert try_in(thief, "tom")["Location"].startswith("/second-factor")

    answers = [give_code(thief, "000000") for _ in range(12)]

    assert 0 < answers.count(422) <= 10
    assert answers[-1] == 429
    assert give_code(thief, pyotp.TOTP(SECRET).at(START)) == 429


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def give_code(client: Client, code: str) -> int:
    return client.post("/second-factor/code", {"kind": "app", "code": code, "next": ""}).status_code


@pytest.mark.parametrize("what", ["code:17", "reset:tom", "link:198.51.100.9", "confirm:17"])
def test_whatever_else_can_be_guessed_is_stalled_by_the_same_rule(
    world: World, moment: time_machine.Traveller, what: str
) -> None:
    for _ in range(10):
        count_wrong(what=[what], at=START)

    assert wait_for(what=[what], now=START) > timedelta(0)
    with pytest.raises(Exception, match="Too many tries"):
        hold_back(what=[what], now=START)


def test_the_evidence_attacks_and_leaves_nothing_behind(world: World, moment: time_machine.Traveller) -> None:
    guess("tom", 5)
    before = Holdup.objects.count()

    told = what_is_seen(NAME)

    assert told["state"] == "holding"
    assert "9 guesses were looked at in 5 minutes" in told["observed"]
    assert "are held up now, the longest for 15 seconds" in told["observed"]
    assert Holdup.objects.count() == before


@pytest.mark.parametrize(
    "paces",
    [
        (),
        (Pace(free=1000, first=timedelta(seconds=15), longest=timedelta(minutes=15), fades=None),),
        (Pace(free=5, first=timedelta(seconds=1), longest=timedelta(seconds=1), fades=None),),
        GUARDED[:1],
    ],
    ids=["no waits", "too many free tries", "waits too short", "no end in a row"],
)
def test_the_evidence_turns_when_guesses_are_let_through(
    world: World, moment: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch, paces: tuple[Pace, ...]
) -> None:
    monkeypatch.setitem(rules_holdups.PACES, "account", paces)

    assert what_is_seen(NAME)["state"] == "failing"
