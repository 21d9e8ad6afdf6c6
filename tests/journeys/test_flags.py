"""The office sets a flag for a class without a script, sees what would change, and takes it back."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.steps import take_back


def test_a_flag_is_set_for_a_class_after_a_look_and_taken_back(arrive: Arrive) -> None:
    olu = arrive("olu", scripts=False)
    olu.go("Pupils", "Flags")
    olu.sees("Flags")
    expect(olu.page.get_by_role("columnheader", name="Looked after")).to_have_count(0)
    olu.looks()

    olu.page.get_by_role("columnheader").get_by_role("link", name="Service child").click()
    olu.sees("Service child")
    olu.looks()
    first, second = olu.page.get_by_role("combobox", name=re.compile("^The school says of")).all()[:2]
    first.select_option("yes")
    second.select_option("unknown")
    olu.press("Save Service child")
    olu.sees("Service child")
    expect(olu.page.locator("#h-sure")).to_have_text("Set Service child for 2 pupils?")
    olu.looks()
    olu.press("Set it for 2 pupils")

    expect(olu.page.locator(".toast")).to_contain_text("2 flags set, of 2 pupils.")
    expect(olu.page.locator("main")).to_contain_text("Set by Olu")
    olu.page.get_by_role("row", name=re.compile("Yes Set by")).get_by_role("link").first.click()
    olu.looks()
    expect(olu.page.get_by_role("row", name=re.compile("^Pupil premium Yes"))).to_contain_text("not shown to your role")
    olu.page.go_back()
    take_back(olu)
    expect(olu.page.locator("main")).to_contain_text("Taken back: 2 flags set, of 2 pupils.")
