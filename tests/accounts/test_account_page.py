"""My account: what lets one in is shown to its owner alone and changed only after proving once more who one is."""

import re
from datetime import datetime, timedelta

import pyotp
import pytest
from django.test import Client

from itrack.accounts.actions.factors import add_app, make_codes
from itrack.accounts.models import Membership, Person, SecondFactor, SignIn
from itrack.accounts.queries.factors import codes_left, factors_of
from itrack.accounts.queries.people import viewers_of
from itrack.accounts.rules_sessions import Factor
from itrack.foundation.models import AuditEntry
from itrack.foundation.tenancy.windows import writing
from tests.accounts.authenticator import Device
from tests.accounts.test_second_factor import SECRET, Clock, hour, passkey, strict
from tests.cast import NOW, PASSWORD, Cast

__all__ = ["hour"]


def confirmed(client: Client) -> Client:
    answer = client.post("/account/confirm", {"password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (303, "/account")
    return client


def page(client: Client) -> str:
    return client.get("/account").content.decode()


def secret_in(html: str) -> str:
    found = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', html)
    assert found
    return found[1].replace(" ", "")


def with_new_app(client: Client, at: datetime):
    secret = secret_in(client.get("/account/app").content.decode())
    return client.post("/account/app/add", {"code": pyotp.TOTP(secret).at(at)})


def test_the_page_tells_its_owner_what_is_theirs(cast: Cast) -> None:
    Person.objects.filter(pk=cast.tom.person).update(email="tom@oakfield.example")

    html = page(cast.client("tom"))

    for words in ("My account", "tom@oakfield.example", "Oakfield Primary School", "Confirm it is you", "This one"):
        assert words in html
    assert "Remove" not in html


def test_everybody_has_the_page_and_the_way_to_it(cast: Cast) -> None:
    for name in ("gus", "asha", "hana"):
        html = cast.client(name).get("/").content.decode()
        assert 'href="/account"' in html
        assert cast.client(name).get("/account").status_code == 200


@pytest.mark.parametrize("url", ["/account/app/add", "/account/passkey/add", "/account/codes/new"])
def test_nothing_changes_before_the_password_was_given_again(cast: Cast, hour: Clock, url: str) -> None:
    add_app(person=cast.tom.person, secret=SECRET, step=0, at=NOW)
    make_codes(person=cast.tom.person, at=NOW)
    [row] = factors_of(person=cast.tom.person)
    before = list(SecondFactor.objects.order_by("pk").values_list("pk", flat=True))
    client = signed_in_by_app(hour)

    for address in (url, f"/account/factors/{row.id}/remove"):
        answer = client.post(address, {"code": "123456", "answer": "{}"})
        assert (answer.status_code, answer["Location"]) == (303, "/account")
    assert client.post("/account/passkey/ask").status_code == 409
    assert list(SecondFactor.objects.order_by("pk").values_list("pk", flat=True)) == before


def signed_in_by_app(hour: Clock) -> Client:
    client = Client()
    client.post("/sign-in/enter", {"username": "tom", "password": PASSWORD})
    hour.on(minutes=1)
    answer = client.post("/second-factor/code", {"kind": "app", "code": pyotp.TOTP(SECRET).at(hour.at)})
    assert answer.status_code == 302
    return client


def test_a_fresh_proof_lasts_ten_minutes(cast: Cast, hour: Clock) -> None:
    client = confirmed(cast.client("tom"))
    assert "Add a passkey" in page(client)

    hour.on(minutes=10)

    assert "Add a passkey" not in page(client)
    assert client.post("/account/passkey/ask").status_code == 409


def test_a_wrong_password_confirms_nothing_and_is_counted(cast: Cast, hour: Clock) -> None:
    client = cast.client("tom")

    answers = [client.post("/account/confirm", {"password": "Wrong-horse-7"}) for _ in range(7)]

    assert answers[0].status_code == 422
    assert "That is not your password." in answers[0].content.decode()
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert "Remove" not in page(client)


def test_somebody_elses_proof_is_no_proof(cast: Cast, hour: Clock) -> None:
    client = confirmed(cast.client("tom"))
    client.post("/sign-out")
    client.post("/sign-in/enter", {"username": "olu", "password": PASSWORD})

    assert "Confirm it is you" in page(client)


def test_the_first_app_brings_recovery_codes_and_they_are_shown_once(cast: Cast, hour: Clock) -> None:
    client = confirmed(cast.client("tom"))

    answer = with_new_app(client, hour.at)

    codes = re.findall(r"<li><code>([a-z2-9-]{14})</code></li>", answer.content.decode())
    assert len(codes) == codes_left(person=cast.tom.person) == 10
    assert not [code for code in codes if code in page(client)]
    assert "Authenticator app" in page(client)
    assert "10 of 10 are left" in page(client)


def test_an_offered_secret_is_the_same_until_taken_up_and_lies_sealed_in_the_session(cast: Cast, hour: Clock) -> None:
    client = confirmed(cast.client("tom"))

    first, second = (secret_in(client.get("/account/app").content.decode()) for _ in range(2))

    assert first == second
    assert first not in str(dict(client.session))


def test_a_wrong_code_adds_no_app(cast: Cast, hour: Clock) -> None:
    client = confirmed(cast.client("tom"))

    answer = with_new_app(client, hour.at + timedelta(minutes=5))

    assert answer.status_code == 422
    assert "That code was not accepted." in answer.content.decode()
    assert factors_of(person=cast.tom.person) == []


def test_a_second_app_is_not_offered(cast: Cast, hour: Clock) -> None:
    client = confirmed(cast.client("tom"))
    with_new_app(client, hour.at)

    assert "You have an app already" in client.get("/account/app").content.decode()


def test_a_passkey_gets_the_browsers_name_when_none_is_given(cast: Cast, hour: Clock) -> None:
    client = confirmed(cast.client("tom"))
    agent = {"user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36"}

    for name in ("", "Office <computer>"):
        device = Device()
        answer = device.create(client.post("/account/passkey/ask").json())
        client.post("/account/passkey/add", {"answer": answer, "name": name}, headers=agent)

    assert [row.name for row in factors_of(person=cast.tom.person)] == ["Chrome on Windows", "Office <computer>"]
    assert "Office &lt;computer&gt;" in page(client)


def test_a_passkey_made_for_another_question_is_not_taken(cast: Cast, hour: Clock) -> None:
    client, device = confirmed(cast.client("tom")), Device()
    answer = device.create(client.post("/account/passkey/ask").json())
    client.post("/account/passkey/ask")

    refused = client.post("/account/passkey/add", {"answer": answer, "name": ""})

    assert refused.status_code == 422
    assert factors_of(person=cast.tom.person) == []


def test_removing_the_last_takes_its_recovery_codes_along(cast: Cast, hour: Clock) -> None:
    client = confirmed(cast.client("tom"))
    with_new_app(client, hour.at)
    [row] = factors_of(person=cast.tom.person)

    client.post(f"/account/factors/{row.id}/remove")

    assert not SecondFactor.objects.filter(person_id=cast.tom.person).exists()
    again = Client().post("/sign-in/enter", {"username": "tom", "password": PASSWORD})
    assert again["Location"] == "/"


def test_the_last_one_stays_while_the_role_asks_for_one(cast: Cast, hour: Clock) -> None:
    client = confirmed(cast.client("tom"))
    with_new_app(client, hour.at)
    client.post("/account/passkey/add", {"answer": Device().create(client.post("/account/passkey/ask").json())})
    strict(cast)
    client.post("/sign-out")
    client = signed_in_with(client, hour)
    app, key = factors_of(person=cast.tom.person)

    first = client.post(f"/account/factors/{key.id}/remove")
    last = client.post(f"/account/factors/{app.id}/remove")

    assert (first.status_code, last.status_code) == (303, 409)
    assert "the only one you have" in last.content.decode()
    assert [row.kind for row in factors_of(person=cast.tom.person)] == [Factor.APP]


def signed_in_with(client: Client, hour: Clock) -> Client:
    row = SecondFactor.objects.get(kind="app")
    from itrack.accounts.actions.factors import opened_for

    secret = opened_for(row.person_id, "app", row.sealed).decode()
    client.post("/sign-in/enter", {"username": "tom", "password": PASSWORD})
    hour.on(minutes=1)
    assert (
        client.post("/second-factor/code", {"kind": "app", "code": pyotp.TOTP(secret).at(hour.at)}).status_code == 302
    )
    return confirmed(client)


def test_somebody_elses_factor_is_not_there(cast: Cast, hour: Clock) -> None:
    add_app(person=cast.olu.person, secret=SECRET, step=0, at=NOW)
    [row] = factors_of(person=cast.olu.person)
    client = confirmed(cast.client("tom"))

    answer = client.post(f"/account/factors/{row.id}/remove")

    assert answer.status_code == 404
    assert factors_of(person=cast.olu.person) == [row]


def test_signing_out_everywhere_ends_what_is_open(cast: Cast, hour: Clock) -> None:
    client = cast.client("tom")

    answer = client.post("/account/sign-out-everywhere")

    assert answer["Location"] == "/sign-in"
    assert client.get("/").status_code == 302
    with writing(cast.oakfield):
        assert not SignIn.objects.filter(member_id=cast.tom.member, ended_at__isnull=True).exists()
        assert AuditEntry.objects.filter(verb="member.signed_out_everywhere", by_id=cast.tom.member).count() == 1


def at_two_schools(cast: Cast) -> None:
    """Tom also teaches at Thornhill."""
    with writing(cast.thornhill):
        Membership.objects.create(
            school_id=cast.thornhill,
            person_id=cast.tom.person,
            name="Tom Teacher",
            job_title="Supply teacher",
            role="teacher",
            joined_at=NOW,
        )


def test_somebody_of_two_schools_goes_from_one_to_the_other(cast: Cast) -> None:
    at_two_schools(cast)
    client = cast.client("tom")
    here = client.get("/").content.decode()

    answer = client.post(f"/change-school/{cast.thornhill}")

    there = client.get("/").content.decode()
    assert f'action="/change-school/{cast.thornhill}"' in here
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert '<p class="school">Thornhill Primary School' in there
    assert f'action="/change-school/{cast.oakfield}"' in there
    assert client.post(f"/change-school/{cast.oakfield}").status_code == 303
    assert '<p class="school">Oakfield Primary School' in client.get("/").content.decode()


def test_a_school_one_has_no_place_in_is_not_there(cast: Cast) -> None:
    client = cast.client("tom")

    assert client.post(f"/change-school/{cast.thornhill}").status_code == 404
    assert client.post("/change-school/999999999").status_code == 404
    assert "Change school" not in client.get("/").content.decode()


def test_a_place_that_ended_meanwhile_cannot_be_gone_to(cast: Cast) -> None:
    at_two_schools(cast)
    client = cast.client("tom")
    with writing(cast.thornhill):
        Membership.objects.filter(school_id=cast.thornhill, person_id=cast.tom.person).update(ended_on=NOW.date())

    assert client.post(f"/change-school/{cast.thornhill}").status_code == 404
    assert len(viewers_of(person=cast.tom.person)) == 1


def test_the_second_school_sees_the_second_proof_too(cast: Cast, hour: Clock) -> None:
    at_two_schools(cast)
    client = confirmed(cast.client("tom"))
    device = Device()
    client.post("/account/passkey/add", {"answer": device.create(client.post("/account/passkey/ask").json())})
    client.post("/sign-out")
    client = Client()
    assert passkey(client, device, "/sign-in/passkey").status_code == 302

    client.post(f"/change-school/{cast.thornhill}")

    with writing(cast.thornhill):
        [stay] = SignIn.objects.filter(school_id=cast.thornhill, member__person_id=cast.tom.person)
        assert stay.factor == "passkey"
    with writing(cast.oakfield, cast.thornhill):
        told = AuditEntry.objects.filter(verb="second_factor.added").values_list("school_id", flat=True)
        assert set(told) == {cast.oakfield, cast.thornhill}
