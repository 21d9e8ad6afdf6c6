"""Signing in with a second proof: what opens, what does not, and that nothing opens twice."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from django.test import Client

from itrack.accounts.actions.factors import add_app, add_passkey, make_codes, remove_factor
from itrack.accounts.actions.people import add_member
from itrack.accounts.actions.proving import passkeys_of, take_step
from itrack.accounts.actions.roles import settle_role
from itrack.accounts.models import Person, SecondFactor, SignIn
from itrack.accounts.queries.factors import codes_left, factors_of
from itrack.accounts.rules_sessions import Factor, Limits
from itrack.accounts.sources import apps
from itrack.accounts.sources.passkeys import Passkey
from itrack.foundation import clock
from itrack.foundation.models import AuditEntry
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role
from tests.accounts.authenticator import Device
from tests.cast import NOW, PASSWORD, Cast

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 24, 12, 0, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def on(self, **time: float) -> None:
        self.at += timedelta(**time)


@pytest.fixture
def hour(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moment = Clock()
    monkeypatch.setattr(clock, "now", moment)
    return moment


def person(cast: Cast, name: str = "tom") -> int:
    return cast.people[name].person


def code_at(moment: datetime) -> str:
    return pyotp.TOTP(SECRET).at(moment)


def after_password(name: str = "tom", expected: str = "/second-factor") -> Client:
    client = Client()
    answer = client.post("/sign-in/enter", {"username": name, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, expected)
    return client


def with_app(cast: Cast, name: str = "tom") -> None:
    add_app(person=person(cast, name), secret=SECRET, step=0, at=NOW)


def give(client: Client, code: str, kind: str = "app"):
    return client.post("/second-factor/code", {"kind": kind, "code": code, "next": ""})


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def stays(cast: Cast, name: str = "tom") -> list[str]:
    place = cast.people[name]
    with writing(place.school):
        return list(SignIn.objects.filter(member_id=place.member).order_by("pk").values_list("factor", flat=True))


def test_the_password_alone_opens_nothing_for_somebody_with_an_app(cast: Cast, hour: Clock) -> None:
    with_app(cast)

    client = after_password()

    assert not is_in(client)
    assert stays(cast) == []
    assert "Code of your app" in client.get("/second-factor").content.decode()


def test_a_code_of_the_app_lets_in_and_the_stay_says_so(cast: Cast, hour: Clock) -> None:
    with_app(cast)
    client = after_password()

    answer = give(client, code_at(hour.at))

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_in(client)
    assert stays(cast) == ["app"]


@pytest.mark.parametrize("wrong", [-30, 30])
def test_a_phone_whose_clock_is_half_a_minute_wrong_still_lets_in(cast: Cast, hour: Clock, wrong: int) -> None:
    with_app(cast)

    assert give(after_password(), code_at(hour.at + timedelta(seconds=wrong))).status_code == 302


@pytest.mark.parametrize("wrong", [-90, 90])
def test_a_phone_whose_clock_is_further_out_does_not(cast: Cast, hour: Clock, wrong: int) -> None:
    with_app(cast)

    answer = give(after_password(), code_at(hour.at + timedelta(seconds=wrong)))

    assert answer.status_code == 422
    assert "That code was not accepted." in answer.content.decode()


def test_a_code_opens_once_and_an_older_one_not_after_a_newer(cast: Cast, hour: Clock) -> None:
    with_app(cast)
    now, before = code_at(hour.at), code_at(hour.at - timedelta(seconds=30))
    give(after_password(), now)

    again, older = give(after_password(), now), give(after_password(), before)

    assert (again.status_code, older.status_code) == (422, 422)
    assert stays(cast) == ["app"]


def test_of_two_workers_with_one_code_one_accepts_it(cast: Cast, hour: Clock) -> None:
    with_app(cast)
    row, step = SecondFactor.objects.get(person_id=person(cast)), apps.step_now(hour.at)

    assert [take_step(row.pk, step, hour.at), take_step(row.pk, step, hour.at)] == [True, False]


def test_ten_minutes_after_the_password_it_has_to_be_given_again(cast: Cast, hour: Clock) -> None:
    with_app(cast)
    client = after_password()
    hour.on(minutes=10)

    answer = give(client, code_at(hour.at))

    assert answer.status_code == 422
    assert "there are ten minutes for the second proof" in answer.content.decode()
    assert not is_in(client)


def test_a_password_that_was_changed_meanwhile_proves_nothing(cast: Cast, hour: Clock) -> None:
    with_app(cast)
    client = after_password()
    Person.objects.filter(pk=person(cast)).update(password_set_at=hour.at + timedelta(seconds=1))

    assert give(client, code_at(hour.at)).status_code == 422
    assert not is_in(client)


def test_a_session_that_proved_no_password_gives_no_second_proof(cast: Cast, hour: Clock) -> None:
    with_app(cast)

    for answer in (
        give(Client(), code_at(hour.at)),
        Client().post("/second-factor/passkey", {"answer": "{}"}),
        Client().post("/protect/app", {"code": code_at(hour.at)}),
        Client().post("/protect/passkey", {"answer": "{}"}),
    ):
        assert answer.status_code == 422
    assert Client().post("/second-factor/passkey/ask").status_code == 409
    assert Client().post("/protect/passkey/ask").status_code == 409


def test_a_recovery_code_opens_once_and_only_its_owners_account(cast: Cast, hour: Clock) -> None:
    for name in ("tom", "olu"):
        with_app(cast, name)
    code, *others = make_codes(person=person(cast), at=NOW)
    make_codes(person=person(cast, "olu"), at=NOW)

    elsewhere = give(after_password("olu"), code, "recovery")
    first = give(after_password(), f" {code.upper()} ", "recovery")
    again = give(after_password(), code, "recovery")

    assert (elsewhere.status_code, first.status_code, again.status_code) == (422, 302, 422)
    assert codes_left(person=person(cast)) == len(others) == 9
    assert stays(cast) == ["recovery"]


def test_a_new_list_of_recovery_codes_ends_the_old_one(cast: Cast, hour: Clock) -> None:
    with_app(cast)
    old = make_codes(person=person(cast), at=NOW)
    new = make_codes(person=person(cast), at=NOW)

    assert give(after_password(), old[0], "recovery").status_code == 422
    assert give(after_password(), new[0], "recovery").status_code == 302
    assert not set(old) & set(new)


def test_nothing_readable_is_stored(cast: Cast) -> None:
    with_app(cast)
    codes = make_codes(person=person(cast), at=NOW)

    kept = " ".join(f"{row.handle} {row.sealed}" for row in SecondFactor.objects.filter(person_id=person(cast)))

    assert SECRET not in kept
    assert not [code for code in codes if code in kept or code.replace("-", "") in kept]


def test_an_apps_secret_copied_to_another_account_is_worth_nothing(cast: Cast, hour: Clock) -> None:
    with_app(cast, "tom")
    mine = SecondFactor.objects.get(person_id=person(cast, "tom"))
    SecondFactor.objects.create(person_id=person(cast, "olu"), kind="app", sealed=mine.sealed, added_at=NOW)

    client = after_password("olu")
    client.raise_request_exception = False

    assert give(client, code_at(hour.at)).status_code != 302
    assert not is_in(client)


def test_wrong_codes_are_counted_and_then_the_right_one_waits_too(cast: Cast, hour: Clock) -> None:
    with_app(cast)
    client = after_password()

    answers = [give(client, "000000").status_code for _ in range(6)]
    early = give(client, code_at(hour.at))
    hour.on(minutes=3)
    late = give(client, code_at(hour.at))

    assert answers[0] == 422
    assert 429 in answers
    assert early.status_code == 429
    assert "Too many tries" in early.content.decode()
    assert late.status_code == 302


def enrolled(cast: Cast, name: str = "tom", **device: object) -> Device:
    """A device with a passkey that the person made on their own account page."""
    client, made = cast.client(name), Device(**device)
    client.post("/account/confirm", {"password": PASSWORD})
    options = client.post("/account/passkey/ask").json()
    answer = client.post("/account/passkey/add", {"answer": made.create(options), "name": "Phone"})
    assert answer.status_code in (200, 303), answer.content
    client.post("/sign-out")
    return made


def passkey(client: Client, device: Device, where: str = "/second-factor/passkey"):
    options = client.post(f"{where}/ask").json()
    return client.post(where, {"answer": device.get(options)})


ALONE = "/sign-in/passkey"


def test_a_passkey_is_the_second_proof(cast: Cast, hour: Clock) -> None:
    device = enrolled(cast)

    client = after_password()
    answer = passkey(client, device)

    assert answer.status_code == 302
    assert is_in(client)
    assert stays(cast) == ["", "passkey"]


def test_a_passkey_alone_lets_its_owner_in(cast: Cast, hour: Clock) -> None:
    device, client = enrolled(cast), Client()

    answer = passkey(client, device, ALONE)

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "Tom Teacher" in client.get("/").content.decode()


def test_the_same_answer_of_a_passkey_is_taken_once(cast: Cast, hour: Clock) -> None:
    device, client = enrolled(cast), Client()
    answer = device.get(client.post(f"{ALONE}/ask").json())
    hour.on(seconds=1)
    first = client.post(ALONE, {"answer": answer})
    client.post("/sign-out")

    again = client.post(ALONE, {"answer": answer})
    client.post(f"{ALONE}/ask")
    other_question = client.post(ALONE, {"answer": answer})

    assert [one.status_code for one in (first, again, other_question)] == [302, 422, 422]
    assert "That passkey was not accepted." in again.content.decode()


def test_of_two_questions_open_at_once_the_later_use_closes_the_earlier(cast: Cast, hour: Clock) -> None:
    device, one, two = enrolled(cast), Client(), Client()
    first, second = (device.get(client.post(f"{ALONE}/ask").json()) for client in (one, two))
    hour.on(seconds=5)

    assert two.post(ALONE, {"answer": second}).status_code == 302
    assert one.post(ALONE, {"answer": first}).status_code == 422


def test_an_answer_to_another_browsers_question_is_refused(cast: Cast, hour: Clock) -> None:
    device, theirs, mine = enrolled(cast), Client(), Client()
    answer = device.get(theirs.post(f"{ALONE}/ask").json())
    mine.post(f"{ALONE}/ask")

    assert mine.post(ALONE, {"answer": answer}).status_code == 422


def test_an_answer_that_comes_too_late_is_refused(cast: Cast, hour: Clock) -> None:
    device, client = enrolled(cast), Client()
    answer = device.get(client.post(f"{ALONE}/ask").json())
    hour.on(minutes=6)

    assert client.post(ALONE, {"answer": answer}).status_code == 422


def test_an_answer_from_another_site_is_refused(cast: Cast, hour: Clock) -> None:
    device = enrolled(cast)
    for origin in ("https://itrack.evil.example", "http://testserver:8001", "https://testserver", "http://testserver."):
        device.origin = origin
        assert passkey(Client(), device, ALONE).status_code == 422, origin


def test_a_device_that_did_not_make_sure_who_holds_it_is_refused(cast: Cast, hour: Clock) -> None:
    device = enrolled(cast)
    device.verifies = False

    assert passkey(Client(), device, ALONE).status_code == 422


def test_a_passkey_of_somebody_else_is_no_second_proof(cast: Cast, hour: Clock) -> None:
    olus, _ = enrolled(cast, "olu"), enrolled(cast, "tom")

    client = after_password("tom")

    assert passkey(client, olus).status_code == 422
    assert not is_in(client)


def test_a_forged_signature_is_refused(cast: Cast, hour: Clock) -> None:
    device = enrolled(cast)
    forger = Device(handle=device.handle, user=device.user)

    assert passkey(Client(), forger, ALONE).status_code == 422


def test_a_copy_of_a_device_that_counts_is_noticed(cast: Cast, hour: Clock) -> None:
    device = enrolled(cast, counter=5)
    assert passkey(Client(), device, ALONE).status_code == 302
    hour.on(seconds=5)
    device.counter -= 1  # the copy was made before the last use

    assert passkey(Client(), device, ALONE).status_code == 422


def test_a_passkey_of_somebody_who_has_left_opens_nothing(cast: Cast, hour: Clock) -> None:
    device = enrolled(cast)
    Person.objects.filter(pk=person(cast)).update(is_active=False)

    assert passkey(Client(), device, ALONE).status_code == 422


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", '{"rawId": 99999999999}', "x" * 30_000])
def test_rubbish_for_an_answer_is_refused(cast: Cast, hour: Clock, answer: str) -> None:
    client = Client()
    client.post(f"{ALONE}/ask")

    assert client.post(ALONE, {"answer": answer}).status_code == 422


def test_at_a_bare_number_a_sentence_says_that_there_are_no_passkeys(cast: Cast) -> None:
    answer = Client().post(f"{ALONE}/ask", headers={"host": "127.0.0.1:8000"})

    assert answer.status_code == 409
    assert "is a number and not a name" in answer.json()["sentence"]


def test_a_host_that_is_not_ours_is_asked_nothing(cast: Cast) -> None:
    assert Client().post(f"{ALONE}/ask", headers={"host": "itrack.evil.example"}).status_code == 400


def strict(cast: Cast, role: Role = Role.TEACHER) -> None:
    with writing(cast.oakfield):
        settle_role(school=cast.oakfield, role=role, limits=Limits(second_factor=True), by=None, at=NOW)


def secret_on(client: Client, url: str) -> str:
    found = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', client.get(url).content.decode())
    assert found
    return found[1].replace(" ", "")


def test_whose_role_must_have_a_second_proof_sets_one_up_before_anything_opens(cast: Cast, hour: Clock) -> None:
    strict(cast)
    client = after_password("tom", "/protect")
    assert not is_in(client)

    secret = secret_on(client, "/protect")
    assert secret == secret_on(client, "/protect")
    answer = client.post("/protect/app", {"code": pyotp.TOTP(secret).at(hour.at)})

    told = answer.content.decode()
    assert answer.status_code == 200
    assert len(re.findall(r"<li><code>[a-z2-9-]{14}</code></li>", told)) == 10
    assert is_in(client)
    assert stays(cast) == ["app"]


def test_a_wrong_code_sets_nothing_up(cast: Cast, hour: Clock) -> None:
    strict(cast)
    client = after_password("tom", "/protect")
    secret = secret_on(client, "/protect")

    answer = client.post("/protect/app", {"code": pyotp.TOTP(secret).at(hour.at - timedelta(minutes=5))})

    assert answer.status_code == 422
    assert factors_of(person=person(cast)) == []
    assert not is_in(client)
    assert secret_on(client, "/protect") == secret


def test_the_code_that_set_an_app_up_does_not_sign_in_with_it(cast: Cast, hour: Clock) -> None:
    strict(cast)
    client = after_password("tom", "/protect")
    code = pyotp.TOTP(secret_on(client, "/protect")).at(hour.at)
    client.post("/protect/app", {"code": code})

    assert give(after_password(), code).status_code == 422


def test_a_passkey_sets_it_up_too(cast: Cast, hour: Clock) -> None:
    strict(cast)
    client, device = after_password("tom", "/protect"), Device()

    options = client.post("/protect/passkey/ask").json()
    answer = client.post("/protect/passkey", {"answer": device.create(options)})

    assert answer.status_code == 200
    assert is_in(client)
    assert [row.kind for row in factors_of(person=person(cast))] == [Factor.PASSKEY]


def test_what_a_device_is_asked_for(cast: Cast, hour: Clock) -> None:
    device = enrolled(cast)
    client = cast_in(cast, device)
    client.post("/account/confirm", {"password": PASSWORD})

    asked = client.post("/account/passkey/ask").json()["publicKey"]

    assert asked["rp"] == {"id": "testserver", "name": "iTRACK"}
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["attestation"] == "none"
    assert len(asked["excludeCredentials"]) == 1
    assert str(person(cast)).encode() not in device.user
    assert len(device.user) == 32


def cast_in(cast: Cast, device: Device) -> Client:
    client = Client()
    assert passkey(client, device, ALONE).status_code == 302
    return client


def test_the_stay_of_a_role_that_must_have_a_factor_ends_when_none_was_given(cast: Cast, hour: Clock) -> None:
    client = cast.client("tom")

    strict(cast)

    assert client.get("/").status_code == 302


def test_factors_leave_an_entry_in_every_school_of_the_person(cast: Cast) -> None:
    with writing(cast.thornhill):
        add_member(
            school=cast.thornhill, username="t2", password=PASSWORD, name="T", job_title="", role=Role.TEACHER,
            by=None, at=NOW,
        )  # fmt: skip
    with_app(cast)
    [row] = factors_of(person=person(cast))
    make_codes(person=person(cast), at=NOW)
    remove_factor(person=person(cast), factor=row.id, at=NOW)

    with writing(cast.oakfield):
        entries = AuditEntry.objects.filter(verb__contains="factor") | AuditEntry.objects.filter(
            verb="recovery_codes.made"
        )
        told = [(entry.verb, entry.by_id, entry.fields) for entry in entries.order_by("pk")]
    mine = cast.tom.member
    assert told == [
        ("second_factor.added", mine, ["app"]),
        ("recovery_codes.made", mine, []),
        ("second_factor.removed", mine, ["app"]),
    ]


def test_one_app_each_and_no_codes_without_a_factor(cast: Cast) -> None:
    with pytest.raises(Refused, match="neither"):
        make_codes(person=person(cast), at=NOW)
    with_app(cast)
    with pytest.raises(Refused, match="already"):
        with_app(cast)


def test_a_passkey_belongs_to_one_person(cast: Cast) -> None:
    made = Passkey("abc", b"key", 0)
    add_passkey(person=person(cast, "tom"), passkey=made, name="Phone", at=NOW)

    with pytest.raises(Refused, match="already"):
        add_passkey(person=person(cast, "olu"), passkey=made, name="Phone", at=NOW)
    assert passkeys_of(person(cast, "tom")) == [made]
