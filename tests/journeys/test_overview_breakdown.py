"""A head reads the overview: a group, its names, and the files to take away."""

import csv
import re
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

from tests.journeys.conftest import Arrive


def test_a_head_follows_a_group_to_its_names(arrive: Arrive) -> None:
    hana = arrive("hana")
    hana.page.goto("/reports/attainment?pupils=year-3")
    hana.looks_everywhere("overview_year_3")

    row = hana.page.get_by_role("row").filter(has=hana.page.get_by_role("rowheader", name="Summer", exact=True))
    counted = row.get_by_role("link").nth(1)
    figure = re.match(r"\d+", counted.inner_text())
    counted.click()

    assert figure
    hana.sees(re.compile(rf"^Term of birth: Summer, counted in [\w ]+: {figure[0]} pupils?$"))
    assert hana.page.locator("main tbody tr").count() == int(figure[0])


def test_the_figures_leave_as_csv_and_as_a_workbook(arrive: Arrive, tmp_path: Path) -> None:
    hana = arrive("hana")
    hana.page.goto("/reports/attainment?pupils=year-3")
    kept = {}
    for name in ("CSV", "Excel"):
        with hana.page.expect_download() as told:
            hana.go(name)
        kept[name] = tmp_path / told.value.suggested_filename
        told.value.save_as(kept[name])

    rows = list(csv.DictReader(StringIO(kept["CSV"].read_text(encoding="utf-8-sig"))))
    with ZipFile(kept["Excel"]) as book:
        sheets = [etree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml")) for number in (1, 2, 3)]

    assert kept["CSV"].name == "attainment-2026-27-autumn-2-year-3.csv"
    assert sum(len(sheet.findall(".//{*}row")) - 1 for sheet in sheets) == len(rows)
    assert {"Girls", "SEN support", "Summer"} <= {row["Group"] for row in rows}
    assert not any(sheet.findall(".//{*}f") for sheet in sheets)


def test_the_usual_view_is_kept_and_forgotten(arrive: Arrive) -> None:
    hana = arrive("hana")
    hana.page.goto("/reports/attainment?pupils=year-3")

    hana.press("Always begin with these pupils")

    hana.sees("Attainment overview: Year 3, Autumn 2")
    hana.press("Clear")
    hana.sees("Attainment overview: Whole school, Autumn 2")
