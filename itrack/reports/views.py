"""The pages of the reports. Filters stand in the address, so a view can be kept, shared and printed."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from itrack.curriculum.rules import BANDS
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.reports import shown
from itrack.reports.forms import filters
from itrack.reports.queries.asked import NothingYet, Unclear, ask
from itrack.reports.queries.attainment import attainment as attainment_of
from itrack.reports.rules.declared import ATTAINMENT, open_to
from itrack.ui.parts import Link

Page = Callable[[SchoolRequest], HttpResponse]


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
            said = {"report": ATTAINMENT, "start": _start(), "unclear": unclear, "rest": rest}
            return TemplateResponse(request, "reports/unclear.html", said, status=400)
        except NothingYet as nothing:
            said = {"report": ATTAINMENT, "start": _start(), "nothing": nothing}
            return TemplateResponse(request, "reports/nothing_yet.html", said)

    return answer


@understood
def attainment(request: SchoolRequest) -> HttpResponse:
    now = clock.now()
    asked, offered = ask(viewer=request.member, said=request.GET.dict(), now=now)
    found = attainment_of(asked, offered.subjects)
    said = {"report": ATTAINMENT, "start": _start(), "asked": asked, "found": found, "now": now}
    said |= {
        "when": offered.running,
        "bands": BANDS,
        "filters": filters(found, offered),
        "shown": shown.overview(found),
    }
    return TemplateResponse(request, "reports/attainment.html", said)


@understood
def attainment_names(request: SchoolRequest) -> HttpResponse:
    now = clock.now()
    asked, offered = ask(viewer=request.member, said=request.GET.dict(), now=now)
    part = shown.part_of(request.GET.get("band", ""), subject=asked.subject is not None)
    found = attainment_of(asked, [asked.subject] if asked.subject else offered.subjects)
    words, rows = shown.named(found, part)
    said = {"start": _start(), "back": Link("Attainment", shown.report_url(asked)), "asked": asked, "found": found}
    said |= {"when": offered.running, "now": now, "words": words, "rows": rows, "part": part}
    return TemplateResponse(request, "reports/attainment_names.html", said)
