"""Every report as a PDF: the page's figures, drawing, findings and denominator, readable by ear."""

import re

import pytest
from django.urls import reverse

from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role
from itrack.reports.catalogue.all import REPORTS
from tests.cast import a_pupil
from tests.paper import Paper
from tests.reports.school import IN_SEPTEMBER, Oakfield, a_class

PAGE = "/reports/attainment.pdf"


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

    lines = [words(row) for row in re.findall(r"<tr>(<th scope=.row.>.*?)</tr>", page, re.DOTALL)]
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
