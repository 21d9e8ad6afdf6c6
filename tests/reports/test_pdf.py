"""Every report as a PDF: the page's figures, drawing, findings and denominator, readable by ear."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role
from itrack.reports.catalogue.all import REPORTS
from tests.cast import a_pupil
from tests.paper import Paper
from tests.reports.school import IN_SEPTEMBER, Oakfield, a_class, mark
from tests.reports.test_attendance import told

PAGE = "/reports/attainment.pdf"
IN_OCTOBER = datetime(2026, 10, 6, 9, tzinfo=UTC)


def words(markup: str) -> str:
    """What a page's row says to the eye."""
    seen = re.sub(r'<span class="seen-by-ear">.*?</span>|<svg.*?</svg>', "", markup)
    return " ".join(re.sub(r"<[^>]+>", " ", seen).split())


def taken(oakfield: Oakfield, who: str = "hana", path: str = PAGE, **said: object) -> Paper:
    answer = oakfield.cast.client(who).get(path, said)
    assert answer.status_code == 200, answer.status_code
    assert answer.headers["Content-Type"] == "application/pdf"
    return Paper(answer.content)


# Of the objectives there is none before a school uses some.
ASKED = [name for name, one in REPORTS.items() if Role.HEAD in one.may.roles and name != "objectives-report"]


@pytest.mark.parametrize("name", ASKED)
def test_every_report_is_an_accessible_pdf(oakfield, name):
    read = taken(oakfield, path=reverse(f"{name}-file", kwargs={"kind": "pdf"}))

    assert read.claims_accessible
    assert read.language == "en-GB"
    assert read.title == f"{REPORTS[name].title}, Oakfield Primary School"
    assert read.tags.count("H1") == 1
    assert "Oakfield Primary School." in read.words
    assert "Page 1 of" in read.words


def test_it_has_the_figures_the_findings_and_who_is_out(oakfield):
    read = taken(oakfield)

    assert "Attainment overview: Whole school, Autumn 2" in read.words
    assert "As it stood on 23 November 2026" in read.words
    assert "5 of 6 pupils are counted in at least one subject" in read.words
    assert "on roll on 2 November 2026, when Autumn 2 opened" in read.words
    assert "Idris Fennelwood Every subject Joined on 18 November 2026" in read.words
    assert "leads to its names" not in read.words
    assert {"Table", "TH", "Figure", "H2", "Caption"} <= set(read.tags)
    [drawn] = read.told_of_pictures
    assert "share of pupils in each band" in drawn


def test_its_numbers_are_those_of_the_page(oakfield):
    page = oakfield.cast.client("hana").get("/reports/attainment", {"pupils": "year-4"}).content.decode()
    read = taken(oakfield, pupils="year-4")

    lines = [words(row) for row in re.findall(r"<tr>(<th scope=.row.[^>]*>.*?)</tr>", page, re.DOTALL)]
    assert len(lines) > 8
    for line in lines:
        assert line in read.words.replace("(under 5)", "under 5")


def test_a_name_that_looks_like_code_stays_a_name(oakfield):
    with writing(oakfield.cast.oakfield):
        deed = oakfield.cast.deed("hana", at=IN_SEPTEMBER)
        odd = [
            a_pupil(deed, '#panic("x")', "$a$ *b*"),
            a_pupil(deed, "=1+1", "<script>"),
            a_pupil(deed, "علي", "محمد 😀"),
        ]
        a_class(oakfield.cast, "4C", odd)

    read = taken(oakfield)

    assert '$a$ *b* #panic("x")' in read.words
    assert "<script> =1+1" in read.words


def test_a_school_without_figures_gets_a_sheet_that_says_so(oakfield):
    read = taken(oakfield, point="6")

    assert "No marks to count yet" in read.words or "No pupils here" in read.words


def test_a_wide_table_lies_across_the_page(oakfield):
    assert not taken(oakfield, path="/reports/attainment.pdf").across


def test_names_behind_a_figure_are_no_pdf(oakfield):
    assert oakfield.cast.client("hana").get("/reports/attainment/names.pdf").status_code == 404


def test_the_office_and_another_class_get_none(oakfield):
    assert oakfield.cast.client("olu").get(PAGE).status_code == 403
    assert oakfield.cast.client("tom").get(PAGE, {"pupils": f"class-{oakfield.a5}"}).status_code == 404


def test_a_share_stands_apart_from_the_count_it_is_of(oakfield):
    read = taken(oakfield, path="/reports/marks-entered.pdf")

    assert "75% 3 of 4" in read.words
    assert "75%3 of 4" not in read.words


def test_why_there_is_no_figure_is_said_only_where_there_is_none(oakfield):
    none = taken(oakfield, path="/reports/attendance.pdf")
    told(oakfield, {oakfield.amara: (190, 10, 0)})
    some = taken(oakfield, path="/reports/attendance.pdf")

    assert "No sessions yet." in none.words
    assert "No sessions" not in some.words
    assert "In 2025/26, 1 pupil" in some.words


def test_a_sheet_with_room_for_a_pen_lies_across_the_page(oakfield):
    read = taken(oakfield, path="/reports/meeting-sheet.pdf")

    assert read.across
    assert "Agreed" in read.words


def test_a_table_is_not_titled_twice(oakfield):
    read = taken(oakfield, path="/reports/marks-entered.pdf")

    assert read.words.count("Class by subject") == 1


def test_a_governor_is_told_on_paper_what_held_back_means(oakfield):
    with writing(oakfield.cast.oakfield):
        mark(oakfield.cast.hana, "Reading", {oakfield.amara: "E", oakfield.maud: "G"}, slot=1, at=IN_OCTOBER)

    read = taken(oakfield, "gus")

    assert "held back" in read.words
    assert "·" not in read.words
    assert "“held back” stands for them" in read.words
