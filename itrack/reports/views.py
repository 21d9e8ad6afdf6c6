"""The pages of the reports. Filters stand in the address, so a view can be kept, shared and printed.

Each takes the report it shows as its second argument; `itrack.reports.urls` gives every report its own addresses.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from itrack.curriculum.rules import BANDS
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.foundation.viewer import LEADERS
from itrack.reports import actions
from itrack.reports.actions import forget_view, remember_view
from itrack.reports.catalogue.adding_up import BESIDE
from itrack.reports.catalogue.all import REPORTS
from itrack.reports.catalogue.answering import understand, work_out
from itrack.reports.catalogue.declared import Report
from itrack.reports.catalogue.elsewhere import Elsewhere
from itrack.reports.catalogue.listed import open_to
from itrack.reports.catalogue.pack import ask_pack, governor_pack
from itrack.reports.catalogue.profile import ProfileSheet, sheet_of_pupil
from itrack.reports.forms import SmallNumbersForm, filters
from itrack.reports.queries import small_numbers as kept
from itrack.reports.queries.profile import pupils_listed
from itrack.reports.queries.question import Asked, NothingYet, Unclear
from itrack.reports.queries.usual import to_remember, usual_filters
from itrack.reports.rules.answer import Answer
from itrack.reports.rules.declared import ANONYMOUS
from itrack.reports.shown.files import answer_export, as_one, names_export
from itrack.reports.shown.formats import FORMATS, Format, as_file, download
from itrack.reports.shown.headings import (
    about,
    began_with,
    beside_words,
    heading,
    lead,
    point_words,
    stood,
    usual_words,
)
from itrack.reports.shown.layout import layout
from itrack.reports.shown.names import COUNTED, OUT, named
from itrack.reports.shown.pdf import answer_pdf, pack_pdf
from itrack.reports.shown.profile import profile_file, profile_page
from itrack.ui.parts import Link

Page = Callable[..., HttpResponse]
# A page may say that there is nothing yet; whoever fetches a file must not take that page for it.
NO_SUCH_FILE_YET = 409


def reports(request: SchoolRequest) -> HttpResponse:
    role = request.member.role
    said = {"sections": open_to(role), "anonymous": role in ANONYMOUS, "leads": LEADERS.admits(request.member)}
    return TemplateResponse(request, "reports/reports.html", said)


def _start() -> Link:
    return Link("Reports", reverse("reports"))


def understood(view: Page) -> Page:
    """Answers a question that cannot be understood with a sentence, and one about another's class with 404."""

    @wraps(view)
    def answer(request: SchoolRequest, report: Report | Elsewhere, **named: Any) -> HttpResponse:
        try:
            return view(request, report, **named)
        except Unclear as unclear:
            if unclear.elsewhere:
                raise Http404 from None
            rest = urlencode({name: text for name, text in request.GET.dict().items() if name != unclear.field})
            page = f"{report.name}-names" if "/names" in request.path else report.name
            said = {"report": report, "start": _start(), "unclear": unclear, "rest": rest, "again": reverse(page)}
            return TemplateResponse(request, "reports/unclear.html", said, status=400)
        except NothingYet as nothing:
            empty = {"report": report, "start": _start(), "nothing": nothing}
            status = NO_SUCH_FILE_YET if "kind" in named else 200
            return TemplateResponse(request, "reports/nothing_yet.html", empty, status=status)

    return answer


@understood
def shown(request: SchoolRequest, report: Report) -> HttpResponse:
    now, viewer = clock.now(), request.member
    usual = usual_filters(viewer=viewer, report=report.name)
    given = request.GET.dict()
    asked, offered = understand(report, viewer=viewer, said=given, now=now, usual=usual)
    answer, remembered = work_out(report, asked), to_remember(asked)
    said = {"report": report, "start": _start(), "asked": asked, "answer": answer, "now": now, "bands": BANDS}
    said |= {"when": offered.running, "filters": filters(asked, offered), "layout": layout(report, asked, answer)}
    said |= {"ways": [Link(way.words, reverse(way.page)) for way in report.leads_to if way.may.admits(viewer)]}
    said |= {"usual": usual, "is_usual": usual == remembered, "to_remember": remembered}
    said |= {"usual_words": usual_words(remembered)} if remembered else {}
    said |= {"heading": heading(report, asked), "lead": lead(asked, now), "stood": stood(asked, now)}
    said |= {"began_with": began_with(asked, offered, {**usual, **given})}
    said |= {"beside": beside_words(asked, answer)}
    return TemplateResponse(request, report.template, said | {"query": urlencode(asked.address), "formats": FORMATS})


def add_up_before(request: SchoolRequest, **_: Any) -> Mapping[str, Any]:
    """Has added up what is missing of the schools a page is across."""
    actions.ask_to_add_up(schools=request.member.schools, beside=BESIDE, at=clock.now())
    return {}


@understood
def taken(request: SchoolRequest, report: Report, kind: Format) -> HttpResponse:
    """The report as a file."""
    asked, answer = _answered(request, report)
    if kind is Format.PDF:
        name, content = answer_pdf(report, asked, answer)
        return download(name, kind, content)
    export = answer_export(report, asked, answer)
    return as_file(export, kind, as_one(export))


@understood
def names(request: SchoolRequest, report: Report) -> HttpResponse:
    asked, answer = _answered(request, report)
    cell = request.GET.get("cell", "")
    words, rows = named(answer, cell)
    back = Link(report.title, f"{reverse(report.name)}?{urlencode(asked.address)}")
    said = {"report": report, "start": _start(), "back": back, "asked": asked, "answer": answer, "now": asked.now}
    said |= {"title": about(words, asked), "lead": lead(asked, asked.now)}
    said |= {
        "words": words,
        "rows": rows,
        "outside": cell in ("", COUNTED, OUT),
        "stands": any(row.stands for row in rows),
    }
    return TemplateResponse(
        request, "reports/names.html", said | {"query": request.GET.urlencode(), "formats": FORMATS}
    )


@understood
def names_taken(request: SchoolRequest, report: Report, kind: Format) -> HttpResponse:
    """The names behind a figure as a file."""
    asked, answer = _answered(request, report)
    words, rows = named(answer, request.GET.get("cell", ""))
    export = names_export(report, asked, answer, words, rows)
    return as_file(export, kind, export.tables[0])


def _answered(request: SchoolRequest, report: Report) -> tuple[Asked, Answer]:
    asked, _ = understand(report, viewer=request.member, said=request.GET.dict(), now=clock.now())
    return asked, work_out(report, asked)


@understood
def pack(request: SchoolRequest, report: Elsewhere) -> HttpResponse:
    """What governors see of a point, as one document."""
    now = clock.now()
    asked, offered = ask_pack(viewer=request.member, said=request.GET.dict(), now=now)
    parts = [(one, layout(one.report, one.asked, one.answer)) for one in governor_pack(asked)]
    said = {"report": report, "start": _start(), "asked": asked, "now": now, "filters": filters(asked, offered)}
    said |= {"query": urlencode(asked.address), "parts": parts, "held": parts[0][0].answer.held if parts else None}
    said |= {"lead": lead(asked, now), "point_words": point_words(asked)}
    said |= {"began_with": began_with(asked, offered, request.GET.dict())}
    return TemplateResponse(request, "reports/pack.html", said | {"own": request.member.role in ANONYMOUS})


@understood
def pack_taken(request: SchoolRequest, report: Elsewhere, kind: Format) -> HttpResponse:
    """The pack as one PDF."""
    asked, _ = ask_pack(viewer=request.member, said=request.GET.dict(), now=clock.now())
    parts = governor_pack(asked)
    if not parts:
        raise Http404
    return download(*pack_pdf(report.title, asked, parts))


def small_numbers(request: SchoolRequest) -> HttpResponse:
    upto = kept.small_numbers(school=request.member.school)
    return _small_numbers(request, SmallNumbersForm(initial={"upto": upto}))


def settle_small_numbers(request: SchoolRequest) -> HttpResponse:
    viewer, form = request.member, SmallNumbersForm(request.POST)
    if not form.is_valid():
        return _small_numbers(request, form, status=422)
    actions.settle_small_numbers(school=viewer.school, by=viewer.member, at=clock.now(), **form.cleaned_data)
    return HttpResponseRedirect(f"{reverse('small-numbers')}?done=saved", status=303)


def _small_numbers(request: SchoolRequest, form: SmallNumbersForm, status: int = 200) -> HttpResponse:
    said = {"start": _start(), "form": form, "done": request.GET.get("done", "")}
    return TemplateResponse(request, "reports/small_numbers.html", said, status=status)


def remember_report(request: SchoolRequest) -> HttpResponse:
    return _remembered(request, _chosen(request.POST))


def _remembered(request: SchoolRequest, report: Report) -> HttpResponse:
    """Keeps the filters as understood, so that nothing else an address holds is stored."""

    @understood
    def remember(request: SchoolRequest, report: Report) -> HttpResponse:
        viewer, now = request.member, clock.now()
        asked, _ = understand(report, viewer=viewer, said=request.POST.dict(), now=now)
        kept = to_remember(asked)
        remember_view(school=viewer.school, by=viewer.member, at=now, report=report.name, filters=kept)
        return HttpResponseRedirect(reverse(report.name))

    return remember(request, report)


def forget_report(request: SchoolRequest) -> HttpResponse:
    report, viewer = _chosen(request.POST), request.member
    forget_view(school=viewer.school, by=viewer.member, at=clock.now(), report=report.name)
    return HttpResponseRedirect(reverse(report.name))


def _chosen(said: Mapping[str, str]) -> Report:
    report = REPORTS.get(said.get("report", ""))
    if report is None:
        raise Http404
    return report


def choose_pupil(request: SchoolRequest) -> HttpResponse:
    """Whose profile: the pupils of a class, by name."""
    listed = pupils_listed(viewer=request.member, group=request.GET.get("class", ""), now=clock.now())
    if listed is None:
        raise Http404
    return TemplateResponse(request, "reports/choose_pupil.html", {"start": _start(), "listed": listed})


def profile_sheet(request: SchoolRequest, pupil: int) -> HttpResponse:
    sheet = _profile_asked_for(request, pupil)
    said = {"start": _start(), "page": profile_page(sheet), "now": clock.now(), "pupil": pupil}
    return TemplateResponse(request, "reports/profile.html", said)


def profile_pdf(request: SchoolRequest, pupil: int) -> HttpResponse:
    sheet, viewer = _profile_asked_for(request, pupil), request.member
    content = profile_file(sheet, school=viewer.school_name, at=clock.now())
    return download("pupil-profile", Format.PDF, content)


def _profile_asked_for(request: SchoolRequest, pupil: int) -> ProfileSheet:
    for_parents = request.GET.get("version") == "parents"
    sheet = sheet_of_pupil(viewer=request.member, pupil=pupil, now=clock.now(), for_parents=for_parents)
    if sheet is None:
        raise Http404
    return sheet
