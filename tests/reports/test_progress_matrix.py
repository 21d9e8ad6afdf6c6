"""The progress matrix: which band the pupils of each earlier band are in now."""

import re

import pytest

from itrack.foundation.tenancy.windows import writing
from tests.cast import a_pupil
from tests.reports.progress import has_result, marked, queries_of, report, subject_id, table
from tests.reports.school import Oakfield, a_class, mark
from tests.reports.test_attainment_page import shown, words

PAGE, NAMES = "/reports/progress-matrix", "/reports/progress-matrix/names"
PHONICS = ("KS1", "ENG", "TT", "PHO", "NM")
KS1_READING = ("KS1", "ENG", "TA", "REA", "NL")


@pytest.fixture
def progress(oakfield: Oakfield) -> Oakfield:
    """Last summer Amara was working towards, Toby at expected, Maud at greater depth, Ada judged as a Year 2."""
    with writing(oakfield.cast.oakfield):
        before = {oakfield.amara: "W", oakfield.toby: "E", oakfield.maud: "G", oakfield.ada: "2:E", oakfield.leo: "E"}
        marked(oakfield.cast.hana, "Reading", before, slot=6, year=2025)
    return oakfield


def test_the_grid_holds_each_pupil_where_the_two_marks_put_them(progress):
    told = report(progress, "progress-matrix", subject="Reading")

    rows = {row[next(iter(row))]: row for row in table(told, "From band to band")}
    assert rows["Working towards"]["Expected"] == {"n": 1, "of": 1, "percent": 100, "pupils": ["Acorn, Amara"]}
    assert rows["Expected"]["Working towards"]["pupils"] == ["Barleycorn, Toby"]
    assert rows["Greater depth"]["Greater depth"]["pupils"] == ["Ashplant, Maud"]
    assert rows["All"]["All"]["n"] == 3
    ways = {row["Band"]: row["Pupils"]["n"] for row in table(told, "Between the two")}
    assert ways == {
        "Moved up": 1,
        "Stayed in the same band": 1,
        "Moved down": 1,
        "Judged against another year": 1,
    }


def test_who_is_in_no_cell_is_listed_with_the_end_and_the_reason(progress):
    out = {line["pupil"]: (line["where"], line["reason"]) for line in report(progress, "progress-matrix")["out"]}

    assert out == {
        "Bilberry, Ada": ("", "Judged against Year 2 at Summer 2, 2025/26"),
        "Cobnut, Leo": ("Autumn 2, 2026/27", "Code A, absent for the assessment"),
        "Fennelwood, Idris": ("Autumn 2, 2026/27", "Joined on 18 November 2026, after the point opened"),
    }


def test_the_sentence_has_the_figures_of_the_grid(progress):
    said = report(progress, "progress-matrix")["finding"]

    assert said == (
        "In the school, of the 3 pupils with a mark in reading at Summer 2, 2025/26 and at Autumn 2, 2026/27, 1 stayed "
        "in the same band (33%), 1 moved up (33%) and 1 moved down (33%). 1 pupil is judged against another year group "
        "and stands apart. 2 of 6 pupils in view are not counted. Fewer than 5 pupils are counted: read it with care."
    )


def test_a_phonics_result_can_be_the_start_and_nobody_is_then_said_to_have_moved(progress):
    with writing(progress.cast.oakfield):
        has_result(progress, progress.amara, PHONICS, 2024, "34")
        has_result(progress, progress.toby, PHONICS, 2024, "20")
        has_result(progress, progress.maud, PHONICS, 2024, "L")

    told = report(progress, "progress-matrix", start="phonics", group="Year 4")

    [grid] = told["tables"]
    rows = {row[next(iter(row))]: row for row in grid["rows"]}
    assert rows["Met"]["Expected"]["pupils"] == ["Acorn, Amara"]
    assert rows["Not met"]["Working towards"]["pupils"] == ["Barleycorn, Toby"]
    assert "moved" not in told["finding"]
    out = {line["pupil"]: line["reason"] for line in told["out"]}
    assert out["Ashplant, Maud"] == "L, left before it was taken"


def test_a_check_taken_again_and_met_is_met(progress):
    with writing(progress.cast.oakfield):
        has_result(progress, progress.amara, PHONICS, 2024, "20")
        has_result(progress, progress.amara, PHONICS, 2025, "36")

    told = report(progress, "progress-matrix", start="phonics")

    rows = {row[next(iter(row))]: row for row in told["tables"][0]["rows"]}
    assert rows["Met"]["Expected"]["pupils"] == ["Acorn, Amara"]


def test_who_has_no_result_is_told_why(progress):
    told = report(progress, "progress-matrix", start="ks1-reading")

    reasons = {line["pupil"]: line["reason"] for line in told["out"]}
    assert reasons["Acorn, Amara"] == "No result is recorded, 2025"
    phonics = {line["pupil"]: line["reason"] for line in report(progress, "progress-matrix", start="phonics")["out"]}
    assert phonics["Bilberry, Ada"] == "No result is recorded, 2023"


def test_the_drawn_grid_leads_to_the_same_names_as_the_table(progress):
    page = shown(progress, "hana", PAGE, pupils="year-4")

    drawn = re.findall(rf'<a href="({NAMES}[^"]+)" aria-label="([^"]+): 1 pupil">', page)

    assert len(drawn) == 3
    for link, spoken in drawn:
        assert page.count(f'href="{link}"') == 2, "once in the drawing, once in the table"
        names = progress.cast.client("hana").get(link.replace("&amp;", "&")).content.decode()
        assert f"{spoken}: 1 pupil" in words(names)


def test_the_page_says_that_to_stay_is_to_keep_up_and_what_the_scale_is(progress):
    said = words(shown(progress, "hana", PAGE))

    assert "To stay in it is to have kept up with a year that expects more" in said
    assert "stand apart" in said
    assert "unlike scales" not in said


def test_a_mark_of_another_kind_of_scale_is_compared_by_band_and_that_is_said(progress):
    with writing(progress.cast.oakfield):
        has_result(progress, progress.amara, KS1_READING, 2025, "GDS")

    page = words(shown(progress, "hana", PAGE, start="ks1-reading"))

    assert "unlike scales (against the year, a statutory result)" in page
    assert "To stay in it" not in page
    assert "In a lower band in the later" in page
    assert "no mark is taken from the other" in page


def test_a_start_that_is_none_gets_a_sentence(progress):
    client = progress.cast.client("hana")

    for start in ("point-2031-1", "also-999-2026-2", "point-2026-2", "ks2", "<b>", "-", "point-2025-6-1"):
        answer = client.get(PAGE, {"start": start})
        assert answer.status_code == 400, start
        assert "there is no such choice here" in answer.content.decode()


def test_a_first_point_without_any_before_is_a_calm_page(oakfield):
    said = words(shown(oakfield, "hana", PAGE, point="1"))

    assert "Nobody has both marks" in said


def test_a_teacher_sees_their_own_class_alone(progress):
    said = words(shown(progress, "tom", PAGE))

    assert "Progress matrix: 4B" in said
    assert "Maud" not in said
    assert progress.cast.client("tom").get(PAGE, {"pupils": f"class-{progress.a4}"}).status_code == 404


def test_queries_do_not_grow_with_the_pupils(progress):
    client, said = progress.cast.client("hana"), {"subject": subject_of(progress)}
    small = [queries_of(client, path, **said) for path in (PAGE, NAMES)]
    with writing(progress.cast.oakfield):
        deed = progress.cast.deed("hana")
        pupils = [a_pupil(deed, f"Surname{chr(65 + i)}", "Pupil") for i in range(20)]
        a_class(progress.cast, "4C", pupils)
        mark(progress.cast.hana, "Reading", dict.fromkeys(pupils, "E"))
        marked(progress.cast.hana, "Reading", dict.fromkeys(pupils, "W"), slot=6, year=2025)

    assert [queries_of(client, path, **said) for path in (PAGE, NAMES)] == small


def subject_of(oakfield: Oakfield) -> int:
    from itrack.foundation.tenancy.windows import reading

    with reading(oakfield.cast.oakfield):
        return subject_id(oakfield.cast.oakfield, "Reading")
