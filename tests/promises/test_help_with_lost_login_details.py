"""P33: each test begins with what would make the help useless, or useful to somebody else."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from itrack.accounts.models import Link, Person, SecondFactor
from itrack.foundation import clock
from tests.accounts.post import jobs, link_in, post
from tests.cast import PASSWORD, Cast
from tests.promises.breaking import what_is_seen

NAME = "help_with_lost_login_details"
NEW = "Gondola-Badger-trumpet-9"


@pytest.fixture(autouse=True)
def address(cast: Cast) -> None:
    Person.objects.filter(pk=cast.tom.person).update(email="tom@oakfield.example")


def ask(typed: str, lost: str = "password"):
    return Client().post("/forgotten/ask", {"typed": typed, "lost": lost})


def the_link(cast: Cast) -> str:
    ask("tom")
    [letter] = post(clock.now())
    return link_in(letter)


def set_new(path: str, password: str = NEW):
    client = Client()
    client.get(path)
    return client.post("/new-password/set", {"password": password})


def enters(password: str) -> bool:
    return Client().post("/sign-in/enter", {"username": "tom", "password": password}).status_code == 302


def test_who_has_lost_the_password_gets_back_in_by_mail(cast: Cast) -> None:
    assert not enters(NEW)

    assert set_new(the_link(cast)).status_code == 302

    assert enters(NEW)
    assert not enters(PASSWORD)


def test_who_has_lost_the_user_name_is_told_it_at_the_registered_address(cast: Cast) -> None:
    ask("tom@oakfield.example", "name")

    [letter] = post(clock.now())

    assert letter.to == ["tom@oakfield.example"]
    assert "\ntom\n" in letter.body


def test_a_stranger_learns_nothing_by_asking(cast: Cast) -> None:
    known, unknown = ask("tom"), ask("nobody")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [job.task for job in jobs()] == ["accounts.new_password"] * 2


def test_no_mail_goes_to_an_address_that_is_not_registered(cast: Cast) -> None:
    ask("tom@somewhere-else.example")
    ask("tom@somewhere-else.example", "name")

    assert post(clock.now()) == []


def test_a_link_used_twice_or_late_sets_nothing(cast: Cast) -> None:
    path = the_link(cast)
    set_new(path)

    assert set_new(path, "Meadow-kettle-Pelican-31").status_code == 410
    assert enters(NEW)
    late = the_link(cast)
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        assert set_new(late, "Meadow-kettle-Pelican-31").status_code == 410


def test_a_thief_who_is_signed_in_is_out_once_the_password_is_new(cast: Cast) -> None:
    thief = cast.client("tom")

    set_new(the_link(cast))

    assert thief.get("/").status_code == 302


def test_whoever_reads_the_mail_still_lacks_the_second_factor(cast: Cast) -> None:
    SecondFactor.objects.create(person_id=cast.tom.person, kind="app", sealed="x", added_at=clock.now())

    answer = set_new(the_link(cast))

    assert answer["Location"] == "/second-factor"


def test_the_evidence_sees_a_link_that_is_good_for_longer(cast: Cast) -> None:
    the_link(cast)
    assert what_is_seen(NAME)["state"] == "holding"

    Link.objects.update(expires_at=clock.now() + timedelta(days=1))

    told = what_is_seen(NAME)
    assert told["state"] == "failing"
    assert "1 were good for more than an hour" in told["observed"]


def test_the_evidence_sees_two_links_that_work_for_one_person(cast: Cast) -> None:
    the_link(cast)
    one = Link.objects.get()

    Link.objects.create(
        person_id=one.person_id,
        purpose=one.purpose,
        digest="0" * 64,
        made_at=one.made_at,
        expires_at=one.expires_at,
    )

    assert "1 people have two that work" in what_is_seen(NAME)["observed"]
    assert what_is_seen(NAME)["state"] == "failing"
