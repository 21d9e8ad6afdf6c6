"""Sealing, authenticator apps and recovery codes as rules: no database, no browser."""

import json
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from fido2.utils import websafe_encode
from hypothesis import given, settings
from hypothesis import strategies as st

from itrack.accounts.rules_factors import ALPHABET, as_stored, new_recovery_code, why_not_removed
from itrack.accounts.rules_sessions import Factor
from itrack.accounts.sources import apps, passkeys
from itrack.accounts.sources.sealing import Unreadable, keyed_digest, seal, unseal

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOON = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))


def code_at(moment: datetime, secret: str = SECRET) -> str:
    return pyotp.TOTP(secret).at(moment)


@given(st.binary(max_size=200), st.text(max_size=20), st.text(max_size=20))
def test_what_is_sealed_reads_only_with_its_key_and_in_its_place(plain: bytes, secret: str, other: str) -> None:
    kept = seal(plain, secret="k" + secret, bound_to="app:17")

    assert unseal(kept, secret="k" + secret, bound_to="app:17") == plain
    for wrong in ({"secret": "x" + other, "bound_to": "app:17"}, {"secret": "k" + secret, "bound_to": "app:18"}):
        with pytest.raises(Unreadable):
            unseal(kept, **wrong)


def test_the_same_secret_is_never_sealed_alike_and_never_lies_open() -> None:
    kept = {seal(SECRET.encode(), secret="key", bound_to="app:1") for _ in range(20)}

    assert len(kept) == 20
    assert not [one for one in kept if SECRET in one]


@given(st.text(max_size=80))
def test_what_nobody_sealed_is_refused(kept: str) -> None:
    with pytest.raises(Unreadable):
        unseal(kept, secret="key", bound_to="app:1")


def test_a_digest_needs_the_programs_key() -> None:
    assert keyed_digest("7qk2m4xp9rtd", secret="a") != keyed_digest("7qk2m4xp9rtd", secret="b")
    assert len(keyed_digest("x", secret="a")) == 64


@given(moments, st.integers(min_value=-30, max_value=30))
def test_a_clock_up_to_half_a_minute_wrong_is_no_hindrance(now: datetime, wrong: int) -> None:
    typed = code_at(now + timedelta(seconds=wrong))

    assert apps.step_of(typed, secret=SECRET, at=now) is not None


@given(moments, st.integers(min_value=60, max_value=86_400), st.booleans())
def test_a_code_of_a_minute_ago_or_to_come_opens_nothing(now: datetime, away: int, past: bool) -> None:
    typed = code_at(now - timedelta(seconds=away) if past else now + timedelta(seconds=away))
    near = {code_at(now + timedelta(seconds=30 * skew)) for skew in (-1, 0, 1)}

    taken = apps.step_of(typed, secret=SECRET, at=now)

    assert (taken is not None) == (typed in near)  # six digits may come again by chance


@given(moments)
def test_a_code_names_the_step_it_is_of(now: datetime) -> None:
    steps = [apps.step_of(code_at(now + timedelta(seconds=30 * skew)), secret=SECRET, at=now) for skew in (-1, 0, 1)]
    codes = {code_at(now + timedelta(seconds=30 * skew)) for skew in (-1, 0, 1)}

    if len(codes) == 3:
        assert steps == [apps.step_now(now) + skew for skew in (-1, 0, 1)]


@given(st.text(max_size=12))
def test_what_is_no_code_is_no_code(typed: str) -> None:
    if "".join(typed.split()) not in {code_at(NOON + timedelta(seconds=30 * skew)) for skew in (-1, 0, 1)}:
        assert apps.step_of(typed, secret=SECRET, at=NOON) is None


def test_spaces_in_a_code_are_how_apps_show_it() -> None:
    code = code_at(NOON)

    assert apps.step_of(f" {code[:3]} {code[3:]} ", secret=SECRET, at=NOON) == apps.step_now(NOON)


def test_the_drawing_is_the_code_it_says() -> None:
    import segno

    square = apps.drawn("otpauth://totp/iTRACK:tom?secret=JBSWY3DP&issuer=iTRACK")

    said = segno.make("otpauth://totp/iTRACK:tom?secret=JBSWY3DP&issuer=iTRACK", micro=False, error="m")
    dark = sum(sum(1 for module in row if module) for row in said.matrix)
    drawn = sum(int(stroke.split("h")[1].split("v")[0]) for stroke in square.path.split("M")[1:])
    assert (square.size, drawn) == (len(said.matrix) + 8, dark)


def test_the_address_carries_secret_name_and_issuer() -> None:
    told = pyotp.parse_uri(apps.address(SECRET, name="tom", issuer="iTRACK"))

    assert (told.secret, told.name, told.issuer) == (SECRET, "tom", "iTRACK")


def test_recovery_codes_are_long_and_cannot_be_misread() -> None:
    codes = [new_recovery_code() for _ in range(200)]

    assert len(ALPHABET) ** 12 > 2**58
    assert not set("".join(codes)) & set("01oil")
    assert len(set(codes)) == 200


@given(st.sampled_from([str.upper, str.lower, lambda code: code.replace("-", " "), lambda code: f"  {code}\n"]))
def test_how_a_recovery_code_is_typed_makes_no_difference(typed) -> None:
    code = new_recovery_code()

    assert as_stored(typed(code)) == code.replace("-", "")


@given(st.lists(st.sampled_from([Factor.PASSKEY, Factor.APP]), min_size=1, max_size=4), st.booleans())
def test_only_the_last_factor_of_a_role_that_asks_for_one_must_stay(held: list[Factor], required: bool) -> None:
    assert bool(why_not_removed(held, required=required)) == (required and len(held) == 1)


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("localhost:8000", "localhost"),
        ("itrack.example.org", "itrack.example.org"),
        ("Itrack.Example.org:444", "itrack.example.org"),
    ],
)
def test_a_passkey_is_bound_to_the_name_of_the_host(host: str, name: str) -> None:
    site = passkeys.site_of(scheme="https", host=host)

    assert site == passkeys.Site(name, f"https://{host}")


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "127.0.0.1", "[::1]:8000", "[::1]"])
def test_a_bare_number_has_no_passkeys(host: str) -> None:
    assert passkeys.site_of(scheme="http", host=host) is None


SITE = passkeys.Site("localhost", "http://localhost:8000")
nests = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
parts = st.fixed_dictionaries(
    {
        "id": st.just("eA") | nests,
        "rawId": st.just("eA") | nests,
        "type": st.just("public-key") | nests,
        "response": st.fixed_dictionaries(
            {},
            optional=dict.fromkeys(passkeys.PARTS, nests | st.binary(max_size=80).map(websafe_encode)),
        ),
    }
)


@pytest.mark.parametrize("part", ["rawId", "clientDataJSON"])
def test_a_number_for_bytes_takes_no_memory(part: str) -> None:
    told = {"id": "x", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON": "e30"}}
    (told if part in told else told["response"])[part] = 9_325_142_985_631_030

    with pytest.raises(passkeys.NotAccepted, match="TypeError"):
        passkeys.take_new(site=SITE, state={}, answer=json.dumps(told))


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), parts.map(json.dumps), nests.map(json.dumps)))
def test_no_bytes_from_outside_break_anything(answer: str) -> None:
    _, state = passkeys.ask(site=SITE, known=[])
    held = passkeys.Passkey("x", b"", 0)

    for judge in (
        lambda: passkeys.take_new(site=SITE, state=state, answer=answer),
        lambda: passkeys.check(site=SITE, state=state, passkey=held, user=b"u", answer=answer),
    ):
        with pytest.raises(passkeys.NotAccepted):
            judge()
