"""Marks typed in the wrong place are moved, where another mark stands somebody says which counts, and it is undone."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.steps import choose_marks, is_ready, names_in_grid
from tests.journeys.visitor import Visitor


def marks_of(visitor: Visitor, subject: str) -> dict[str, str]:
    choose_marks(visitor, "4B", "Autumn 2", subject)
    is_ready(visitor)
    cells = visitor.page.locator("table.grid tbody td.m input").all()
    return dict(zip(names_in_grid(visitor), [cell.input_value() for cell in cells], strict=True))


def asks_to_move_reading_to_maths(hana: Visitor) -> None:
    hana.page.goto("/mark/move")
    hana.page.get_by_label("Whose marks").select_option(label="4B")
    hana.page.get_by_label("Subject", exact=True).select_option(label="Reading")
    hana.page.get_by_label("To subject").select_option(label="Maths")
    hana.press("Show what would change")


def test_marks_in_the_wrong_subject_are_moved_and_each_conflict_is_somebodys_choice(arrive: Arrive) -> None:
    hana = arrive("hana")
    reading, maths = marks_of(hana, "Reading"), marks_of(hana, "Maths")
    meeting = [name for name in reading if reading[name] and maths[name] and reading[name] != maths[name]]
    # Journeys before this one may have filled the class.
    free = [name for name in reading if reading[name] and not maths[name]]
    assert len(meeting) >= 2, "the demo class has marks that meet"

    asks_to_move_reading_to_maths(hana)
    expect(hana.page.get_by_role("heading", name="Another mark stands there")).to_be_visible()
    hana.looks_everywhere("put_right")
    replaced, kept = meeting[:2]
    hana.page.get_by_label("As chosen for each below").check()
    hana.page.get_by_label(re.compile(f"^{re.escape(replaced)}, ")).select_option(value="replace")
    for name in free[:1]:
        hana.page.get_by_label(name, exact=True).uncheck()
    hana.press("Move the marks of those ticked")
    expect(hana.page.locator(".toast")).to_contain_text("1 mark replaced")

    after = marks_of(hana, "Maths")
    assert after[replaced] == reading[replaced]
    assert after[kept] == maths[kept]
    assert not any(after[name] for name in free[:1])
    assert [after[name] for name in free[1:]] == [reading[name] for name in free[1:]]

    hana.page.goto("/mark/move")
    hana.page.get_by_role("button", name=re.compile("^Undo")).first.click()
    expect(hana.page.locator("main")).to_contain_text("The marks stand as they did before.")
    assert (marks_of(hana, "Reading"), marks_of(hana, "Maths")) == (reading, maths)
