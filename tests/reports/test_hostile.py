"""What no report breaks on: filters that mean nothing, names that want to be more, no school yet.

Every report of the list is tried, so one that is added later is tried from then on.
"""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from lxml import etree

from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.foundation.viewer import Role
from itrack.reports.api import report_data
from itrack.reports.catalogue.all import REPORTS
from itrack.reports.catalogue.answering import understand
from itrack.reports.catalogue.declared import Report
from itrack.schools.api import NewSchool, add_school, set_up_year
from tests.cast import NOW, Cast, build_cast, join, password_is_enough
from tests.reports.hostile import (
    CALM,
    FEW,
    FORMULA,
    NAMES,
    NONSENSE,
    SCRIPT,
    Hostile,
    calm,
    cells_of,
    fields_of,
)
from tests.stage import STAGE

# Those a head reads; the report across schools has tests of its own.
OF_A_HEAD = [one for one in REPORTS.values() if Role.HEAD in one.may.roles]
EVERY = pytest.mark.parametrize("report", OF_A_HEAD, ids=lambda one: one.name)
FOR_GOVERNORS = pytest.mark.parametrize(
    "report", [one for one in REPORTS.values() if Role.GOVERNOR in one.may.roles], ids=lambda one: one.name
)
NO_WORD = {"year": None, "point": None, "subject": None, "group": None, "as_at": None}


@pytest.fixture(scope="module")
def school(django_db_setup, django_db_blocker) -> Iterator[Hostile]:
    """Built once: nothing here changes it."""
    with django_db_blocker.unblock():
        STAGE.clear()
        with transaction.atomic(), time_machine.travel(NOW, tick=False):
            yield Hostile(build_cast())
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def hana(school: Hostile) -> Client:
    return school.cast.client("hana")


@EVERY
def test_a_filter_that_means_nothing_is_answered_calmly(report: Report, school: Hostile, hana: Client) -> None:
    for place, field in enumerate(fields_of(report, Role.HEAD)):
        calm(hana.get(f"/reports/{report.name}", {field: FEW[place % len(FEW)]}))

    calm(hana.get(f"/reports/{report.name}", dict.fromkeys(report.asks.fields, "\x00")))
    calm(hana.get(f"/reports/{report.name}/names", {"cell": FORMULA + "\x00"}))
    assert hana.get(f"/reports/{report.name}.csv", dict.fromkeys(report.asks.fields, "9" * 40)).status_code in CALM


@EVERY
def test_no_filter_is_taken_for_what_it_is_not(report: Report, school: Hostile) -> None:
    understood, refused = 0, 0
    fields = report.asks.fields
    with reading(school.cast.oakfield):
        for place, field in enumerate(fields):
            for text in NONSENSE[place % 4 :: 4]:
                try:
                    understand(report, viewer=school.cast.hana, said={field: text}, now=NOW)
                    understood += 1
                except Refused:
                    refused += 1

    assert understood == 0
    assert refused >= 3 * len(fields)


@EVERY
def test_ids_of_others_open_nothing(report: Report, school: Hostile, hana: Client) -> None:
    for field, text in school.strangers():
        answer = hana.get(f"/reports/{report.name}", {field: text})

        assert "Fox" not in calm(answer)
        assert (answer.status_code == 200) == (field not in report.asks.fields), (field, text)


@EVERY
def test_days_before_the_school_are_answered_calmly(report: Report, school: Hostile, hana: Client) -> None:
    for said in ({"as_at": "0001-01-01"}, {"since": "1901-10-14"}, {"as_at": "2019-12-31", "year": "2024"}):
        calm(hana.get(f"/reports/{report.name}", said))


@EVERY
def test_a_class_of_nobody_is_a_page(report: Report, school: Hostile, hana: Client) -> None:
    answer = hana.get(f"/reports/{report.name}", {"pupils": f"class-{school.empty}"})

    calm(answer)
    assert answer.status_code == 200


@FOR_GOVERNORS
def test_a_governor_of_a_tiny_school_sees_a_page_without_names(report: Report, school: Hostile) -> None:
    gus = school.cast.client("gus")

    for said in ({"point": "1"}, {"point": "\x00"}):
        page = calm(gus.get(f"/reports/{report.name}", said))

        assert not [name for name in ("Acorn", "Barleycorn", "gnol", "alert(1)/script") if name in page]


@EVERY
def test_names_that_want_to_be_more_stay_names(report: Report, school: Hostile, hana: Client) -> None:
    where = {"pupils": f"class-{school.odd}"} if "pupils" in report.asks.fields else {}

    page = calm(hana.get(f"/reports/{report.name}", where))
    for address in cells_of(page)[:1]:
        calm(hana.get(address))
    table = hana.get(f"/reports/{report.name}.csv", where)
    book = hana.get(f"/reports/{report.name}.xlsx", where)

    if table.status_code == 200:
        cells = [cell for row in csv.reader(StringIO(table.content.decode("utf-8-sig"))) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "@", "\t", "\r", "+1", "-1 "))]
    if book.status_code == 200 and book.headers["Content-Type"].startswith("application/"):
        with ZipFile(BytesIO(b"".join(book) if book.streaming else book.content)) as opened:
            sheets = [etree.fromstring(opened.read(one)) for one in opened.namelist() if "worksheets/sheet" in one]
        assert sheets
        assert not [found for sheet in sheets for found in sheet.iter("{*}f")]


def test_the_names_behind_a_figure_are_written_out_as_they_are(school: Hostile, hana: Client) -> None:
    page = calm(hana.get("/reports/attainment", {"pupils": f"class-{school.odd}"}))

    names = calm(hana.get(cells_of(page)[0]))
    with reading(school.cast.oakfield):
        data = report_data("attainment", viewer=school.cast.hana, now=NOW, names=True, **{**NO_WORD, "group": "all"})

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in names
    assert "🐝 Bee" in names
    told = {who for row in data["tables"][0]["rows"] for who in row["Counted"]["pupils"]}
    assert told >= {f"{name}, {name}" for name in NAMES}
    assert any(row["Subject"] == SCRIPT[:40] for row in data["tables"][0]["rows"])
    assert FORMULA in " ".join(told)


@pytest.fixture(scope="module")
def bare(django_db_setup, django_db_blocker) -> Iterator[list[Client]]:
    """Heads of schools that have nothing, only years, and years and subjects but nobody to assess."""
    with django_db_blocker.unblock():
        STAGE.clear()
        with transaction.atomic(), time_machine.travel(NOW, tick=False):
            yield [_bare(step) for step in range(3)]
            transaction.set_rollback(True)


def _bare(step: int) -> Client:
    from itrack.curriculum.api import set_up_curriculum
    from itrack.foundation.changes.actions import open_change_set

    school = add_school(new=NewSchool(f"10100{step}", "823", f"400{step}", f"Bare {step}"))
    password_is_enough(school)
    head = join(school, f"bare{step}", "Bea Bare", "Headteacher", Role.HEAD)
    with writing(school):
        opened = open_change_set(school=school, kind=ChangeSet.Kind.CLASSES, by=head.member, at=NOW)
        if step > 0:
            set_up_year(school=school, year=2026, change_set=opened)
        if step > 1:
            set_up_curriculum(school=school, change_set=opened)
    return Cast(school, school, {f"bare{step}": head}).client(f"bare{step}")


@EVERY
def test_a_school_that_has_not_begun_is_told_so(report: Report, bare: list[Client]) -> None:
    for head in bare:
        answer = head.get(f"/reports/{report.name}")

        calm(answer)
        assert answer.status_code == 200
        assert head.get(f"/reports/{report.name}.csv").status_code in CALM
