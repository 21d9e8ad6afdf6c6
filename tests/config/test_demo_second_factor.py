"""One leader of the demo has an authenticator app, so that the second proof can be tried; the others have none."""

from pathlib import Path

import pyotp
from django.test import Client

from itrack.config.cli.serve import _table
from itrack.config.demo.logins import logins_in, passwords_for, secrets_for
from itrack.config.demo.seed import _give_app
from itrack.foundation import clock
from tests.cast import NOW, PASSWORD, Cast


def test_one_leader_has_a_secret_and_it_stays_the_same(tmp_path: Path) -> None:
    passwords_for(tmp_path)

    told = {login.username: login.totp_secret for login in logins_in(tmp_path)}

    assert [name for name, secret in told.items() if secret] == ["theo"]
    assert len(str(told["theo"])) == 32
    assert secrets_for(tmp_path)("theo") == told["theo"]
    assert secrets_for(tmp_path)("hana") is None


def test_the_printed_list_shows_the_secret_and_what_it_is_for(tmp_path: Path) -> None:
    passwords_for(tmp_path)
    told = [login.as_json() for login in logins_in(tmp_path)]

    said = _table(told)

    assert str(secrets_for(tmp_path)("theo")) in said
    assert "None" not in said
    assert said.endswith("Who has a totp_secret also types the code an authenticator app makes of it.")


def test_the_printed_list_gives_each_school_the_number_that_commands_ask_for(tmp_path: Path) -> None:
    passwords_for(tmp_path)
    told = [login.as_json() for login in logins_in(tmp_path)]

    rows = {line.split()[0]: line for line in _table(told).splitlines()}

    assert "urn" in rows["username"].split()
    assert "Oakfield Primary School   100001" in rows["hana"]
    assert "Thornhill Primary School  100002" in rows["theo"]


def test_whoever_has_a_secret_signs_in_with_its_code_the_first_time_too(cast: Cast) -> None:
    secret = pyotp.random_base32()
    _give_app("theo", secret, NOW)
    _give_app("hana", None, NOW)

    client = Client()
    asked = client.post("/sign-in/enter", {"username": "theo", "password": PASSWORD})
    answer = client.post("/second-factor/code", {"kind": "app", "code": pyotp.TOTP(secret).at(clock.now())})

    assert asked["Location"] == "/second-factor"
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert cast.client("hana").get("/").status_code == 200
