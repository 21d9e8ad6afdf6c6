"""Schemes as a whole: what their marks mean for whom, and versions that stand once marks use them."""

import re
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from itrack.assessment.api import save_marks
from itrack.assessment.models import Judgement
from itrack.curriculum.api import Scheme, assessment_lines, scheme, subjects
from itrack.foundation.tenancy.windows import reading, writing
from itrack.pupils.api import make_classes
from itrack.schools.api import points
from tests.cast import NOW, TODAY, Cast, a_pupil
from tests.curriculum.test_subject_pages import followed, refused

PAGE = "/school/assessments"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def hana(cast: Cast) -> Client:
    return cast.client("hana")


def added(cast: Cast, client: Client, kind: str, name: str = "Paper") -> str:
    """The address of a new assessment's scheme."""
    followed(client, f"{PAGE}/add", {"name": name, "scheme": f"new-{kind}"})
    return address(cast, name)


def assessment(cast: Cast, name: str = "Paper"):
    with reading(cast.oakfield):
        return next(line for line in assessment_lines(school=cast.oakfield) if line.name == name)


def address(cast: Cast, name: str = "Paper") -> str:
    return f"{PAGE}/schemes/{assessment(cast, name).scheme}"


def held(cast: Cast, where: str) -> Scheme:
    with reading(cast.oakfield):
        return scheme(school=cast.oakfield, scheme=int(where.rsplit("/", 1)[1]))


def form_of(client: Client, where: str, **typed: str) -> dict[str, str]:
    """The form of the bands as the page gives it, with some fields typed over: towards_0 is "towards-0"."""
    edit = client.get(f"{where}/bands").context["edit"]
    shown = {field.html_name: field.value() for field in edit if field.value() not in (None, "", False)}
    return {name: str(value) for name, value in shown.items()} | {
        name.replace("_", "-"): value for name, value in typed.items()
    }


def subject(cast: Cast, name: str) -> str:
    with reading(cast.oakfield):
        return next(str(pk) for pk, held in subjects(school=cast.oakfield) if held == name)


def marks(cast: Cast, typed: str, name: str = "Paper") -> None:
    with writing(cast.oakfield):
        pupil = a_pupil(cast.deed("olu"), "Acorn", f"Amara {typed}")
        make_classes(school=cast.oakfield, year=2026, by=cast.hana.member, at=NOW)
        point = next(p.id for p in points(school=cast.oakfield) if (p.year, p.slot) == (2026, 2))
        [first, *_] = subjects(school=cast.oakfield)
        told = {"cells": {(pupil, first[0]): typed}, "by": cast.hana.member, "at": NOW, "taken_on": TODAY}
        saved = save_marks(school=cast.oakfield, point=point, assessment=assessment_id(cast, name), **told)
        assert saved.saved == 1, saved


def assessment_id(cast: Cast, name: str) -> int:
    return next(line.id for line in assessment_lines(school=cast.oakfield) if line.name == name)


def bands_of_marks(cast: Cast) -> list[tuple[str, str, int]]:
    with reading(cast.oakfield):
        rows = Judgement.objects.filter(school_id=cast.oakfield, ended_at__isnull=True).order_by("pk")
        return list(rows.values_list("code", "band", "scheme__version"))


def undo_in(said: str) -> str:
    found = re.search(r'action="(/school/scheme/undo/\d+[^"]*)"', said)
    assert found
    return found[1].replace("&amp;", "&")


def test_thresholds_are_set_for_everybody_and_for_a_year_a_term_and_a_subject(cast: Cast, hana: Client) -> None:
    where = added(cast, hana, "standardised")
    maths = subject(cast, "Maths")

    form = form_of(hana, where, towards_0="80", year_1="2", when_1="summer", subject_1=maths, lowest_1="towards")
    said = followed(hana, f"{where}/bands/save", form | {"expected-1": "90"})

    assert "2 lines of bands set" in said
    assert "Year 2, Summer term, Maths" in said
    assert "70 to 89" in said
    tried = hana.get(where, {"marks": "85", "year": "2", "when": "5", "subject": maths}).content.decode()
    assert re.search(r'<th scope="row">85</th>.{0,200}Working towards', tried, re.DOTALL)
    undone = followed(hana, undo_in(said), {})
    assert "70 to 84" in undone
    assert "Year 2, Summer" not in undone.split("Latest changes")[0]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"expected_0": "84"}, "Expected must begin above where working towards does."),
        ({"expected_0": "85"}, "Expected must begin above where working towards does."),
        ({"towards_0": "70"}, "Working towards must begin above where below does."),
        ({"greater_0": "131"}, "131 is not on this scale. Type a score from 70 to 130."),
        ({"greater_0": "116.5"}, "116.5 is not on this scale."),
        ({"greater_0": "=1+1"}, "=1+1 is not on this scale."),
        ({"greater_0": "NaN"}, "NaN is not on this scale."),
        ({"lowest_0": "expected"}, "Working towards is not above expected. Leave this empty."),
        ({"lowest_0": ""}, "Say which band the lowest have"),
        ({"year_1": "2"}, "Say which band the lowest have"),
        ({"lowest_1": "below"}, "Another line says what holds here."),
        ({"lowest_0": "brilliant"}, "Choose from the list."),
        (
            {"year_1": "2", "when_1": "summer", "lowest_1": "below", "year_2": "2", "when_2": "6", "lowest_2": "below"},
            "Another line says what holds here.",
        ),
    ],
)
def test_bands_that_cannot_be_are_said(cast: Cast, hana: Client, typed: dict[str, str], sentence: str) -> None:
    where = added(cast, hana, "standardised")
    before = held(cast, where).scale.rules

    assert sentence in refused(hana, f"{where}/bands/save", form_of(hana, where, **typed), 422)
    assert held(cast, where).scale.rules == before


def test_no_more_lines_are_taken_than_a_table_may_have(cast: Cast, hana: Client) -> None:
    where = added(cast, hana, "coded")
    lines = {f"code-{at}": "M" for at in range(1000)} | {f"year-{at}": str(at % 6 + 1) for at in range(1000)}

    refused(hana, f"{where}/bands/save", {"lines": "1000", **lines}, 422)

    assert not held(cast, where).scale.rules


def test_a_ladder_says_of_each_year_where_its_bands_begin(cast: Cast, hana: Client) -> None:
    where = added(cast, hana, "ladder")

    page = hana.get(where, {"marks": "2S 1S 3B A", "year": "2"}).content.decode()

    assert re.search(r'"row">2S</th>.{0,200}Expected', page, re.DOTALL)
    assert re.search(r'"row">1S</th>.{0,200}Below', page, re.DOTALL)
    assert re.search(r'"row">3B</th>.{0,200}Greater depth', page, re.DOTALL)
    form = form_of(hana, where)
    at = next(name.removeprefix("year-") for name, value in form.items() if name.startswith("year-") and value == "2")
    said = followed(hana, f"{where}/bands/save", form | {f"expected-{at}": "2D", f"towards-{at}": "1S"})
    assert "1S to 2B" in said
    followed(
        hana, f"/school/scheme/add?scheme={where.rsplit('/', 1)[1]}", {"code": "7B", "name": "7", "band": "greater"}
    )
    assert [rule.band for rule in held(cast, where).scale.rules if rule.code == "7B"] == [
        "greater", "greater", "greater", "greater", "greater", "expected",
    ]  # fmt: skip


def test_a_code_may_mean_another_band_somewhere(cast: Cast, hana: Client) -> None:
    where = added(cast, hana, "relative")

    followed(hana, f"{where}/bands/save", form_of(hana, where, code_0="W", band_0="expected", year_0="R"))

    page = hana.get(where, {"marks": "W", "year": "R"}).content.decode()
    assert re.search(r'"row">W</th>.{0,200}Expected', page, re.DOTALL)
    option = next(line for line in held(cast, where).options if line.code == "W")
    typed = {"code": "WTS", "name": option.name, "band": "towards", "seen": option.facts.seen}
    followed(hana, f"/school/scheme/{option.id}/save", typed)
    assert [rule.code for rule in held(cast, where).scale.rules] == ["WTS"]
    followed(hana, f"/school/scheme/{option.id}/remove", {})
    assert not held(cast, where).scale.rules


def test_the_range_is_the_schools_and_the_lowest_band_follows_it(cast: Cast, hana: Client) -> None:
    where = added(cast, hana, "scaled")
    seen = held(cast, where).bands_seen

    followed(hana, f"{where}/range", {"lowest": "85", "highest": "115", "seen": seen})

    assert held(cast, where).scale.rules[0].at_least == Decimal(85)
    assert "is not under" in refused(hana, f"{where}/range", {"lowest": "115", "highest": "85"}, 422)
    assert "Scores lie between 0 and 999" in refused(hana, f"{where}/range", {"lowest": "-5"}, 422)
    assert "Type a number." in refused(hana, f"{where}/range", {"lowest": "=1"}, 422)
    assert "Somebody else has changed" in refused(hana, f"{where}/range", {"lowest": "", "seen": seen}, 409)
    now = {"lowest": "111", "seen": held(cast, where).bands_seen}
    assert "is not on this scale" in refused(hana, f"{where}/range", now, 409)


def test_a_code_beside_scores_is_not_taken_for_one(cast: Cast, hana: Client) -> None:
    where = added(cast, hana, "percentage")
    add = f"/school/scheme/add?scheme={where.rsplit('/', 1)[1]}"

    assert "begins with a letter" in refused(hana, add, {"code": "50", "name": "Half"}, 422)
    followed(hana, add, {"code": "X", "name": "Left early"})
    assert list(held(cast, where).scale.options) == ["A", "X"]


def test_two_hundred_marks_are_too_many(cast: Cast, hana: Client) -> None:
    where = added(cast, hana, "coded")
    add = f"/school/scheme/add?scheme={where.rsplit('/', 1)[1]}"
    for n in range(57):
        hana.post(add, {"code": f"C{n}", "name": f"Code {n}"})

    assert "at most 60 marks" in refused(hana, add, {"code": "LAST", "name": "Last"}, 409)


def test_a_version_that_marks_use_stands_and_the_next_one_is_changed_first(cast: Cast, hana: Client) -> None:
    first = added(cast, hana, "standardised")
    marks(cast, "84")

    assert "These bands stand." in hana.get(f"{first}/bands").content.decode()
    for deed, typed in (("bands/save", form_typed()), ("range", {"lowest": "60"})):
        assert "its codes, bands and order stand" in refused(hana, f"{first}/{deed}", typed, 409)
    said = followed(hana, f"{first}/next", {})
    second = f"{PAGE}/schemes/{max(int(n) for n in re.findall(r'schemes/(\d+)/use', said))}"
    assert assessment(cast).version == 1
    assert "begun already" in refused(hana, f"{first}/next", {}, 409)
    followed(hana, f"{second}/bands/save", form_of(hana, second, towards_0="80"))
    assert "working towards 80 to 94" in hana.get(second).content.decode()
    used = followed(hana, f"{second}/use", {})
    assert assessment(cast).version == 2
    marks(cast, "083")

    assert bands_of_marks(cast) == [("84", "below", 1), ("83", "towards", 2)]
    assert "Nothing was taken back." in refused(hana, undo_in(used), {}, 409)


def form_typed() -> dict[str, str]:
    return {"lines": "1", "lowest-0": "below", "towards-0": "80"}


def test_taking_a_version_into_use_can_be_undone_while_no_mark_is_read_by_it(cast: Cast, hana: Client) -> None:
    first = added(cast, hana, "percentage")
    marks(cast, "50")
    begun = followed(hana, f"{first}/next", {})
    second = f"{PAGE}/schemes/{re.findall(r'schemes/(\d+)/use', begun)[0]}"

    used = followed(hana, f"{second}/use", {})
    followed(hana, undo_in(used), {})

    assert assessment(cast).version == 1
    followed(hana, undo_in(begun), {})
    assert hana.get(second).status_code == 404


def test_a_version_nobody_uses_is_removed(cast: Cast, hana: Client) -> None:
    first = added(cast, hana, "coded")
    assert "uses this scheme" in refused(hana, f"{first}/remove", {}, 409)
    marks(cast, "M")
    second = f"{PAGE}/schemes/{re.findall(r'schemes/(\d+)/use', followed(hana, f'{first}/next', {}))[0]}"

    followed(hana, f"{second}/remove", {})

    assert hana.get(second).status_code == 404
    assert "its codes, bands and order stand" in refused(hana, f"{first}/remove", {}, 409)


def test_a_scheme_without_marks_has_no_next_version(cast: Cast, hana: Client) -> None:
    where = added(cast, hana, "coded")

    assert "can be changed as it is" in refused(hana, f"{where}/next", {}, 409)
    assert "No assessment uses another version" in refused(hana, f"{where}/use", {}, 409)


def test_a_name_is_that_of_all_versions_and_of_no_other_scheme(cast: Cast, hana: Client) -> None:
    first = added(cast, hana, "coded")
    marks(cast, "M")
    followed(hana, f"{first}/next", {})

    said = followed(hana, f"{first}/name", {"name": "Checks", "seen": "Paper"})

    assert said.count("Version 2") == 1
    assert held(cast, first).name == "Checks"
    assert "no other has" in refused(hana, f"{first}/name", {"name": "main assessment", "seen": "Checks"}, 409)
    assert "Somebody else" in refused(hana, f"{first}/name", {"name": "Other", "seen": "Paper"}, 409)
    assert "needs a name" in refused(hana, f"{first}/name", {"name": " "}, 422)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"marks": "140"}, "140 is out of range. Type 70 to 130, or A."),
        ({"marks": "3:100"}, "A mark against another year"),
        ({"marks": "100", "year": "99"}, "Expected"),
        ({"marks": "x" * 5000}, "70 to 84"),
    ],
)
def test_trying_out_says_what_would_be_refused(cast: Cast, hana: Client, asked: dict[str, str], sentence: str) -> None:
    where = added(cast, hana, "standardised")

    answer = hana.get(where, asked)

    assert answer.status_code == 200
    assert sentence in " ".join(answer.content.decode().split())


def test_an_age_is_compared_with_the_pupils_own(cast: Cast, hana: Client) -> None:
    where = added(cast, hana, "age")

    page = hana.get(where, {"marks": "7:06 9:06", "age": "90"}).content.decode()

    assert re.search(r'"row">7:06</th>.{0,200}Expected', page, re.DOTALL)
    assert re.search(r'"row">9:06</th>.{0,200}Greater', page, re.DOTALL)
    assert "12 months ahead" in page
    assert date(2026, 11, 23) == TODAY
