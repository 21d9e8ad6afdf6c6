"""The office's rarer work: a joiner before their file, two records of one pupil, a file for another school."""

import io
import re
from datetime import date
from pathlib import Path

from playwright.sync_api import expect

from itrack.imports.sources.ctf import open_ctf
from tests.journeys.conftest import Arrive
from tests.journeys.steps import take_back
from tests.journeys.transfer import year_4
from tests.journeys.visitor import Visitor


def test_a_joiner_is_added_by_hand_and_taken_back(arrive: Arrive) -> None:
    olu = opens_the_joiner_form(arrive)

    olu.press("Add to the roll")

    expect(olu.page.get_by_role("alert").first).to_contain_text("Nobody was added.")
    expect(olu.page.locator("main")).to_contain_text("Write the legal surname.")
    olu.looks()
    writes(olu, "Bilberry", "Ottoline", "2018-05-03")
    olu.press("Add to the roll")
    expect(olu.page.locator(".toast")).to_contain_text("Ottoline Bilberry is on the roll.")
    olu.looks()
    olu.go("Pupils")
    expect(olu.page.get_by_role("link", name="Bilberry, Ottoline", exact=True)).to_be_visible()

    olu.page.go_back()
    take_back(olu)

    expect(olu.page.locator("main")).to_contain_text("Taken back: the joiner is no longer in the record.")
    olu.go("Pupils")
    expect(olu.page.get_by_role("link", name="Bilberry, Ottoline", exact=True)).to_have_count(0)


def test_two_records_of_one_pupil_are_made_one_and_two_again(arrive: Arrive) -> None:
    olu, child = opens_the_joiner_form(arrive), year_4()[-1]
    name = f"{child.surname}, {child.forename}"
    writes(olu, child.surname, child.forename, child.dob)
    olu.press("Add to the roll")
    expect(olu.page.get_by_role("alert")).to_contain_text("Nobody was added yet.")
    olu.looks()
    olu.page.get_by_label("in the record is another child").check()
    olu.press("Add to the roll")
    expect(olu.page.locator(".toast")).to_contain_text("is on the roll.")

    olu.go("Two records of one pupil")
    olu.sees("Two records of one pupil")
    expect(olu.page.get_by_label("One pupil").locator("option", has_text=name)).to_have_text([re.compile("born")] * 2)
    olu.page.get_by_role("link", name=re.compile("^Compare")).click()
    olu.sees("Are these one pupil?")
    for one in olu.page.get_by_role("radio", name=re.compile("first record")).all():
        one.check()
    olu.press("Make the two records one")

    expect(olu.page.locator(".toast")).to_contain_text("The two records are one.")
    olu.looks()
    take_back(olu)
    expect(olu.page.locator("main")).to_contain_text("Taken back: both records are as they were before.")
    expect(olu.page.get_by_role("link", name=re.compile("^Compare"))).to_have_count(1)
    olu.page.goto("/pupils/joiner")
    olu.page.get_by_role("button", name=f"Undo adding {child.forename} {child.surname}").first.click()
    expect(olu.page.locator("main")).to_contain_text("Taken back: the joiner is no longer in the record.")


def test_a_file_for_another_school_is_made_of_who_is_ticked(arrive: Arrive, tmp_path: Path) -> None:
    olu, child = arrive("olu"), year_4()[-1]
    olu.expecting(422)
    olu.go("Import", "Send a transfer file")
    olu.sees("Send a transfer file")
    olu.press("Make a file of the ticked pupils")
    expect(olu.page.locator("main")).to_contain_text("Tick the pupils first, or make the file of the whole roll.")
    olu.looks()

    olu.page.get_by_label(f"{child.surname}, {child.forename}", exact=True).check()
    olu.page.get_by_label("Where it goes").fill("823/2002")
    with olu.page.expect_download() as taken:
        olu.press("Make a file of the ticked pupils")

    taken.value.save_as(tmp_path / "ctf.xml")
    read = open_ctf(io.BytesIO((tmp_path / "ctf.xml").read_bytes()), today=date(2026, 11, 24))
    [row] = read
    assert (read.header.destination.la, read.header.destination.estab) == ("823", "2002")
    assert (row.upn, row.fields["legal_surname"]) == (child.upn, child.surname)
    assert taken.value.suggested_filename.endswith(".xml")


def opens_the_joiner_form(arrive: Arrive) -> Visitor:
    olu = arrive("olu")
    olu.expecting(422)
    olu.go("Pupils", "Add a joiner")
    olu.sees("Add a joiner")
    return olu


def writes(olu: Visitor, surname: str, forename: str, born: str) -> None:
    """All the form needs, for a pupil of Year 4."""
    for label, text in (("Legal surname", surname), ("Legal forename", forename), ("Date of birth", born)):
        olu.page.get_by_label(label).fill(text)
    if not olu.page.get_by_label("First day here").input_value():
        olu.page.get_by_label("First day here").fill("2026-11-23")
    olu.page.get_by_label("Year group").select_option(label="Year 4")
