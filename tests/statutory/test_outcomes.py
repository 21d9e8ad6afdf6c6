"""The four-year table: right to the pupil, open to its names, honest of what was not held, and its official figures."""

import re
from datetime import date
from decimal import Decimal

import pytest
import time_machine

from itrack.foundation.models import AuditEntry, ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.reports.api import report_data
from itrack.statutory.api import behind, outcomes, remove_figure, set_figure
from itrack.statutory.models import SchoolFigure
from tests.cast import NOW, TODAY
from tests.statutory.conftest import Summer
from tests.statutory.test_entry import type_in

PAGE, NAMES, FIGURE = "/reports/statutory", "/reports/statutory/names", "/reports/statutory/figure"
ROWS = {
    "Ada": {"reading-scaled": "112", "maths-scaled": "110", "ks2-writing": "GDS"},
    "Bea": {"reading-scaled": "104", "maths-scaled": "100", "ks2-writing": "EXS"},
    "Cem": {"reading-scaled": "104", "maths-scaled": "99", "ks2-writing": "EXS"},
    "Dot": {"reading-outcome": "F", "maths-scaled": "101", "ks2-writing": "EXS"},
}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def full(summer: Summer) -> Summer:
    assert type_in(summer, "hana", ROWS).refused == []
    return summer


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


def test_the_combined_figure_is_right_to_the_pupil(full: Summer) -> None:
    with reading(full.cast.oakfield):
        told = behind(viewer=full.cast.hana, measure="rwm-expected", year=2026, on=TODAY)

    assert told is not None
    named = {part: {row.name: row.read for row in rows} for part, rows in vars_of(told).items()}
    assert set(named["achieved"]) == {"Merle, Ada", "Merle, Bea"}
    assert set(named["short"]) == {"Merle, Cem"}
    assert named["out"]["Merle, Eve"] == "Not on roll on 12 May 2026"
    assert named["out"]["Merle, Dot"] == "Reading: F, to be taken in a later year"
    assert [row.name for row in told.out if row.flagged] == ["Merle, Dot"]
    assert told.figure.value == "67%"


def vars_of(told) -> dict[str, list]:
    return {"achieved": told.achieved, "short": told.short, "out": told.out}


def test_the_table_has_four_years_and_says_what_was_not_held(full: Summer) -> None:
    with reading(full.cast.oakfield):
        now = outcomes(viewer=full.cast.hana, on=TODAY)
        then = outcomes(viewer=full.cast.hana, on=date(2024, 6, 1))

    assert now.years == [2023, 2024, 2025, 2026]
    assert then.years == [2020, 2021, 2022, 2023]
    assert [one.held[:8] for one in then.sections[0][1][0][1]] == ["Not held", "Not held", "", ""]
    # Of 2020; of 2021, with and without the phonics check of that autumn; and before the times tables were checked.
    assert len(then.reasons) == 4
    assert now.flagged == 1


def test_a_leader_reads_figures_that_open_to_names(full: Summer) -> None:
    hana = full.cast.client("hana")

    page = hana.get(PAGE).content.decode()
    names = hana.get(NAMES, {"measure": "rwm-expected", "year": "2026"}).content.decode()

    assert "Statutory outcomes, 2023 to 2026" in page
    assert "2 of 3, 2 out" in words(page)
    assert "Merle" not in page
    assert "Merle, Cem" in names
    assert "no rule known" in names
    with reading(full.cast.oakfield):
        assert AuditEntry.objects.filter(verb="statutory-names.seen").count() == 1


@pytest.mark.parametrize(
    "asked",
    [{"measure": "zz", "year": "2026"}, {"measure": "gld", "year": "2019"}, {"measure": "gld", "year": "x"}],
)
def test_names_of_what_there_is_not_are_not_found(full: Summer, asked: dict[str, str]) -> None:
    assert full.cast.client("hana").get(NAMES, asked).status_code == 404


def test_a_governor_sees_no_name_and_no_small_number(full: Summer) -> None:
    gus = full.cast.client("gus")

    page = gus.get(PAGE).content.decode()

    assert "Merle" not in page
    assert "67%" not in page
    assert "few pupils" in page
    assert "out" not in re.findall(r"<td.*?</td>", page, re.S)[-1]
    assert gus.get(NAMES, {"measure": "rwm-expected", "year": "2026"}).status_code == 403
    assert gus.get(FIGURE, {"measure": "rwm-expected", "year": "2026"}).status_code == 403
    assert "Statutory outcomes" in gus.get("/reports/").content.decode()


def test_a_teacher_has_no_figures_of_the_whole_school(full: Summer) -> None:
    assert full.cast.client("tom").get(PAGE).status_code == 403


def test_an_official_figure_stands_before_the_computed_one_and_can_be_taken_back(full: Summer) -> None:
    hana, at = full.cast.client("hana"), f"{FIGURE}?measure=rwm-expected&year=2026"
    sent = {"value": "62 %", "source": "Checking exercise, September 2026", "note": "One pupil omitted"}

    saved = hana.post(f"{FIGURE}/save?measure=rwm-expected&year=2026", sent)
    same = hana.post(f"{FIGURE}/save?measure=rwm-expected&year=2026", sent)
    table = words(hana.get(PAGE).content.decode())
    page = hana.get(at).content.decode()
    gone = hana.post(f"{FIGURE}/remove?measure=rwm-expected&year=2026")
    change = re.search(rf"{FIGURE}/(\d+)/undo", hana.get(at).content.decode())
    assert change is not None
    undone = hana.post(f"{FIGURE}/{change[1]}/undo")

    assert "done=saved" in saved["Location"]
    assert "done=same" in same["Location"]
    assert "62% official" in table
    assert "our results: 67%" in table
    assert "One pupil omitted" in page
    assert "Hana Head" in page
    assert "done=removed" in gone["Location"]
    assert "done=undone" in undone["Location"]
    with reading(full.cast.oakfield):
        [row] = SchoolFigure.objects.filter(ended_at__isnull=True)
        assert (row.value, row.source) == (Decimal("62.0"), "Checking exercise, September 2026")


def test_a_governor_sees_the_official_figure_because_it_is_published(full: Summer) -> None:
    with writing(full.cast.oakfield):
        put(full, "rwm-expected", 2026, "62")

    assert "62% official" in words(full.cast.client("gus").get(PAGE).content.decode())


def put(summer: Summer, measure: str, year: int, value: str) -> int | None:
    told = {"value": Decimal(value), "source": "Published tables", "note": ""}
    return set_figure(
        school=summer.cast.oakfield, measure=measure, year=year, by=summer.cast.hana.member, at=NOW, **told
    )


@pytest.mark.parametrize(
    ("measure", "value", "said"),
    [
        ("rwm-expected", "101", "a number from 0 to 100"),
        ("rwm-expected", "-1", "a number from 0 to 100"),
        ("rwm-expected", "many", "Type a number from 0 to 100"),
        ("rwm-expected", "62.55", "one digit after the point"),
        ("rwm-expected", "NaN", "a number from 0 to 100"),
        ("reading-average", "79", "a number from 80 to 120"),
        ("phonics-standard", "32.5", "a whole mark"),
        ("tables-average", "26", "a number from 0 to 25"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_in_its_field(summer: Summer, measure: str, value: str, said: str) -> None:
    answer = summer.cast.client("hana").post(
        f"{FIGURE}/save?measure={measure}&year=2026", {"value": value, "source": "Here"}
    )

    assert answer.status_code == 422
    assert said in answer.content.decode()
    with reading(summer.cast.oakfield):
        assert not SchoolFigure.objects.exists()


def test_a_figure_without_a_source_is_refused(summer: Summer) -> None:
    answer = summer.cast.client("hana").post(f"{FIGURE}/save?measure=gld&year=2026", {"value": "70", "source": " "})

    assert answer.status_code == 422


@pytest.mark.parametrize("asked", ["measure=zz&year=2026", "measure=gld&year=2019", "measure=gld&year=x", "measure=zz"])
def test_a_figure_of_what_is_not_shown_is_not_found(summer: Summer, asked: str) -> None:
    hana = summer.cast.client("hana")

    assert hana.get(f"{FIGURE}?{asked}").status_code == 404
    assert hana.post(f"{FIGURE}/save?{asked}", {"value": "70", "source": "x"}).status_code == 404


def test_there_must_be_a_figure_to_take_away_and_a_change_to_undo(summer: Summer) -> None:
    made = type_in(summer, "hana", {"Ada": {"reading-scaled": "104"}})
    hana = summer.cast.client("hana")

    assert hana.post(f"{FIGURE}/remove?measure=gld&year=2026").status_code == 409
    assert hana.post(f"{FIGURE}/{made.change_set}/undo").status_code == 404
    with writing(summer.cast.oakfield), pytest.raises(Refused):
        remove_figure(school=summer.cast.oakfield, measure="gld", year=2026, by=summer.cast.hana.member, at=NOW)


def test_a_phonics_standard_that_the_school_enters_counts(summer: Summer) -> None:
    page = words(summer.cast.client("hana").get(PAGE).content.decode())
    with writing(summer.cast.oakfield):
        put(summer, "phonics-standard", 2026, "33")
    after = words(summer.cast.client("hana").get(PAGE).content.decode())

    assert "Mark that met the standard 32 32 32 not known Put it in" in page
    assert "Mark that met the standard 32 32 32 33" in after


def test_the_other_schools_figures_are_not_ours(summer: Summer) -> None:
    with writing(summer.cast.oakfield):
        put(summer, "gld", 2026, "99")

    page = summer.cast.client("theo").get(PAGE).content.decode()

    assert "99%" not in page
    with reading(summer.cast.thornhill):
        assert not ChangeSet.objects.filter(kind=ChangeSet.Kind.RESULTS).exists()


def data(summer: Summer, who: str, **said: str) -> dict:
    asked = dict.fromkeys(("point", "subject", "group", "as_at", "year")) | said
    with reading(summer.cast.oakfield):
        return report_data("statutory-outcomes", viewer=summer.cast.people[who], now=NOW, names=True, **asked)


def test_the_command_line_gives_the_same_figures(full: Summer) -> None:
    told = data(full, "hana", year="2025/26")
    [row] = [one for one in told["rows"] if one["measure"] == "rwm-expected"]

    assert (row["value"], row["achieved"], row["counted"], row["left_out"], row["without_a_rule"]) == (
        "67%",
        2,
        3,
        2,
        1,
    )
    assert {one["pupil"]: one["in"] for one in row["pupils"]}["Merle, Cem"] == "counted"
    assert {one["year"] for one in told["rows"]} == {2026}
    assert {one["year"] for one in data(full, "hana")["rows"]} == {2023, 2024, 2025, 2026}


def test_a_governors_command_line_names_nobody(full: Summer) -> None:
    told = data(full, "gus", year="2026")

    assert "Merle" not in str(told)
    assert not [one for one in told["rows"] if {"pupils", "achieved", "left_out"} & set(one)]


@pytest.mark.parametrize("said", [{"year": "soon"}, {"year": "2025/x"}, {"subject": "Maths"}, {"as_at": "2026-01-01"}])
def test_what_this_report_cannot_be_asked_is_refused(full: Summer, said: dict[str, str]) -> None:
    with pytest.raises(Refused):
        data(full, "hana", **said)
