"""A new school finds its way from the first sign-in to the first mark by the list on Home alone."""

import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

from itrack.accounts.api import add_member
from itrack.foundation import clock
from itrack.foundation.tenancy.windows import reading, writing
from itrack.foundation.viewer import Role
from itrack.imports import api as imports
from itrack.imports.models import Batch
from itrack.schools.api import NewSchool, add_school
from itrack.website.rules import SetUp, steps
from tests.cast import NOW, PASSWORD, Cast, a_pupil, password_is_enough
from tests.imports.ctf_maker import basic_details, ctf, pupil

LINES = ["Year and terms", "Subjects", "Mark scheme", "Pupils", "Classes", "Teachers", "The first mark"]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def willow(db) -> int:
    """A school just taken on: its people, and nothing else."""
    school = add_school(new=NewSchool("100009", "823", "2009", "Willow Primary School"))
    staff = (("wanda", "Wanda Admin", Role.ADMINISTRATOR), ("will", "Will Teacher", Role.TEACHER))
    with writing(school):
        for username, name, role in staff:
            told = {"username": username, "password": PASSWORD, "name": name, "job_title": "", "role": role}
            add_member(school=school, by=None, at=NOW, advised_at=clock.now(), **told)
    password_is_enough(school)
    return school


def signed_in(username: str) -> Client:
    client = Client()
    assert client.post("/sign-in/enter", {"username": username, "password": PASSWORD}).status_code == 302
    return client


def lines(client: Client) -> dict[str, tuple[str, str]]:
    """The list on Home: line → (its state, the address it leads to)."""
    shown = html.fromstring(client.get("/").content).xpath('//section[@aria-labelledby="h-set"]//li')
    return {
        row.xpath("span[1]//text()")[0].strip(): (
            row.xpath('string(span[contains(@class, "state")])'),
            row.xpath("string(.//a/@href)"),
        )
        for row in shown
    }


def next_page(client: Client, line: str) -> tuple[str, html.HtmlElement]:
    """Follows the line that says Next, which must be this one."""
    state, address = lines(client)[line]
    assert state.startswith("Next"), f"{line} says {state}"
    answer = client.get(address)
    assert answer.status_code == 200
    return address, html.fromstring(answer.content)


def press(client: Client, page: html.HtmlElement, label: str, **typed: object) -> html.HtmlElement:
    """Sends the form whose button says so, as the page gives it, with some fields filled in; returns where it leads."""
    found = [form for form in page.forms if any(label in b.text_content() for b in form.xpath(".//button"))]
    assert found, f"no button says {label}"
    fields = {name: value for name, value in found[0].form_values() if name != "csrfmiddlewaretoken"} | typed
    answer = client.post(found[0].action, fields, follow=True)
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    return html.fromstring(answer.content)


def bring_in(wanda: Client, page: html.HtmlElement, school: int) -> None:
    """Chooses a file of three, applies it, and lets the worker do its part."""
    told = ctf(*(pupil(basic_details(NCyearActual="4"), surname=name) for name in ("Acorn", "Birch", "Cedar")))
    file = SimpleUploadedFile("transfer.xml", told.encode())
    preview = press(wanda, page, "Check this file", file=file)
    press(wanda, preview, "Apply")
    with writing(school):
        batch = Batch.objects.get()
        imports.apply(school=school, batch=batch.pk, by=batch.by_id, at=NOW)


def test_a_new_school_gets_from_sign_in_to_its_first_mark_by_following_the_list(willow: int) -> None:
    wanda = signed_in("wanda")
    assert list(lines(wanda)) == LINES

    press(wanda, next_page(wanda, "Year and terms")[1], "Add 2026/27")
    press(wanda, next_page(wanda, "Subjects")[1], "Add these four")
    press(wanda, next_page(wanda, "Mark scheme")[1], "Start with these")
    bring_in(wanda, next_page(wanda, "Pupils")[1], willow)
    press(wanda, next_page(wanda, "Classes")[1], "Make classes")
    one_class = next_page(wanda, "Teachers")[1].xpath('string(//a[text()="Year 4"]/@href)')
    page = html.fromstring(wanda.get(one_class).content)
    [will] = page.xpath('//select[@name="teacher"]/option[contains(text(), "Will")]/@value')
    press(wanda, page, "Save the class", teacher=will)
    grid = next_page(wanda, "The first mark")[1]
    cell = grid.xpath('//input[contains(@aria-labelledby, "p1")]/@name')[0]
    press(wanda, grid, "Save marks", **{cell: "E"})

    assert lines(wanda) == {}
    home = " ".join(wanda.get("/").content.decode().split())
    assert "1 of 12" in home
    will_sees = signed_in("will").get("/").content.decode()
    assert "My class" in will_sees
    assert "Set up the year" not in will_sees


def test_the_list_is_for_those_who_set_the_school_up(cast: Cast) -> None:
    for who in ("ada", "hana", "olu"):
        assert list(lines(cast.client(who))) == LINES
    for who in ("sena", "tom", "asha", "gus"):
        assert lines(cast.client(who)) == {}


def test_a_line_leads_only_where_the_reader_may_go(cast: Cast) -> None:
    for who in ("ada", "hana", "olu"):
        client = cast.client(who)
        for name, (_, address) in lines(client).items():
            assert not address or client.get(address).status_code == 200, f"{who}: {name}"

    assert not lines(cast.client("olu"))["Subjects"][1]
    assert not lines(cast.client("hana"))["Pupils"][1]
    assert "The office or an administrator imports them." in cast.client("hana").get("/").content.decode()


def test_the_next_year_starts_the_list_again(cast: Cast) -> None:
    with time_machine.travel("2027-09-06"):
        states = {name: state for name, (state, _) in lines(cast.client("ada")).items()}

    assert states["Year and terms"] == "Next"
    assert states["Subjects"] == "Done: 4 subjects"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (SetUp(0, 0, 0, 0, 0, 0), ["Next", *["Not yet"] * 6]),
        (SetUp(6, 0, 5, 0, 0, 0), ["Done", "Next", "Done: 5 marks", *["Not yet"] * 4]),
        (SetUp(6, 4, 5, 90, 3, 1), "1 of 3 have a teacher"),
        (SetUp(6, 4, 5, 90, 3, 3), "Done: 3 of 3 have a teacher"),
    ],
)
def test_each_line_says_how_far_it_is(cast: Cast, found: SetUp, said: list[str] | str) -> None:
    states = [step.state for step in steps(found, cast.ada)]

    assert states == said if isinstance(said, list) else any(said in state for state in states)


def test_what_is_set_up_again_by_hand_is_not_forgotten(cast: Cast) -> None:
    with writing(cast.oakfield):
        a_pupil(cast.deed("olu"), "Acorn", "Amara")

    states = {name: state for name, (state, _) in lines(cast.client("ada")).items()}

    assert re.fullmatch("Done: 1 pupil", states["Pupils"])
    assert states["Classes"] == "Next"
    with reading(cast.oakfield):
        assert not Batch.objects.exists()
