"""The pages of the reports. Filters stand in the address, so a view can be kept, shared and printed."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from itrack.checking.api import completeness, look
from itrack.checking.rules.asked import number
from itrack.curriculum.rules import BANDS
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.reports.actions import forget_view, remember_view
from itrack.reports.forms import filters
from itrack.reports.queries.asked import NothingYet, Unclear, ask
from itrack.reports.queries.attainment import Attainment
from itrack.reports.queries.attainment import attainment as attainment_of
from itrack.reports.queries.usual import REMEMBERED, ask_usually, usual_filters
from itrack.reports.rules.declared import ATTAINMENT, open_to
from itrack.reports.shown.entered import entered_export
from itrack.reports.shown.figures import part_of
from itrack.reports.shown.named import Named, named
from itrack.reports.shown.overview import overview, report_url
from itrack.reports.shown.tables import names_export, overview_export
from itrack.ui.files import Export, as_csv, as_xlsx
from itrack.ui.parts import Link

Page = Callable[[SchoolRequest], HttpResponse]
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def reports(request: SchoolRequest) -> HttpResponse:
    return TemplateResponse(request, "reports/reports.html", {"reports": open_to(request.member.role)})


def _start() -> Link:
    return Link("Reports", reverse("reports"))


def understood(view: Page) -> Page:
    """Answers a question that cannot be understood with a sentence, and one about another's class with 404."""

    @wraps(view)
    def answer(request: SchoolRequest) -> HttpResponse:
        try:
            return view(request)
        except Unclear as unclear:
            if unclear.elsewhere:
                raise Http404 from None
            rest = urlencode({name: text for name, text in request.GET.dict().items() if name != unclear.field})
            page = "attainment-names" if "/names" in request.path else "attainment"
            said = {"report": ATTAINMENT, "start": _start(), "unclear": unclear, "rest": rest, "again": reverse(page)}
            return TemplateResponse(request, "reports/unclear.html", said, status=400)
        except NothingYet as nothing:
            said = {"report": ATTAINMENT, "start": _start(), "nothing": nothing}
            return TemplateResponse(request, "reports/nothing_yet.html", said)

    return answer


@understood
def attainment(request: SchoolRequest) -> HttpResponse:
    now, viewer = clock.now(), request.member
    usual = usual_filters(viewer=viewer, report=ATTAINMENT.name)
    asked, offered = ask_usually(viewer=viewer, said=request.GET.dict(), usual=usual, now=now)
    found = attainment_of(asked, offered.subjects)
    now_asked = {name: asked.address[name] for name in REMEMBERED if name in asked.address}
    said = {"report": ATTAINMENT, "start": _start(), "asked": asked, "found": found, "now": now}
    said |= {
        "when": offered.running,
        "bands": BANDS,
        "filters": filters(found, offered),
        "shown": overview(found),
        "usual": usual,
        "is_usual": usual == now_asked,
        "to_remember": now_asked,
    }
    return TemplateResponse(request, "reports/attainment.html", said)


@understood
def attainment_csv(request: SchoolRequest) -> HttpResponse:
    export = _overview_export(request)
    return _file(as_csv(export.tables[0]), CSV, f"{export.name}.csv")


@understood
def attainment_xlsx(request: SchoolRequest) -> HttpResponse:
    export = _overview_export(request)
    return _file(as_xlsx(export), XLSX, f"{export.name}.xlsx")


def _overview_export(request: SchoolRequest) -> Export:
    asked, offered = ask(viewer=request.member, said=request.GET.dict(), now=clock.now())
    return overview_export(attainment_of(asked, offered.subjects), request.member.school_name)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@understood
def attainment_names(request: SchoolRequest) -> HttpResponse:
    found, words, rows, running = _names(request)
    query = request.GET.urlencode()
    said = {"start": _start(), "back": Link("Attainment", report_url(found.asked)), "asked": found.asked}
    said |= {"found": found, "when": running, "now": found.asked.now, "words": words, "rows": rows}
    said |= {"outside": request.GET.get("band") == "out", "query": query}
    return TemplateResponse(request, "reports/attainment_names.html", said)


@understood
def attainment_names_csv(request: SchoolRequest) -> HttpResponse:
    export = _names_export(request)
    return _file(as_csv(export.tables[0]), CSV, f"{export.name}.csv")


@understood
def attainment_names_xlsx(request: SchoolRequest) -> HttpResponse:
    export = _names_export(request)
    return _file(as_xlsx(export), XLSX, f"{export.name}.xlsx")


def _names_export(request: SchoolRequest) -> Export:
    found, words, rows, _ = _names(request)
    return names_export(found, words, rows, request.member.school_name)


def _names(request: SchoolRequest) -> tuple[Attainment, str, list[Named], str]:
    """The report, what the figure is of in words, the pupils behind it, and the point that is open today."""
    asked, offered = ask(viewer=request.member, said=request.GET.dict(), now=clock.now())
    part = part_of(request.GET.get("band", ""), subject=asked.subject is not None)
    found = attainment_of(asked, [asked.subject] if asked.subject else offered.subjects)
    words, rows = named(found, part, request.GET.get("among", ""))
    return found, words, rows, offered.running


@understood
def remember_attainment(request: SchoolRequest) -> HttpResponse:
    said = {name: request.POST.get(name, "") for name in REMEMBERED}
    now, viewer = clock.now(), request.member
    asked, _ = ask(viewer=viewer, said=said, now=now)
    kept = {name: asked.address[name] for name in REMEMBERED if name in asked.address}
    remember_view(school=viewer.school, by=viewer.member, at=now, report=ATTAINMENT.name, filters=kept)
    return HttpResponseRedirect(reverse("attainment"))


def forget_attainment(request: SchoolRequest) -> HttpResponse:
    viewer = request.member
    forget_view(school=viewer.school, by=viewer.member, at=clock.now(), report=ATTAINMENT.name)
    return HttpResponseRedirect(reverse("attainment"))


def completeness_csv(request: SchoolRequest) -> HttpResponse:
    export = _entered(request)
    return _file(as_csv(export.tables[0]), CSV, f"{export.name}.csv")


def completeness_xlsx(request: SchoolRequest) -> HttpResponse:
    export = _entered(request)
    return _file(as_xlsx(export), XLSX, f"{export.name}.xlsx")


def _entered(request: SchoolRequest) -> Export:
    asked = {name: number(request.GET, name) for name in ("point", "assessment")}
    looked = look(school=request.member.school, today=clock.day_of(clock.now()), **asked)
    if looked is None:
        raise Http404
    return entered_export(completeness(viewer=request.member, looked=looked), request.member.school_name)
