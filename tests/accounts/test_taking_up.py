"""Taking up an invitation on the pages, and everything somebody might try with its link."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from itrack.accounts.api import invite, withdraw_invitation
from itrack.accounts.models import Link, Membership, Person
from itrack.foundation import clock
from itrack.foundation.models import AuditEntry
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role
from tests.accounts.post import link_in, post
from tests.cast import PASSWORD, Cast

GOOD = "Lantern-otter-teapot-47"
NIA = {"name": "Nia Nightjar", "job_title": "Class teacher, RH", "email": "nia@oakfield.example", "role": Role.TEACHER}


def invited(cast: Cast, **other: object) -> str:
    """The path of the link that Nia gets from Ada."""
    with writing(cast.oakfield):
        invite(school=cast.oakfield, by=cast.ada.member, at=clock.now(), **(NIA | other))
    [letter] = post(clock.now())
    return link_in(letter)


def come(path: str) -> Client:
    client = Client()
    assert client.get(path).status_code == 302
    return client


def take_up(client: Client, username: str = "nia", password: str = GOOD):
    return client.post("/invitation/take-up", {"username": username, "password": password})


def nia() -> Person:
    return Person.objects.get(email=NIA["email"])


def test_the_page_shows_school_and_role_and_asks_for_user_name_and_password(cast: Cast) -> None:
    page = come(invited(cast)).get("/invitation").content.decode()

    assert "Your place at Oakfield Primary School" in page
    assert "Your role: teacher." in page
    assert 'autocomplete="new-password"' in page
    assert "Keeping it safe" in page


def test_choosing_both_makes_the_account_theirs_and_brings_them_in(cast: Cast) -> None:
    client = come(invited(cast))

    answer = take_up(client, " Nia.N ")

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "Good " in client.get("/").content.decode()
    person = nia()
    assert person.username == "nia.n"
    assert person.advised_at is not None
    assert person.password_set_at is not None
    with writing(cast.oakfield):
        place = Membership.objects.get(person=person)
        assert place.joined_at is not None
        assert AuditEntry.objects.filter(verb="member.joined", by=place.pk, subject_id=place.pk).count() == 1
    assert Client().post("/sign-in/enter", {"username": "NIA.N", "password": GOOD}).status_code == 302


def test_a_guarded_role_goes_on_to_protect_the_account(cast: Cast) -> None:
    from itrack.accounts.api import settle_role
    from itrack.accounts.rules_sessions import Limits

    with writing(cast.oakfield):
        limits = Limits(second_factor=True)
        settle_role(school=cast.oakfield, role=Role.OFFICE, limits=limits, by=None, at=clock.now())
    client = come(invited(cast, role=Role.OFFICE))

    answer = take_up(client)

    assert answer["Location"] == "/protect"
    assert client.get("/").status_code == 302


def test_a_link_is_good_once(cast: Cast) -> None:
    path = invited(cast)
    first, second = come(path), come(path)
    take_up(first)

    late, again = take_up(second, "mallory", "Gondola-Badger-trumpet-9"), Client().get(path)

    assert late.status_code == again.status_code == 410
    assert "This invitation has been taken up" in again.content.decode()
    assert nia().username == "nia"
    assert Client().post("/sign-in/enter", {"username": "nia", "password": GOOD}).status_code == 302


def test_a_link_is_good_for_a_week(cast: Cast) -> None:
    path = invited(cast)
    client = come(path)

    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)):
        late, page = take_up(client), Client().get(path)

    assert late.status_code == page.status_code == 410
    assert "no longer good" in page.content.decode()
    assert nia().username is None


def test_a_made_up_link_leads_nowhere_and_whoever_tries_many_is_slowed_down(cast: Cast) -> None:
    client, seen = Client(), []

    for _ in range(70):
        seen.append(client.get(f"/invitation/{'x' * 43}").status_code)

    assert seen[0] == 410
    assert seen[-1] == 429


def test_without_a_link_there_is_nothing_to_take_up(cast: Cast) -> None:
    assert Client().get("/invitation")["Location"] == "/sign-in"
    assert Client().get("/new-password")["Location"] == "/sign-in"
    assert take_up(Client()).status_code == 410


def test_a_link_for_a_new_password_is_no_invitation(cast: Cast) -> None:
    from itrack.accounts.actions.links import make_link
    from itrack.accounts.rules_links import Purpose

    token = make_link(person=cast.tom.person, purpose=Purpose.PASSWORD, school=None, at=clock.now())

    assert Client().get(f"/invitation/{token}").status_code == 410


def test_a_removed_persons_link_does_not_let_them_in(cast: Cast) -> None:
    path = invited(cast)
    client = come(path)
    with writing(cast.oakfield):
        member = Membership.objects.get(person=nia()).pk
        withdraw_invitation(school=cast.oakfield, member=member, by=cast.ada.member, at=clock.now())

    assert take_up(client).status_code == 410
    assert nia().username is None


@pytest.mark.parametrize("username", ["tom", "TOM", " Tom "])
def test_a_taken_user_name_is_refused_with_others_that_are_free(cast: Cast, username: str) -> None:
    client = come(invited(cast))

    answer = take_up(client, username)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody else has this user name." in page
    assert "Nobody has: nia.nightjar, n.nightjar, nian." in page
    assert take_up(client).status_code == 302, "the link must still be good"


@pytest.mark.parametrize(
    "username",
    [
        "tоm",
        "ｔｏｍ",
        "to m",
        "tom\n",
        "tom\u200b",
        "admin",
        "support",
        "to",
        ".tom",
        "tom@oakfield.example",
        "<b>tom</b>",
        "t" * 10000,
        "",
        "tom\x00x",
    ],
)
def test_a_user_name_of_other_letters_is_refused(cast: Cast, username: str) -> None:
    client = come(invited(cast))

    answer = take_up(client, username)

    if username == "tom\n":  # the form takes white space off, and then it is Tom's
        assert "Somebody else has this user name." in answer.content.decode()
    assert answer.status_code == 422
    assert nia().username is None


@pytest.mark.parametrize("password", ["", "short", "Oakfield-Primary-2026", "x" * 10_000, "nianightjar-Nightjar-1"])
def test_a_weak_password_is_refused_and_changes_nothing(cast: Cast, password: str) -> None:
    client = come(invited(cast))

    answer = take_up(client, "nia", password)

    assert answer.status_code == 422
    assert nia().username is None
    assert Link.objects.filter(used_at__isnull=True).count() == 1
    if password:
        assert password not in answer.content.decode()


def test_somebody_with_an_account_signs_in_and_accepts(cast: Cast) -> None:
    Person.objects.filter(pk=cast.theo.person).update(email="theo@thornhill.example")
    client = come(invited(cast, email="theo@thornhill.example", name="Theo Head"))

    page = client.get("/invitation").content.decode()
    assert "/sign-in?next=/invited" in page
    assert "theo" not in page.replace("Theo Head", "")
    refused = take_up(client, "theo.two")
    entered = client.post("/sign-in/enter", {"username": "theo", "password": PASSWORD, "next": "/invited"})
    waiting = client.get("/invited").content.decode()
    accepted = client.post("/invited/accept", {"school": cast.oakfield})

    assert refused.status_code == 409
    assert entered["Location"] == "/invited"
    assert "Accept and go to Oakfield Primary School" in waiting
    assert accepted["Location"] == "/"
    assert "Oakfield Primary School" in client.get("/").content.decode()
    assert client.post("/invited/accept", {"school": cast.oakfield}).status_code == 410


@pytest.mark.parametrize("school", ["thornhill", "oakfield"])
def test_nobody_can_accept_what_was_not_offered_to_them(cast: Cast, school: str) -> None:
    invited(cast)
    tom = cast.client("tom")

    answer = tom.post("/invited/accept", {"school": getattr(cast, school)})

    assert answer.status_code == 410
    with writing(cast.oakfield, cast.thornhill):
        assert Membership.objects.filter(person=cast.tom.person).count() == 1


def test_taking_up_ends_the_sign_in_of_somebody_else_at_the_same_computer(cast: Cast) -> None:
    from itrack.accounts.models import SignIn

    client = cast.client("tom")
    client.get(invited(cast))
    assert "This is Tom Teacher’s sign-in" in client.get("/invitation").content.decode()

    take_up(client)

    assert "Nia Nightjar" in client.get("/").content.decode()
    with writing(cast.oakfield):
        assert not SignIn.objects.filter(member=cast.tom.member, ended_at__isnull=True).exists()


def test_the_token_is_in_no_page_no_referer_and_no_session(cast: Cast) -> None:
    path = invited(cast)
    token = path.rpartition("/")[2]
    client = Client()

    answer = client.get(path)
    page = client.get("/invitation")

    assert answer["Location"] == "/invitation"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == page["Cache-Control"] == "no-store"
    assert token not in page.content.decode()
    assert token not in repr(dict(client.session.items()))


def test_looking_does_not_use_the_link_up(cast: Cast) -> None:
    path = invited(cast)

    for _ in range(3):  # a mail server that follows links before its reader does
        Client().get(path)
        Client().head(path)

    assert take_up(come(path)).status_code == 302
