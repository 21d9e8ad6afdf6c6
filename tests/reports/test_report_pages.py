"""What every page of a report has in common: what it is called, its buttons, its tables, its small print, its files."""

import re
from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role
from itrack.reports.catalogue.all import REPORTS
from itrack.reports.rules.answer import Answer, Column, Mark, Person, Row, Section, Table
from itrack.reports.shown.cells import Addresses
from itrack.reports.shown.headings import usual_words
from itrack.reports.shown.layout import ROWS_HERE, Layout, Missing, rules_left, shown_section
from tests.reports.progress import marked
from tests.reports.test_attainment_page import shown, subject_id, words

NOWHERE = Addresses("", {})


def test_a_point_of_another_year_is_named_with_its_year(oakfield):
    past = shown(oakfield, "hana", "/reports/marks-entered", year="2025", point="2")
    present = shown(oakfield, "hana", "/reports/marks-entered", year="2026", point="2")

    assert "<h1>Marks entered: Whole school, Autumn 2, 2025/26</h1>" in past
    assert "<title>Marks entered: Whole school, Autumn 2, 2025/26 · iTRACK</title>" in past
    assert "<h1>Marks entered: Whole school, Autumn 2</h1>" in present


def test_a_report_of_one_subject_says_which_and_of_which_year(oakfield):
    matrix = words(shown(oakfield, "hana", "/reports/progress-matrix", subject="Writing"))
    over_year = words(shown(oakfield, "hana", "/reports/single-subject", subject="Reading", year="2025"))
    every = words(shown(oakfield, "hana", "/reports/attainment"))

    assert "Writing, school year 2026/27, main assessment, as it stood on 23 November 2026 at 10:00." in matrix
    assert "Reading, school year 2025/26, as it stood on" in over_year
    assert "School year 2026/27, main assessment, as it stood on" in every


@pytest.mark.parametrize(
    ("remembered", "said"),
    [
        (["pupils"], "these pupils"),
        (["pupils", "subject"], "these pupils and this subject"),
        (["measure"], "this choice"),
        (["pupils", "subject", "measure", "crossed"], "these pupils, this subject and these choices"),
    ],
)
def test_what_a_report_begins_with_is_said_as_it_is_asked(remembered, said):
    assert usual_words(remembered).whole == said


def test_the_button_speaks_of_no_subject_where_none_is_chosen(oakfield):
    every = words(shown(oakfield, "hana", "/reports/attainment", pupils="year-4"))
    close = words(shown(oakfield, "hana", "/reports/attainment", pupils="year-4", subject="Reading"))
    never = words(shown(oakfield, "hana", "/reports/class-list"))

    assert "Always begin with these pupils" in every
    assert "this subject" not in every
    assert "Always begin with these pupils and this subject" in close
    assert "Always begin with these pupils" in never
    assert "this subject" not in never


OF_THE_HEAD = [name for name, one in REPORTS.items() if Role.HEAD in one.may.roles and name != "objectives-report"]


@pytest.mark.parametrize("name", OF_THE_HEAD)
def test_every_report_opens_and_what_can_be_taken_away_can_be_printed(oakfield, name):
    markup = shown(oakfield, "hana", reverse(name))

    taken_away = f"{reverse(f'{name}-file', kwargs={'kind': 'pdf'})}?" in markup
    assert markup.count("data-prints hidden>Print</button>") == (1 if taken_away else 0)
    assert ("/ui/print.js" in markup) == taken_away


def test_the_script_of_the_button_comes_from_here_under_the_policy(oakfield):
    answer = oakfield.cast.client("hana").get("/reports/attainment")

    assert re.search(r'<script type="module" src="/[^"]*ui/print[^"]*\.js" nonce="[^"]+">', answer.content.decode())
    assert "onclick" not in answer.content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf"])
def test_a_file_of_a_report_that_cannot_be_asked_yet_is_not_taken_for_one(oakfield, kind):
    client = oakfield.cast.client("hana")

    file = client.get(f"/reports/objectives-report.{kind}")
    names = client.get("/reports/objectives-report/names.csv")
    seen = client.get("/reports/objectives-report")

    assert (file.status_code, names.status_code, seen.status_code) == (409, 409, 200)
    assert file.headers["Content-Type"].startswith("text/html")
    assert words(seen.content.decode()).split("Nothing to show")[1] in words(file.content.decode())


def test_sentences_have_room_and_short_words_stay_on_one_line():
    columns = [Column(head, numeric=False) for head in ("Pupil", "Stands at", "What is odd")]
    rows = [
        Row([Person(7, "Acorn", "Amara"), "Autumn 1", "No mark here, though there is one before and one after."]),
        Row([Person(8, "Cobnut", "Leo"), Mark("Working towards"), ""]),
    ]

    table = shown_section(Section([Table("Odd", columns, rows)]), NOWHERE).tables[0]

    assert [css for _, css in table.heads] == ["", "short", "says"]
    [(_, [first, _])] = table.bodies
    assert [css for css, _ in first.cells] == ["short", "says"]


def test_a_head_of_a_row_leaves_room_for_the_figures():
    def of(head: str) -> str:
        table = Table("By group", [Column("Group", numeric=False), Column("Counted")], [Row([head, ""])])
        return shown_section(Section([table]), NOWHERE).tables[0].heads[0][1]

    assert of("Autumn 2") == "short"
    assert of("No, or none recorded") == ""


def test_a_table_that_an_upright_page_cannot_hold_is_printed_across():
    narrow = Table("Few", [Column("Subject", numeric=False), Column("Counted")], [Row(["Reading", ""])])
    many = [Column("Pupil", numeric=False), *(Column(f"Point {n}", short="Aut 2") for n in range(14))]
    wide = Table("Many", many, [Row([Person(7, "Acorn", "Amara"), *[None] * 14])])
    for_a_pen = replace(narrow, columns=[narrow.columns[0], Column("Agreed", numeric=False, room=True)])

    shown_tables = shown_section(Section([narrow, wide, for_a_pen]), NOWHERE).tables

    assert [table.wide for table in shown_tables] == [False, True, True]


def test_where_pupils_are_not_counted_is_a_column_only_when_it_says_something():
    amara, leo = Person(7, "Acorn", "Amara"), Person(8, "Cobnut", "Leo")
    of_all = Layout([], "", [Missing(amara, "", "No mark")], 0, NOWHERE, True)

    assert not of_all.says_where
    assert replace(of_all, missing=[*of_all.missing, Missing(leo, "Reading", "No mark")]).says_where


def test_a_rule_that_a_note_has_told_is_not_told_again():
    answer = Answer("Counted: all.", [Section([], notes=["It waits."])], rules=["It waits.", "It counts."])

    assert rules_left(answer) == ["It counts."]


def test_small_print_stands_together(oakfield):
    markup = shown(oakfield, "hana", "/reports/attainment", subject="Reading")

    [notes] = re.findall(r'<div class="notes">(.*?)</div>', markup, re.DOTALL)
    assert "Disadvantaged:" in notes
    assert "Who is not known is in a line of their own" in notes


def test_whoever_stays_in_a_band_is_in_a_shaded_cell(oakfield):
    with_marks = {oakfield.amara: "W", oakfield.toby: "E", oakfield.maud: "G"}
    with writing(oakfield.cast.oakfield):
        marked(oakfield.cast.hana, "Reading", with_marks, slot=6, year=2025)

    markup = shown(oakfield, "hana", "/reports/progress-matrix", subject="Reading")

    [table] = re.findall(r"<caption>From band to band</caption>.*?</table>", markup, re.DOTALL)
    rows = re.findall(r"<tr>(<th scope=.row.*?)</tr>", table, re.DOTALL)
    assert [[" kept" in cell for cell in re.findall(r"<td[^>]*>", row)].index(True) for row in rows[:4]] == [0, 1, 2, 3]
    assert " kept" not in rows[4]
    assert "Shaded in the table: the same band at both ends." in words(markup)


def test_the_way_to_who_is_in_and_out_opens_what_it_leads_to(oakfield):
    markup = shown(oakfield, "hana", "/reports/attainment")

    [inside] = re.findall(r'<details class="more"[^>]*>(?:(?!</details>).)*id="who"', markup, re.DOTALL)
    assert '<a href="#who">' in markup
    assert "</summary>" in inside


def test_reports_to_parents_stand_among_the_reports(oakfield):
    markup = shown(oakfield, "hana", "/parents/")

    assert '<a href="/reports/" aria-current="page">Reports</a>' in markup
    assert '<a href="/reports/">Reports</a> / Reports to parents' in markup


def test_names_of_who_is_counted_say_where_else_they_are_not(oakfield):
    counted = shown(oakfield, "hana", "/reports/attainment/names", cell="counted")
    pk = subject_id(oakfield, "Reading")
    one = shown(oakfield, "hana", "/reports/attainment/names", cell=f"{pk}.expected")

    assert "<h1>Counted: 5 pupils</h1>" in counted
    assert '<th scope="col">Not counted</th>' in counted
    assert '<th scope="col">Where they stand</th>' in one


def test_of_a_list_nobody_reads_to_its_end_a_page_shows_the_beginning_and_says_so():
    rows = [Row([f"Row {n}"]) for n in range(ROWS_HERE + 7)]
    told = shown_section(Section([Table("Rows", [Column("Row", numeric=False)], rows)]), NOWHERE)

    [table] = told.tables

    assert [len(some) for _, some in table.bodies] == [ROWS_HERE]
    assert table.unlisted == 7
    assert "7 more are left out here" in render_to_string("reports/table.html", {"table": table, "one": told})
