"""The steps of the new year, as the office fills them in."""

import re

import pytest
import time_machine
from django.test import Client

from itrack.foundation.models import ChangeSet
from itrack.foundation.tenancy.windows import reading
from itrack.pupils.api import classes
from tests.cast import NOW, Cast
from tests.rollover.school import YEAR, primary, the_plan

ROOT = "/school/new-year"
STEPS = ("dates", "classes", "moves", "pupils", "leavers", "staff", "check")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def school(cast: Cast) -> dict[str, list[int]]:
    return primary(cast)


@pytest.fixture
def olu(cast: Cast, school) -> Client:
    return cast.client("olu")


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def fields(page: str) -> dict[str, object]:
    """What a browser would send of the page's own form if nobody changed anything."""
    form = page[page.index("<main") :]
    found: dict[str, object] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if not name or (("checkbox" in tag or "radio" in tag) and "checked" not in tag):
            continue
        found.setdefault(name[1], []).append(value[1] if value else "")  # type: ignore[attr-defined]
    for name, options in re.findall(r'<select name="([^"]*)"[^>]*>(.*?)</select>', form):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def sent(client: Client, step: str, **changed: object) -> str:
    """Sends the step as it stands but for the changes, and follows."""
    query = f"?group={changed.pop('group')}" if "group" in changed else ""
    typed = fields(read(client, f"{ROOT}/{step}{query}")) | {name.replace("__", "-"): v for name, v in changed.items()}
    answer = client.post(f"{ROOT}/{step}/save{query}", typed, follow=True)
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    return " ".join(answer.content.decode().split())


def test_every_step_saved_as_suggested_leads_to_the_next_and_the_last_does_it(cast: Cast, olu: Client) -> None:
    for step in ("dates", "classes", "moves", "leavers", "staff"):
        sent(olu, step)
    page = read(olu, f"{ROOT}/check")
    assert "Set up 2027/28 for 18 pupils" in page
    assert "Nobody in it yet: Reception." in page

    done = olu.post(f"{ROOT}/apply", fields(page), follow=True).content.decode()

    assert "18 pupils placed, 7 classes made, 3 pupils marked as leaving, 6 assessment points added." in done
    assert "<strong>2027/28 is set up</strong>, by Olu Office" in done
    with reading(cast.oakfield):
        assert len(classes(school=cast.oakfield, year=YEAR)) == 7
        change_set = ChangeSet.objects.get(kind="rollover").pk
    back = olu.post(f"{ROOT}/undo/{change_set}", follow=True).content.decode()
    assert "Everything is as it was before; your choices are still here." in back
    with reading(cast.oakfield):
        assert classes(school=cast.oakfield, year=YEAR) == []


def test_the_work_is_taken_up_again_by_somebody_else_where_it_was_left(cast: Cast, olu: Client) -> None:
    sent(olu, "dates", opens__1="2027-09-03")

    hana = cast.client("hana")

    assert "Last saved by Olu Office" in read(hana, ROOT)
    assert 'value="2027-09-03"' in read(hana, f"{ROOT}/dates")


def test_a_class_is_renamed_added_and_left_out_and_the_check_follows(cast: Cast, olu: Client) -> None:
    keys = {one.name: one.key for one in the_plan(cast).choices.classes}
    renamed, out = keys["4 Birch"], keys["Reception"]

    sent(olu, "classes", **{f"name-{renamed}": "4 Lime", f"name-{out}": "", "name-c8": "Nurture", "years-c8": ["1"]})

    page = read(olu, f"{ROOT}/check")
    assert "4 Lime" in page
    assert "Nurture" in page
    assert 'scope="row">Reception' not in page


def test_a_year_group_is_shared_out_over_two_classes(cast: Cast, olu: Client) -> None:
    sent(olu, "classes", **{"name-c8": "4 Pear", "years-c8": ["4"]})
    birch = next(one.id for one in the_plan(cast).turn.facts.sources if one.name == "3 Birch")
    sent(olu, "moves", **{f"to-{birch}-4": "share:4"})

    sizes = {one.choice.name: len(one.pupils) for one in the_plan(cast).outcome.classes}

    assert (sizes["4 Birch"], sizes["4 Pear"]) == (2, 1)


def test_one_child_repeats_the_year_and_the_check_points_it_out(cast: Cast, olu: Client, school) -> None:
    pupil = school["3 Birch"][0]
    group = next(one.id for one in the_plan(cast).turn.facts.sources if one.name == "3 Birch")

    page = sent(olu, "pupils", group=group, **{f"year-{pupil}": "3"})

    assert "3 Birch (1)" in page
    told = read(olu, f"{ROOT}/check")
    assert "Kept back, deferred or moved on" in told


@pytest.mark.parametrize(
    ("step", "typed", "said"),
    [
        ("dates", {"opens-1": "31/02/2027"}, "There is no such day."),
        ("dates", {"opens-1": "2027-08-30"}, "opens outside the school year"),
        ("dates", {"closes-1": "2027-11-20"}, "Two points cannot be open on one day."),
        ("classes", {"name-c1": "Same", "name-c2": "same "}, "Another class is called same."),
        ("classes", {"name-c1": "x" * 41}, "at most 40 characters"),
        ("classes", {"years-c1": ["99"]}, "Choose from the list."),
        ("leavers", {"last_day": "2027-09-02"}, "Choose a day from 1 September 2026 to 31 August 2027."),
        ("leavers", {"last_day": ""}, "Say which day."),
        ("staff", {"teacher-c1": "999999"}, "Choose from the list."),
        ("staff", {"helpers-c1": ["999999"]}, "Choose from the list."),
    ],
)
def test_what_cannot_be_is_sent_back_with_its_sentence(cast: Cast, olu: Client, step: str, typed: dict, said) -> None:
    told = fields(read(olu, f"{ROOT}/{step}")) | typed

    answer = olu.post(f"{ROOT}/{step}/save", told)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert the_plan(cast).id is None


def test_a_page_left_open_while_another_saved_is_refused_and_told(cast: Cast, olu: Client) -> None:
    left_open = fields(read(olu, f"{ROOT}/staff"))
    sent(cast.client("hana"), "dates")

    answer = olu.post(f"{ROOT}/staff/save", left_open)

    assert answer.status_code == 409
    assert "Somebody else has worked on the new year" in answer.content.decode()


def test_the_choices_are_thrown_away_and_everything_is_suggested_anew(cast: Cast, olu: Client) -> None:
    sent(olu, "dates", opens__1="2027-09-03")

    olu.post(f"{ROOT}/begin-again", {"seen": the_plan(cast).seen})

    assert the_plan(cast).id is None
    assert 'value="2027-09-01"' in read(olu, f"{ROOT}/dates")


@pytest.mark.parametrize("name", ["tom", "sena", "asha", "gus"])
def test_only_leaders_and_the_office_prepare_a_year(cast: Cast, school, name: str) -> None:
    client = cast.client(name)

    assert {client.get(f"{ROOT}/{step}").status_code for step in STEPS} == {403}
    assert client.post(f"{ROOT}/apply", {"digest": "x"}).status_code == 403


def test_nobody_of_another_school_sees_or_undoes_it(cast: Cast, olu: Client) -> None:
    olu.post(f"{ROOT}/apply", fields(read(olu, f"{ROOT}/check")))
    with reading(cast.oakfield):
        change_set = ChangeSet.objects.get(kind="rollover").pk
    theo = cast.client("theo")

    assert theo.post(f"{ROOT}/undo/{change_set}").status_code == 404
    assert "Birch" not in read(theo, f"{ROOT}/check")


def test_a_school_without_anybody_is_told_so_on_every_step(cast: Cast) -> None:
    olu = cast.client("olu")

    assert all(read(olu, f"{ROOT}/{step}") for step in STEPS)
    assert "Nobody is left to move" in read(olu, f"{ROOT}/moves")


def test_the_class_asked_for_must_be_one_of_this_year(olu: Client) -> None:
    assert olu.get(f"{ROOT}/pupils?group=999999").status_code == 404
