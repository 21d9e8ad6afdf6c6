"""The job itself, by the people whose work it is: a file, a preview, classes, marks, a report, and taking it back."""

import re

from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.conftest import Arrive
from tests.journeys.transfer import NEWCOMER, transfer_file, year_4
from tests.journeys.visitor import Visitor


def test_a_transfer_file_becomes_marks_and_a_report(arrive: Arrive) -> None:
    olu, tom, hana = arrive("olu"), arrive("tom"), arrive("hana")

    checks_the_file(olu)
    applies_it(olu)
    gives_the_newcomer_a_class(olu)
    marks = enters_marks_by_keyboard(tom)
    sees_the_marks_kept(tom, marks)
    sees_the_newcomers_past(tom)
    opens_the_names_behind_a_figure(hana)
    cannot_take_back_what_is_worked_on(olu)
    takes_the_marks_back(tom)
    takes_the_class_and_the_file_back(olu)


def checks_the_file(olu: Visitor) -> None:
    changed, conflict, *_ = year_4()
    steps.drop(olu, transfer_file(changed, conflict, newcomer=1))

    told = steps.counts(olu)
    assert {kind: told[kind] for kind in ("new", "changed", "needs you to choose", "refused")} == {
        "new": "1",
        "changed": "1",
        "needs you to choose": "1",
        "refused": "1",
    }
    page = olu.page.locator("main")
    for said in ("Ottilie Thistlewood: new", "Bobbin", "Una Wrongletter", "Addresses", "Choices are still open."):
        expect(page).to_contain_text(said)
    expect(page).not_to_contain_text("ZZ99")
    olu.looks_everywhere("olu_import_preview")
    olu.page.get_by_role("group", name="What to keep for").get_by_label("ours").check()
    olu.press("Keep these choices")
    expect(page).not_to_contain_text("Choices are still open.")


def applies_it(olu: Visitor) -> None:
    with olu.product.worker_held():
        olu.press(re.compile("^Apply to "))
        expect(olu.heading()).to_have_text("Applying this file")
        expect(olu.page.get_by_role("progressbar")).to_be_visible()
        expect(olu.page.locator("main")).to_contain_text(re.compile(r"0 of \d pupils"))
        olu.looks_everywhere("olu_import_progress")

    expect(olu.heading()).to_have_text("This file has been applied")
    olu.looks_everywhere("olu_import_applied")


def gives_the_newcomer_a_class(olu: Visitor) -> None:
    olu.go("School")
    expect(olu.page.locator("main")).to_contain_text("1 pupil on roll has no class yet")
    olu.looks_everywhere("olu_classes_to_make")

    olu.press("Make classes for 1 pupil")

    expect(olu.page.locator("main")).to_contain_text("Every pupil on roll has a class")
    olu.go("4B")
    olu.sees("4B")
    expect(olu.page.get_by_label(NEWCOMER)).to_be_visible()
    olu.looks_everywhere("olu_class")


def enters_marks_by_keyboard(tom: Visitor) -> dict[str, str]:
    steps.choose_marks(tom, "4B", "Autumn 2", "Reading")
    tom.looks_everywhere("tom_mark_reading")
    steps.is_ready(tom)
    assert tom.page.locator("td.m[data-b]").count(), "no last judgement stands beside a cell"
    names = steps.names_in_grid(tom)
    typed = {}
    for name in (NEWCOMER, names[0], names[-1]):
        cell = steps.cell_of(tom, name)
        typed[name] = steps.other_than(cell.input_value())
        cell.focus()
        tom.page.keyboard.press(typed[name].lower())
    return typed


def sees_the_marks_kept(tom: Visitor, marks: dict[str, str]) -> None:
    steps.is_saved(tom)

    tom.page.reload()

    for name, mark in marks.items():
        expect(steps.cell_of(tom, name)).to_have_value(mark)


def sees_the_newcomers_past(tom: Visitor) -> None:
    steps.cell_of(tom, NEWCOMER).focus()
    expect(tom.page.get_by_role("complementary", name="Ottilie Thistlewood")).to_contain_text("36 of 40")

    tom.go(NEWCOMER)

    tom.sees("Ottilie Thistlewood")
    expect(tom.page.get_by_role("table", name="National assessments")).to_contain_text("Phonics")
    tom.looks_everywhere("tom_pupil")


def opens_the_names_behind_a_figure(hana: Visitor) -> None:
    hana.go("Reports", "Attainment overview")
    hana.page.get_by_label("Pupils", exact=True).select_option(label="Year 4")
    hana.press("Show")
    expect(hana.heading()).to_have_text("Attainment overview: Year 4, Autumn 2")
    hana.looks_everywhere("hana_attainment_year_4")
    reading = hana.page.get_by_role("row", name=re.compile("^Reading"))
    figure = reading.get_by_role("link", name=re.compile("counted in reading"))
    counted = re.match(r"\d+", figure.first.inner_text())

    figure.first.click()

    assert counted
    hana.sees(re.compile(rf"Counted in reading: {counted[0]} pupils"))
    expect(hana.page.get_by_role("link", name="Ottilie Thistlewood")).to_be_visible()
    hana.looks_everywhere("hana_attainment_names")


def cannot_take_back_what_is_worked_on(olu: Visitor) -> None:
    olu.expecting(409)
    olu.go("Import", "Oakfield Primary School")

    olu.press("Take this import back")

    olu.sees("Not done")
    expect(olu.page.locator("main")).to_contain_text("These now depend on it:")
    expect(olu.page.locator("main")).to_contain_text("judgement")
    expect(olu.page.locator("main")).to_contain_text("Nothing was taken back.")
    olu.looks_everywhere("olu_refused")


def takes_the_marks_back(tom: Visitor) -> None:
    steps.choose_marks(tom, "4B", "Autumn 2", "Reading")
    for _ in range(3):  # three marks make one to three changes, as they were typed quickly or not
        if not steps.cell_of(tom, NEWCOMER).input_value():
            break
        with tom.page.expect_navigation():
            tom.press("Undo last change")
        expect(tom.page.locator("main")).to_contain_text("Taken back.")
    expect(steps.cell_of(tom, NEWCOMER)).to_have_value("")


def takes_the_class_and_the_file_back(olu: Visitor) -> None:
    olu.go("School")
    olu.page.get_by_role("button", name=re.compile("^Undo 1 pupil placed")).first.click()
    expect(olu.page.locator("main")).to_contain_text("1 pupil on roll has no class yet")
    olu.go("Import", "Oakfield Primary School")

    olu.press("Take this import back")

    olu.sees("This import has been taken back")
    olu.go("Pupils")
    expect(olu.page.get_by_role("row", name="Aldercott").first).to_be_visible()
    expect(olu.page.get_by_role("row", name=NEWCOMER)).to_have_count(0)
