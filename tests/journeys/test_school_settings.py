"""The head sets the school up: each change is told, and one press takes it back."""

from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.steps import take_back
from tests.journeys.visitor import Visitor


def opens(arrive: Arrive, tab: str) -> Visitor:
    hana = arrive("hana")
    hana.expecting(422)
    hana.go("School", tab)
    expect(hana.page.get_by_role("link", name=tab, exact=True)).to_have_attribute("aria-current", "page")
    return hana


def test_a_point_of_the_year_is_renamed(arrive: Arrive) -> None:
    hana = opens(arrive, "Year and terms")
    name = hana.page.get_by_label("Name of Autumn 2")
    name.fill("")
    name.evaluate("input => input.form.noValidate = true")

    hana.press("Save the year")

    expect(hana.page.locator("main")).to_contain_text("Autumn 2 needs a name.")
    hana.looks()
    hana.page.get_by_label("Name of Autumn 2").fill("Before Christmas")
    hana.press("Save the year")
    expect(hana.page.locator(".toast")).to_be_visible()
    hana.looks()
    take_back(hana)
    expect(hana.page.get_by_label("Name of Autumn 2")).to_have_value("Autumn 2")


def test_a_subject_is_added(arrive: Arrive) -> None:
    hana = opens(arrive, "Subjects")
    hana.page.get_by_label("Name").fill("reading")

    hana.press("Add the subject")

    expect(hana.page.locator("main")).to_contain_text("There is a subject called reading already.")
    hana.looks()
    hana.page.get_by_label("Name").fill("Latin")
    hana.press("Add the subject")
    expect(hana.page.get_by_role("table").get_by_role("link", name="Latin")).to_be_visible()
    hana.looks()
    take_back(hana)
    expect(hana.page.get_by_role("table").get_by_role("link", name="Latin")).to_have_count(0)


def test_a_mark_of_the_scheme_in_use_is_put_in_other_words(arrive: Arrive) -> None:
    hana = opens(arrive, "Mark scheme")
    expect(hana.page.locator("main")).to_contain_text("This version is in use.")
    hana.looks()
    hana.page.get_by_role("table").get_by_role("link").first.click()
    expect(hana.page.get_by_label("Code")).to_be_disabled()
    hana.looks()
    was = hana.page.get_by_label("Name").input_value()

    hana.page.get_by_label("Name").fill("Not yet there")
    hana.press("Save the mark")

    marks = hana.page.get_by_role("table", name="Marks in their order")
    expect(marks).to_contain_text("Not yet there")
    take_back(hana)
    expect(marks).to_contain_text(was)
