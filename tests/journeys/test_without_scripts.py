"""The same work in a browser that runs no script: every step is an address or a form."""

import re

from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.conftest import Arrive
from tests.journeys.transfer import transfer_file, year_4
from tests.journeys.visitor import Visitor


def test_the_work_can_be_done_without_scripts(arrive: Arrive) -> None:
    olu, tom, hana = (arrive(name, scripts=False) for name in ("olu", "tom", "hana"))

    applies_a_file(olu)
    saves_marks_by_the_button(tom)
    reads_the_overview(hana)
    takes_the_file_back(olu)


def applies_a_file(olu: Visitor) -> None:
    *_, changed, conflict = year_4()
    steps.drop(olu, transfer_file(changed, conflict, newcomer=2, forename="Oswin"))
    olu.looks()
    olu.page.get_by_role("group", name="What to keep for").get_by_label("the file’s").check()
    olu.press("Keep these choices")

    olu.press("Apply to 3 pupils")

    expect(olu.heading()).to_have_text("This file has been applied")
    olu.looks()


def saves_marks_by_the_button(tom: Visitor) -> None:
    steps.choose_marks(tom, "4B", "Autumn 2", "Writing")
    name = steps.names_in_grid(tom)[2]
    mark = steps.other_than(steps.cell_of(tom, name).input_value())
    steps.cell_of(tom, name).fill(mark)

    tom.press("Save marks")

    expect(tom.page.locator("#state")).to_have_text(re.compile("^Saved at "))
    expect(steps.cell_of(tom, name)).to_have_value(mark)
    tom.looks()


def reads_the_overview(hana: Visitor) -> None:
    hana.go("Reports", "Attainment overview")
    hana.page.get_by_label("Pupils", exact=True).select_option(label="Year 4")
    hana.press("Show")
    hana.sees("Attainment overview: Year 4, Autumn 2")

    hana.page.get_by_role("link", name=re.compile("counted in writing")).first.click()

    hana.sees(re.compile(r"Counted in writing: \d+ pupils?$"))


def takes_the_file_back(olu: Visitor) -> None:
    olu.go("Pupils")
    newcomers = olu.page.get_by_role("row", name="Thistlewood, Oswin")
    expect(newcomers).to_have_count(1)

    olu.go("Import", "Oakfield Primary School")
    olu.press("Take this import back")

    olu.sees("This import has been taken back")
    expect(olu.page.locator("main")).to_contain_text("Everything stands as before.")
    olu.go("Pupils")
    expect(olu.page.get_by_role("row", name="Aldercott").first).to_be_visible()
    expect(newcomers).to_have_count(0)
