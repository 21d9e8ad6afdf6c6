from functools import partial
from typing import TYPE_CHECKING

from django.urls import register_converter

from itrack.accounts.api import granted_schools
from itrack.foundation.page import page
from itrack.foundation.viewer import LEADERS
from itrack.reports import views
from itrack.reports.catalogue.all import REPORTS
from itrack.reports.catalogue.declared import Report
from itrack.reports.catalogue.elsewhere import PROFILE
from itrack.reports.catalogue.listed import READS_A_REPORT
from itrack.reports.catalogue.pack import GOVERNOR_PACK
from itrack.reports.shown.formats import FileConverter, Format, TablesConverter

if TYPE_CHECKING:
    from django.urls import URLPattern

register_converter(FileConverter, "file")
register_converter(TablesConverter, "tables")


def _pages_of(one: Report) -> "list[URLPattern]":
    """The addresses of a report: its page and its file, and the names behind its figures likewise."""
    at, names = f"reports/{one.name}", f"{one.name}-names"
    if one.across:
        return _pages_across(one, at)
    return [
        page(at, partial(views.shown, report=one), may=one.may, name=one.name),
        page(f"{at}.<file:kind>", partial(views.taken, report=one), may=one.may, logged=True, name=f"{one.name}-file"),
        page(f"{at}/names", partial(views.names, report=one), may=one.named, logged=True, name=names),
        page(
            f"{at}/names.<tables:kind>",
            partial(views.names_taken, report=one),
            may=one.named,
            logged=True,
            name=f"{names}-file",
        ),
    ]


def _pages_across(one: Report, at: str) -> "list[URLPattern]":
    """The same of a report across schools, which knows no names."""
    across = partial(page, may=one.may, before=views.add_up_before, across=granted_schools)
    return [
        across(at, partial(views.shown, report=one), name=one.name),
        across(f"{at}.<file:kind>", partial(views.taken, report=one), logged=True, name=f"{one.name}-file"),
    ]


urlpatterns = [
    page("reports/", views.reports, may=READS_A_REPORT),
    page("reports/remember", views.remember_report, may=READS_A_REPORT, writes=True),
    page("reports/forget", views.forget_report, may=READS_A_REPORT, writes=True),
    page(
        "reports/governor-pack", partial(views.pack, report=GOVERNOR_PACK), may=GOVERNOR_PACK.may, name="governor-pack"
    ),
    page(
        "reports/governor-pack.pdf",
        partial(views.pack_taken, report=GOVERNOR_PACK, kind=Format.PDF),
        may=GOVERNOR_PACK.may,
        logged=True,
        name="governor-pack-file",
    ),
    page("reports/small-numbers", views.small_numbers, may=LEADERS),
    page("reports/small-numbers/settle", views.settle_small_numbers, may=LEADERS, writes=True),
    *(pattern for report in REPORTS.values() for pattern in _pages_of(report)),
    page("reports/pupil-profile", views.choose_pupil, may=PROFILE.may, logged=True, name=PROFILE.name),
    page("reports/pupil-profile/<int:pupil>", views.profile_sheet, may=PROFILE.may, logged=True),
    page("reports/pupil-profile/<int:pupil>.pdf", views.profile_pdf, may=PROFILE.may, logged=True),
]
