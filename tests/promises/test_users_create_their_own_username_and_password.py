"""P93: each test begins with somebody trying to make, learn or use what only its owner should."""

import re

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django import app

from itrack.accounts.api import invite
from itrack.accounts.models import Link, Membership, Person
from itrack.foundation import clock
from itrack.foundation.routes import every_route
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role
from itrack.mailing.rules import letters
from itrack.promises.evidence import credentials, source
from tests.accounts.post import jobs, link_in, post
from tests.architecture.world import World, address, ask
from tests.cast import PASSWORD, Cast
from tests.promises.breaking import what_is_seen

NAME = "users_create_their_own_username_and_password"
GOOD = "Lantern-otter-teapot-47"
MAIL = "nia@oakfield.example"


def invited(cast: Cast, email: str = MAIL):
    """The mail that Nia gets from Ada."""
    with writing(cast.oakfield):
        who = {"name": "Nia Nightjar", "job_title": "Class teacher", "email": email, "role": Role.TEACHER}
        invite(school=cast.oakfield, by=cast.ada.member, at=clock.now(), **who)
    [letter] = post(clock.now())
    return letter


def take_up(path: str, username: str, password: str = GOOD):
    client = Client()
    client.get(path)
    return client.post("/invitation/take-up", {"username": username, "password": password})


def enters(username: str, password: str = GOOD) -> bool:
    return Client().post("/sign-in/enter", {"username": username, "password": password}).status_code == 302


def passwords() -> dict[int, str]:
    return dict(Person.objects.values_list("pk", "password"))


def test_a_link_that_was_used_makes_no_second_owner(cast: Cast) -> None:
    path = link_in(invited(cast))
    assert take_up(path, "nia").status_code == 302

    assert take_up(path, "mallory", "Gondola-Badger-trumpet-9").status_code == 410
    assert enters("nia")
    assert not enters("mallory", "Gondola-Badger-trumpet-9")


def test_the_owner_alone_makes_the_user_name_and_the_password(cast: Cast) -> None:
    letter = invited(cast)
    person = Person.objects.get(email=MAIL)
    assert (person.username, person.has_usable_password()) == (None, False)

    take_up(link_in(letter), "nia")

    assert enters("nia")


def test_no_mail_of_any_kind_holds_a_password(cast: Cast) -> None:
    letter = invited(cast)
    path = link_in(letter)
    take_up(path, "nia")
    Client().post("/forgotten/ask", {"typed": "nia", "lost": "password"})
    Client().post("/forgotten/ask", {"typed": "nia", "lost": "name"})
    sent = [letter, *post(clock.now())]

    assert len(sent) == 3
    for one in sent:
        assert GOOD not in one.body
        assert PASSWORD not in one.body
        # No word of a mail, tried as the password, lets anybody in.
        words = [word for word in set(re.findall(r"\S{12,60}", one.body)) if "://" not in word]
        assert not any(enters("nia", word) for word in words[:5])


def test_an_administrator_can_set_nobody_elses_on_any_page(world: World) -> None:
    ada, before = world.client("ada"), passwords()
    tom = world.cast.tom
    body = {"password": GOOD, "new": GOOD, "current": PASSWORD, "username": "tom", "person": tom.person}
    body |= {"member": tom.member, "name": "Tom Teacher", "job_title": "Teacher", "role": "teacher"}

    for route in [route for route in every_route() if route.declared.writes]:
        ask(ada, route, address(route, world.ours), dict(body))
        after = passwords()
        assert {pk for pk in before if after[pk] != before[pk]} <= {world.cast.ada.person}, route.pattern


def test_somebody_known_keeps_the_account_they_made_and_accepts_with_it(cast: Cast) -> None:
    Person.objects.filter(pk=cast.theo.person).update(email="theo@thornhill.example")
    before = passwords()[cast.theo.person]
    path = link_in(invited(cast, "theo@thornhill.example"))

    assert take_up(path, "mallory").status_code == 409
    assert passwords()[cast.theo.person] == before
    theo = cast.client("theo")
    theo.post("/invited/accept", {"school": cast.oakfield})
    with writing(cast.oakfield):
        assert Membership.objects.get(person=cast.theo.person).joined_at is not None


def test_the_evidence_sees_an_account_that_somebody_else_prepared(cast: Cast) -> None:
    invited(cast)
    assert what_is_seen(NAME)["state"] == "holding"

    Person.objects.filter(email=MAIL).update(password="argon2$prepared")

    told = what_is_seen(NAME)
    assert told["state"] == "failing"
    assert "1 of them with a password" in told["observed"]


def test_the_evidence_sees_a_token_kept_in_the_clear(cast: Cast) -> None:
    invited(cast)

    Link.objects.update(digest="Fd9-token-as-it-stood-in-the-mail_x")

    assert "1 readable" in what_is_seen(NAME)["observed"]
    assert what_is_seen(NAME)["state"] == "failing"


def test_the_evidence_sees_a_job_that_carries_an_address(cast: Cast) -> None:
    with writing(cast.oakfield):
        who = {"name": "Nia Nightjar", "job_title": "Class teacher", "email": MAIL, "role": Role.TEACHER}
        invite(school=cast.oakfield, by=cast.ada.member, at=clock.now(), **who)
    [job] = jobs()
    with connection.cursor() as cursor:
        cursor.execute('update procrastinate_jobs set args = args || \'{"to": "x"}\' where id = %s', [job.id])

    assert "more than ids: 1" in what_is_seen(NAME)["observed"]
    assert what_is_seen(NAME)["state"] == "failing"


def test_the_evidence_stands_after_the_jobs_of_the_night(db) -> None:
    nightly = [one for one in app.periodic_registry.periodic_tasks.values() if one.task.name.startswith("accounts.")]
    assert nightly

    for one in nightly:
        one.task.defer(timestamp=int(clock.now().timestamp()))

    assert "more than ids: 0" in what_is_seen(NAME)["observed"]
    assert what_is_seen(NAME)["state"] == "holding"


def test_the_evidence_sees_a_mail_that_could_hold_a_password(db, monkeypatch) -> None:
    def welcome(*, username: str, password: str) -> letters.Letter: ...

    welcome.__module__ = letters.__name__
    monkeypatch.setattr(letters, "welcome", welcome, raising=False)

    told = what_is_seen(NAME)
    assert told["state"] == "failing"
    assert "1 (welcome)" in told["observed"]


@pytest.mark.parametrize(
    "careless",
    [
        "def reset_for(person): set_password(person=person, password='x')",
        "def reset_for(person): Person.objects.filter(pk=person).update(password='x')",
        "def reset_for(person): person.password = 'x'",
        "def reset_for(person): Person(password='x').save()",
    ],
)
def test_the_evidence_sees_a_function_that_sets_somebody_elses(db, monkeypatch, careless: str) -> None:
    whole = (*source.texts(), ("itrack.staff.actions.careless", careless))
    monkeypatch.setattr(source, "texts", lambda: whole)

    told = what_is_seen(NAME)

    assert told["state"] == "failing"
    assert "itrack.staff.actions.careless.reset_for" in told["observed"]


def test_what_may_set_a_password_exists() -> None:
    assert {*source.callers_of("set_password")} >= credentials.BY_THEIR_OWNERS
    assert {*credentials.writers_of_passwords()} >= credentials.WRITE_THE_COLUMN
