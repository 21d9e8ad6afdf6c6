"""A head looks at the school group by group, at all three subjects, at who is here, at headlines and absence."""

import re

import pytest

from tests.journeys.conftest import Arrive

LAST_YEAR = "year=2025"
PAGES = {
    "groups": (f"/reports/groups?{LAST_YEAR}&subject=0&crossed=sen.disadvantage", "Group comparison: Whole school, "),
    "rwm": (f"/reports/rwm?{LAST_YEAR}", "Reading, writing and maths combined: Whole school, "),
    "context": ("/reports/context", "Who is in the school: Whole school"),
    "headlines": ("/reports/headlines", "Headlines, "),
    "attendance": (f"/reports/attendance?{LAST_YEAR}", "Attendance: Whole school, "),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_head_reads_the_report_anywhere_and_opens_a_figure(arrive: Arrive, name: str) -> None:
    address, heading = PAGES[name]
    hana = arrive("hana")
    hana.page.goto(address)
    hana.sees(re.compile(f"^{heading}"))
    assert hana.page.locator("svg.chart").count() > 0
    hana.looks_everywhere(name)

    figure = hana.page.locator("main tbody td a").first
    counted = re.match(r"[\d,]+", figure.inner_text())
    figure.click()

    assert counted
    hana.sees(re.compile(rf": {counted[0]} pupils?$"))
    assert hana.page.locator("main tbody tr").count() == int(counted[0].replace(",", ""))
