"""`itrack schools add`: a school arrives, and its first administrator comes in by the invitation."""

import json
from argparse import Namespace
from contextlib import nullcontext
from datetime import date

import pytest
from django.test import Client

from itrack.accounts.models import Membership, Person
from itrack.config.cli import __main__ as cli
from itrack.config.cli import schools
from itrack.foundation import clock
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from itrack.schools.models import School, Trust
from tests.accounts.post import jobs, link_in, post
from tests.cast import Cast, password_is_enough

WILLOW = ["--urn", "100009", "--la", "823", "--estab", "2009", "--name", "Willow Primary School"]
WENDY = ["--administrator", "Wendy Willow", "--email", "wendy@willow.example"]


@pytest.fixture(autouse=True)
def here(cast: Cast, monkeypatch) -> None:
    """The command stands on the database of this test."""
    monkeypatch.setattr(schools, "standing", lambda asked: nullcontext())


def add(*more: str, school: list[str] = WILLOW, person: list[str] = WENDY) -> int:
    return cli.main(["schools", "add", *school, *person, *more])


def test_a_school_and_its_first_administrator_arrive(capsys) -> None:
    subscribed = ["--product", "itrack", "--product", "iasend", "--from", "2026-09-01", "--until", "2027-08-31"]
    about = ["--phase", "infant", "--trust", "Meadow Trust", "--town", "Alderford", "--job-title", "Business manager"]

    code = add("--json", *subscribed, *about)

    told = json.loads(capsys.readouterr().out)
    school = School.objects.get(urn="100009")
    assert code == 0
    assert told["school"] == {
        "id": school.pk,
        "urn": "100009",
        "la": "823",
        "estab": "2009",
        "name": "Willow Primary School",
    }
    assert told["administrator"]["email"] == "wendy@willow.example"
    assert "/outbox" in told["mail"]
    assert (school.phase, school.products, school.country) == ("infant", ["itrack", "iasend"], "ENG")
    assert (school.subscribed_from, school.subscribed_until) == (date(2026, 9, 1), date(2027, 8, 31))
    assert (school.trust is None, school.town) == (False, "Alderford")
    assert school.trust.name == "Meadow Trust"
    with writing(school.pk):
        place = Membership.objects.get()
        assert (place.name, place.job_title, place.role) == ("Wendy Willow", "Business manager", "administrator")
    assert [job.args for job in jobs()] == [{"school": school.pk, "member": place.pk}]


def test_the_administrator_takes_it_up_and_is_led_on_to_set_the_school_up(capsys) -> None:
    add()
    said = capsys.readouterr().out
    password_is_enough(School.objects.get(urn="100009").pk)
    [letter] = post(clock.now())
    wendy = Client()
    wendy.get(link_in(letter))

    answer = wendy.post("/invitation/take-up", {"username": "wendy", "password": "Lantern-otter-teapot-47"})

    assert "Wendy Willow is invited as its administrator, by mail to wendy@willow.example" in said
    assert answer["Location"] == "/"
    home = wendy.get("/").content.decode()
    assert "Willow Primary School" in home
    assert "Year and terms" in home
    assert "Next" in home


def test_a_guarded_administrator_is_first_asked_to_protect_the_account() -> None:
    add()
    [letter] = post(clock.now())
    wendy = Client()
    wendy.get(link_in(letter))

    answer = wendy.post("/invitation/take-up", {"username": "wendy", "password": "Lantern-otter-teapot-47"})

    assert answer["Location"] == "/protect"


def test_a_second_school_of_a_trust_joins_the_first() -> None:
    other = ["--urn", "100010", "--la", "823", "--estab", "2010", "--name", "Alder School"]

    add("--trust", "Meadow Trust")
    add("--trust", "MEADOW TRUST", school=other)

    assert Trust.objects.count() == 1
    assert Person.objects.filter(email="wendy@willow.example").count() == 1
    assert [School.objects.get(urn=urn).trust for urn in ("100009", "100010")] == [Trust.objects.get()] * 2


def test_a_welsh_authority_makes_a_welsh_school() -> None:
    add(school=["--urn", "400009", "--la", "674", "--estab", "2009", "--name", "Ysgol Helyg"])

    assert School.objects.get(urn="400009").country == "WLS"


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--urn", "12345", "A URN has six digits"),
        ("--urn", "１００００９", "A URN has six digits"),
        ("--urn", "100001", "Oakfield Primary School (URN 100001, 823/2001) is here already."),
        ("--la", "82", "A local authority has three digits"),
        ("--estab", "201", "An establishment number has four digits"),
        ("--estab", "2001", "Oakfield Primary School (URN 100001, 823/2001) is here already."),
        ("--name", "", "A school’s name is one line"),
        ("--name", "Willow\nBcc: all@thornhill.example", "A school’s name is one line"),
        ("--name", "W" * 10_000, "A school’s name is one line"),
        ("--trust", "Meadow\nTrust", "A trust’s name is one line"),
        ("--until", "2026-01-01", "The subscription ends before it begins."),
        ("--email", "wendy", "This is no e-mail address."),
        ("--administrator", "Wendy\nWillow", "A name has at most"),
    ],
)
def test_what_is_no_school_is_refused_with_a_sentence_and_nothing_is_stored(
    option: str, value: str, sentence: str, capsys
) -> None:
    code = add(option, value)

    assert code == 1
    assert sentence in capsys.readouterr().err
    assert School.objects.count() == 2
    assert Person.objects.filter(email__startswith="wendy").count() == 0
    assert jobs() == []


def test_a_lost_first_invitation_is_sent_again_until_somebody_in_the_school_can(capsys) -> None:
    add()
    [first] = post(clock.now())
    again = ["schools", "invite-again", "--urn", "100009", "--email", "Wendy@willow.example"]

    assert cli.main(again) == 0
    [second] = post(clock.now())

    assert link_in(first) != link_in(second)
    wendy = Client()
    wendy.get(link_in(second))
    wendy.post("/invitation/take-up", {"username": "wendy", "password": "Lantern-otter-teapot-47"})
    assert cli.main(again) == 1
    assert "This school has an administrator" in capsys.readouterr().err


@pytest.mark.parametrize(("urn", "email"), [("999999", "wendy@willow.example"), ("100009", "else@willow.example")])
def test_nobody_else_is_invited_again(urn: str, email: str) -> None:
    add()
    post(clock.now())

    assert cli.main(["schools", "invite-again", "--urn", urn, "--email", email]) == 1
    assert jobs() == []


@pytest.mark.parametrize("more", [["--product", "isomething"], ["--phase", "secondary"], ["--from", "tomorrow"]])
def test_wrong_usage_ends_with_two(more: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        add(*more)

    assert ended.value.code == 2


def test_where_there_is_no_database_nothing_is_made(tmp_path, monkeypatch) -> None:
    monkeypatch.undo()
    monkeypatch.delenv("DATABASE_URL", raising=False)

    with pytest.raises(Refused, match="There are no schools under"):
        schools.add(Namespace(home=str(tmp_path / "nothing")))
