from functools import partial
from typing import TYPE_CHECKING

from django.urls import register_converter

from itrack.foundation.page import page
from itrack.foundation.viewer import LEADERS
from itrack.reports import views
from itrack.reports.catalogue.all import REPORTS
from itrack.reports.catalogue.declared import Report
from itrack.reports.catalogue.elsewhere import COMPLETENESS, PROFILE
from itrack.reports.catalogue.listed import READS_A_REPORT
from itrack.reports.catalogue.pack import GOVERNOR_PACK
from itrack.reports.shown.formats import FormatConverter, TablesConverter

if TYPE_CHECKING:
    from django.urls import URLPattern

register_converter(FormatConverter, "file")
register_converter(TablesConverter, "tables")


def _pages_of(one: Report) -> "list[URLPattern]":
    """The addresses of a report: its page and its file, and the names behind its figures likewise."""
    at, names = f"reports/{one.name}", f"{one.name}-names"
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


urlpatterns = [
    page("reports/", views.reports, may=READS_A_REPORT),
    page("reports/remember", views.remember_report, may=READS_A_REPORT, writes=True),
    page("reports/forget", views.forget_report, may=READS_A_REPORT, writes=True),
    page(
        "reports/governor-pack", partial(views.pack, report=GOVERNOR_PACK), may=GOVERNOR_PACK.may, name="governor-pack"
    ),
    page("reports/small-numbers", views.small_numbers, may=LEADERS),
    page("reports/small-numbers/settle", views.settle_small_numbers, may=LEADERS, writes=True),
    *(pattern for report in REPORTS.values() for pattern in _pages_of(report)),
    page("reports/pupil-profile", views.choose_pupil, may=PROFILE.may, logged=True, name=PROFILE.name),
    page("reports/pupil-profile/<int:pupil>", views.profile_sheet, may=PROFILE.may, logged=True),
    page("reports/pupil-profile/<int:pupil>.pdf", views.profile_pdf, may=PROFILE.may, logged=True),
    page("mark/completeness.csv", views.completeness_csv, may=COMPLETENESS.may, logged=True),
    page("mark/completeness.xlsx", views.completeness_xlsx, may=COMPLETENESS.may, logged=True),
]
