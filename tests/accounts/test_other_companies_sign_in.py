"""Signing in with Google or Microsoft: a provider on this machine, asked over HTTP, tells the truth and lies."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from django.test import Client
from joserfc.jwk import OctKey, RSAKey

from itrack.accounts.actions.factors import add_app
from itrack.accounts.actions.invitations import invite
from itrack.accounts.models import Membership, Person
from itrack.accounts.rules_providers import ANSWERED_WITHIN, configured
from itrack.foundation import clock
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role
from tests.accounts.browsers import is_in, live, text_of
from tests.accounts.provider import CLIENT, PATH, SECRET, Provider, running
from tests.cast import NOW, TODAY, Cast

TOM = "tom@oakfield.example"
START, BACK = "/sign-in/with/google", "/sign-in/with/google/back"
REFUSED = "We could not sign you in that way."


@pytest.fixture
def google(cast: Cast, settings: Any) -> Iterator[Provider]:
    """Google, set up, with Tom signed in there under the address the school has for him."""
    Person.objects.filter(pk=cast.tom.person).update(email="Tom@Oakfield.example")
    with running() as provider:
        set_up(settings, "GOOGLE", provider)
        provider.claims = {"email": TOM, "email_verified": True, "hd": "oakfield.example"}
        yield provider


@pytest.fixture
def microsoft(google: Provider, settings: Any) -> Provider:
    set_up(settings, "MICROSOFT", google, ITRACK_MICROSOFT_TENANT="oakfield.example")
    google.claims = {"email": TOM}
    return google


def set_up(settings: Any, name: str, provider: Provider, **more: str) -> None:
    told = {"CLIENT_ID": CLIENT, "CLIENT_SECRET": SECRET, "DISCOVERY": provider.address + PATH}
    settings.SIGN_IN_WITH = configured({f"ITRACK_{name}_{one}": value for one, value in told.items()} | more)


def there(client: Client, *, back: str = "", start: str = START) -> str:
    """Presses the button and says yes at the provider; the address the browser is sent back to."""
    sent = client.post(start, {"next": back})
    assert sent.status_code == 303, sent.content
    answer = requests.get(sent["Location"], allow_redirects=False, timeout=5)
    return answer.headers["Location"].removeprefix("http://testserver")


def sign_in(client: Client, **asked: str) -> Any:
    return client.get(there(client, **asked))


def refused(answer: Any) -> bool:
    return answer.status_code == 422 and REFUSED in text_of(answer)


def test_whoever_the_school_knows_by_that_address_is_in(cast: Cast, google: Provider) -> None:
    client = Client()

    answer = sign_in(client, back="/pupils/")

    assert (answer.status_code, answer["Location"]) == (302, "/pupils/")
    assert is_in(client)
    assert len(live(cast, "tom")) == 1


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/" + "x" * 9000])
def test_it_sends_nobody_away_from_here(google: Provider, back: str) -> None:
    assert sign_in(Client(), back=back)["Location"] == "/"


def test_it_ends_the_sign_in_that_held(cast: Cast, google: Provider) -> None:
    before, client = cast.client("tom"), Client()

    sign_in(client)

    assert is_in(client)
    assert not is_in(before)
    assert len(live(cast, "tom")) == 1


def test_a_second_proof_is_asked_for_as_ever(cast: Cast, google: Provider) -> None:
    add_app(person=cast.tom.person, secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", step=0, at=NOW)
    client = Client()

    answer = sign_in(client, back="/pupils/")

    assert answer["Location"] == "/second-factor?next=%2Fpupils%2F"
    assert not is_in(client)


def test_the_yearly_advice_is_given_as_ever(cast: Cast, google: Provider) -> None:
    Person.objects.filter(pk=cast.tom.person).update(advised_at=NOW - timedelta(days=500))
    client = Client()

    assert sign_in(client)["Location"] == "/keep-safe"
    assert not is_in(client)


def test_somebody_else_at_this_computer_comes_in_by_it_and_a_wrong_try_puts_nobody_out(
    cast: Cast, google: Provider
) -> None:
    client = cast.client("ada")
    google.claims["email"] = "nobody@oakfield.example"
    assert refused(sign_in(client))
    assert "Ada Admin" in text_of(client.get("/account"))
    google.claims["email"] = TOM

    sign_in(client)

    assert "Tom Teacher" in text_of(client.get("/account"))


def test_a_session_planted_before_is_worth_nothing_after(google: Provider) -> None:
    client = Client()
    address = there(client)
    planted = client.cookies["itrack_session"].value

    client.get(address)

    assert client.cookies["itrack_session"].value != planted


def lies(provider: Provider) -> dict[str, dict[str, Any]]:
    now = int(clock.now().timestamp())
    return {
        "wrong nonce": {"nonce": "another"},
        "no nonce": {"nonce": None},
        "wrong audience": {"aud": "another-client"},
        "two audiences": {"aud": [CLIENT, "another-client"]},
        "for another party": {"azp": "another-client"},
        "wrong issuer": {"iss": "https://accounts.google.example"},
        "expired": {"exp": now - 120},
        "never expires": {"exp": None},
        "unverified": {"email_verified": False},
        "not said whether verified": {"email_verified": None},
        "an address Google does not keep": {"hd": None},
        "no address": {"email": None},
        "several addresses": {"email": [TOM]},
        "unknown address": {"email": "nobody@oakfield.example"},
        "an address that only looks like Tom's": {"email": TOM.replace("k", "\u212a")},
    }


@pytest.mark.parametrize("lie", lies(None))  # type: ignore[arg-type]
def test_a_word_that_is_not_good_opens_nothing_and_all_are_answered_alike(google: Provider, lie: str) -> None:
    google.claims |= lies(google)[lie]
    client, people = Client(), Person.objects.count()

    answer = sign_in(client)

    assert refused(answer)
    assert not is_in(client)
    assert Person.objects.count() == people


def test_each_of_those_words_would_have_been_good_but_for_its_lie(google: Provider) -> None:
    google.claims |= {"aud": [CLIENT], "azp": CLIENT, "email": TOM.upper()}

    assert sign_in(Client()).status_code == 302


def test_a_private_google_address_needs_no_school_behind_it(cast: Cast, google: Provider) -> None:
    Person.objects.filter(pk=cast.tom.person).update(email="tom.teacher@gmail.com")
    google.claims |= {"hd": None, "email": "tom.teacher@gmail.com"}

    assert sign_in(Client()).status_code == 302


def test_a_signature_of_another_key_opens_nothing(google: Provider) -> None:
    google.signs = RSAKey.generate_key(2048, {"kid": google.shows.kid})

    assert refused(sign_in(Client()))


def test_a_word_signed_with_what_both_know_opens_nothing(google: Provider) -> None:
    google.algorithm, google.signs = "HS256", OctKey.import_key(SECRET * 4, {"kid": google.shows.kid})  # type: ignore[assignment]

    assert refused(sign_in(Client()))


def test_a_key_that_is_new_is_fetched(google: Provider) -> None:
    sign_in(Client())
    google.signs = google.shows = RSAKey.generate_key(2048, {"kid": "next-month"})

    assert sign_in(Client()).status_code == 302


def test_the_wrong_state_opens_nothing_and_is_not_asked_about(google: Provider) -> None:
    client = Client()
    code = parse_qs(urlsplit(there(client)).query)["code"][0]

    answer = client.get(f"{BACK}?{urlencode({'code': code, 'state': 'another'})}")

    assert refused(answer)
    assert "/token" not in google.paths


def test_the_way_back_of_another_browser_opens_nothing(google: Provider) -> None:
    theirs, mine = there(Client()), Client()
    there(mine)

    assert refused(mine.get(theirs))
    assert Client().get(theirs).status_code == 409


def test_a_code_serves_once(google: Provider) -> None:
    client, other = Client(), Client()
    address = there(client)
    code = parse_qs(urlsplit(address).query)["code"][0]
    assert client.get(address).status_code == 302
    client.post("/sign-out")

    assert client.get(address).status_code == 409
    state = parse_qs(urlsplit(there(other)).query)["state"][0]
    assert refused(other.get(f"{BACK}?{urlencode({'code': code, 'state': state})}"))


def test_ten_minutes_later_it_is_too_late(google: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    address, late = there(client), clock.now() + ANSWERED_WITHIN + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: late)

    answer = client.get(address)

    assert answer.status_code == 409
    assert "Begin again." in text_of(answer)


def test_somebody_of_another_school_comes_to_their_own(cast: Cast, google: Provider) -> None:
    Person.objects.filter(pk=cast.theo.person).update(email="theo@thornhill.example")
    google.claims["email"] = "theo@thornhill.example"
    client = Client()

    sign_in(client)

    page = text_of(client.get("/"))
    assert "Thornhill" in page
    assert "Oakfield" not in page


def test_whoever_has_left_has_no_way_in(cast: Cast, google: Provider) -> None:
    with writing(cast.oakfield):
        Membership.objects.filter(pk=cast.tom.member).update(ended_on=TODAY)

    assert refused(sign_in(Client()))


def test_a_closed_account_stays_closed(cast: Cast, google: Provider) -> None:
    Person.objects.filter(pk=cast.tom.person).update(is_active=False)

    assert refused(sign_in(Client()))


def test_an_invitation_is_not_taken_up_by_it(cast: Cast, google: Provider) -> None:
    new = {"name": "Nia New", "job_title": "Teacher", "email": "nia@oakfield.example", "role": Role.TEACHER}
    with writing(cast.oakfield):
        invite(school=cast.oakfield, by=cast.ada.member, at=NOW, **new)
    google.claims["email"] = "nia@oakfield.example"

    assert refused(sign_in(Client()))


def test_wrong_tries_are_held_up_by_where_they_come_from(cast: Cast, google: Provider) -> None:
    google.claims["email"] = "nobody@oakfield.example"
    for _ in range(60):
        assert refused(sign_in(Client()))
    google.claims["email"], client = TOM, Client()

    answer = sign_in(client)

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert not is_in(client)


def test_nobody_can_hold_a_school_up_with_addresses_it_never_asked_for(google: Provider) -> None:
    for number in range(70):
        assert Client().get(f"{BACK}?code={number}&state={number}").status_code == 409

    assert sign_in(Client()).status_code == 302
    assert not [path for path in google.paths[:-4] if path == "/token"]


def test_somebody_who_stops_there_is_told_so(google: Provider) -> None:
    client = Client()
    state = parse_qs(urlsplit(there(client)).query)["state"][0]

    answer = client.get(f"{BACK}?{urlencode({'error': 'access_denied', 'state': state})}")

    assert answer.status_code == 422
    assert "Google did not sign you in." in text_of(answer)


def test_a_provider_that_is_down_gets_a_sentence(google: Provider, settings: Any) -> None:
    client = Client()
    address, google.broken = there(client), True

    answer = client.get(address)

    assert answer.status_code == 503
    assert "Google did not answer." in text_of(answer)
    assert not is_in(client)


def test_a_provider_that_is_gone_gets_the_same_sentence(google: Provider, settings: Any) -> None:
    gone = replace(settings.SIGN_IN_WITH["google"], discovery="http://127.0.0.1:9/gone")
    settings.SIGN_IN_WITH = {"google": gone}

    answer = Client().post(START)

    assert answer.status_code == 503
    assert "Google did not answer." in text_of(answer)


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize("at", ["http://elsewhere.example/", "javascript:alert(1)", None, 7])
def test_nobody_is_sent_where_the_provider_is_not(google: Provider, name: str, at: object) -> None:
    google.description = {name: at}

    assert Client().post(START).status_code == 503


def test_microsoft_is_believed_about_the_directory_that_is_ours(microsoft: Provider) -> None:
    client = Client()

    sign_in(client, start="/sign-in/with/microsoft")

    assert is_in(client)


def any_directory(microsoft: Provider, settings: Any, tenant: str) -> None:
    set_up(settings, "MICROSOFT", microsoft, ITRACK_MICROSOFT_TENANT=tenant)
    microsoft.description = {"issuer": f"{microsoft.address}/{{tenantid}}/v2.0"}
    microsoft.claims |= {"tid": "d1", "iss": f"{microsoft.address}/d1/v2.0"}


@pytest.mark.parametrize("tenant", ["", "common", "Organizations", "consumers"])
def test_of_any_directory_it_is_believed_when_the_domain_is_proved(
    microsoft: Provider, settings: Any, tenant: str
) -> None:
    any_directory(microsoft, settings, tenant)
    assert refused(sign_in(Client(), start="/sign-in/with/microsoft"))
    microsoft.claims["xms_edov"] = False
    assert refused(sign_in(Client(), start="/sign-in/with/microsoft"))

    microsoft.claims["xms_edov"] = True

    assert sign_in(Client(), start="/sign-in/with/microsoft").status_code == 302


def test_a_directory_cannot_speak_for_another(microsoft: Provider, settings: Any) -> None:
    any_directory(microsoft, settings, "")
    microsoft.claims |= {"xms_edov": True, "tid": "d2"}

    assert refused(sign_in(Client(), start="/sign-in/with/microsoft"))


def test_where_nothing_is_set_up_there_is_no_button_and_no_address(cast: Cast) -> None:
    client = Client()

    assert client.post(START).status_code == 404
    assert client.get(BACK).status_code == 404
    assert client.get(f"{BACK}?code=1&state=2").status_code == 404
    page = client.get("/sign-in")
    assert "Google" not in text_of(page)
    assert "form-action 'self';" in page["Content-Security-Policy"]


def test_only_the_one_that_is_set_up_has_a_button(google: Provider) -> None:
    page = text_of(Client().get("/sign-in?next=/pupils/"))

    assert "Sign in with Google" in page
    assert "Microsoft" not in page
    assert Client().post("/sign-in/with/microsoft").status_code == 404


def test_nothing_is_asked_of_it_before_the_button_is_pressed(google: Provider) -> None:
    Client().get("/sign-in")

    assert google.paths == []


GOOGLE = {"ITRACK_GOOGLE_CLIENT_ID": "a", "ITRACK_GOOGLE_CLIENT_SECRET": "never-shown"}


@pytest.mark.parametrize(
    "told",
    [
        {"ITRACK_GOOGLE_CLIENT_ID": "a"},
        {"ITRACK_MICROSOFT_CLIENT_SECRET": "b"},
        {"ITRACK_MICROSOFT_TENANT": "../x"},
        GOOGLE | {"ITRACK_GOOGLE_DISCOVERY": "http://elsewhere.example/"},
    ],
)
def test_what_cannot_be_meant_is_refused_at_the_start(told: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="ITRACK_"):
        configured(told)


def test_the_real_ones_are_where_they_say_they_are() -> None:
    microsoft = {"ITRACK_MICROSOFT_CLIENT_ID": "a", "ITRACK_MICROSOFT_CLIENT_SECRET": "b"}
    both = configured(GOOGLE | microsoft | {"ITRACK_MICROSOFT_TENANT": "Oakfield.example"})

    assert [one.origin for one in both.values()] == ["https://accounts.google.com", "https://login.microsoftonline.com"]
    assert both["microsoft"].discovery.startswith("https://login.microsoftonline.com/oakfield.example/v2.0/")
    assert "never-shown" not in repr(both)
    assert configured({}) == {}


def test_browsers_may_be_sent_to_the_one_that_is_set_up_and_nowhere_else() -> None:
    asked = "from django.conf import settings; print(*map(str, settings.SECURE_CSP['form-action']))"
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "itrack.config.settings.test", **GOOGLE}

    done = subprocess.run([sys.executable, "-c", asked], env=told, capture_output=True, text=True)

    assert done.stdout.split() == ["'self'", "https://accounts.google.com"], done.stderr
