"""An administrator looks after the school's people: pastes some in, changes one, signs the review; also by keyboard."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.visitor import Visitor

ROWS = "\n".join(
    "\t".join(cells)
    for cells in (
        ("Name", "Job title", "E-mail", "Role", "Class"),
        ("Priya Plover", "Trainee teacher", "priya@oakfield.example", "Teacher", ""),
        ("Dan Dunnock", "Chair of governors", "dan@oakfield.example", "Governor", ""),
        ("Al Adder", "Cook", "al@oakfield", "wizard", ""),
    )
)


def people(ada: Visitor) -> None:
    ada.go("School", "People")
    ada.sees("People")


def row_of(ada: Visitor, name: str) -> object:
    return ada.page.locator("table.register tbody tr", has=ada.page.get_by_role("link", name=name, exact=True))


def test_a_list_is_pasted_seen_and_invited_once(arrive: Arrive) -> None:
    ada = arrive("ada")
    ada.expecting(422)
    people(ada)
    ada.go("Add many")
    ada.sees("Add many people")

    ada.page.get_by_role("textbox", name="Rows").fill(ROWS)
    ada.press("Check these rows")

    expect(ada.page.locator("p.finding")).to_have_text("2 people can be invited. 1 row is not accepted.")
    ada.looks_everywhere("people_preview")
    ada.press("Invite 2 people")
    expect(ada.page.get_by_role("status")).to_contain_text("Invited: 2 people.")
    expect(row_of(ada, "Priya Plover")).to_contain_text("Invited")
    ada.looks_everywhere("people_invited")

    ada.go("Add many")
    ada.page.get_by_role("textbox", name="Rows").fill(ROWS)
    ada.press("Check these rows")
    expect(ada.page.locator("p.finding")).to_contain_text("Nobody of these can be invited. 2 are here already.")


def test_a_role_is_changed_and_taken_back_and_somebody_removed_and_brought_back(arrive: Arrive) -> None:
    ada = arrive("ada")
    people(ada)
    ada.go("Asha Assistant")
    ada.sees("Asha Assistant")

    ada.page.get_by_label("Role", exact=True).select_option(label="Teacher")
    ada.press("Save Asha Assistant")
    expect(ada.page.get_by_role("status")).to_contain_text("is now teacher, no longer teaching assistant")
    ada.looks_everywhere("people_changed")
    ada.press("Undo")
    expect(ada.page.get_by_role("status")).to_contain_text("Taken back.")

    ada.press("Remove Asha Assistant")
    expect(ada.page.get_by_role("status")).to_contain_text("Asha Assistant is removed")
    ada.looks()
    ada.press("Undo")
    expect(ada.page.get_by_role("status")).to_contain_text("Taken back.")
    expect(ada.page.get_by_label("Role", exact=True)).to_have_value("assistant")


def test_the_review_is_signed_by_keyboard_and_then_stands(arrive: Arrive) -> None:
    ada = arrive("ada")
    people(ada)
    ada.go("Termly review")
    ada.sees("Termly review of accounts")
    choices = ada.page.get_by_role("combobox")
    choices.first.focus()

    for _ in range(choices.count()):
        focused = ada.page.locator(":focus")
        if focused.input_value() == "":
            ada.page.keyboard.press("ArrowDown")
        expect(focused).to_have_value("keep")
        # From one choice past the next person's link to the next choice.
        ada.page.keyboard.press("Tab")
        if ada.page.locator(":focus").evaluate("one => one.localName") == "a":
            ada.page.keyboard.press("Tab")
    expect(ada.page.locator(":focus")).to_have_text("Sign the review")
    ada.page.keyboard.press("Enter")

    expect(ada.page.locator("div.banner.ok")).to_contain_text(re.compile("was signed by Ada Admin on"))
    ada.looks_everywhere("people_signed")
    ada.go("Look at what was signed")
    expect(ada.page.locator("div.banner.ok")).to_contain_text("The seal fits")
    ada.looks_everywhere("people_sealed")


def test_all_of_it_works_without_scripts(arrive: Arrive) -> None:
    ada = arrive("ada", scripts=False)
    people(ada)

    ada.page.get_by_label("Name or job title").fill("4B")
    ada.press("Show")

    expect(ada.page.locator("table.register tbody tr")).to_have_count(1)
    ada.go("Tom Teacher")
    ada.press("Save Tom Teacher")
    expect(ada.page.get_by_role("status")).to_contain_text("Nothing was different")
