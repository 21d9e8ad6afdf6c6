"""The check lists of classes, and the report of one pupil."""

from datetime import date

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import LEADERS
from itrack.parents import api
from itrack.parents.actions.back import take_own_back
from itrack.parents.forms import ReportForm, read_state
from itrack.parents.queries.runs import may_print, own_runs
from itrack.parents.rules.paper import reports_pdf
from itrack.parents.rules.report import ForSchool, Report, State, is_answered
from itrack.schools.api import academic_year_on, year_title
from itrack.ui.parts import Link

NOT_ACCEPTED = 422
MORE_LACK = (
    "Meanwhile the number of drafts that lack something is not what you were told. No report was marked. "
    "Look at the list again."
)


def _today() -> date:
    return clock.day_of(clock.now())


def start() -> Link:
    return Link("Reports to parents", reverse("parent-reports"))


def parent_reports(request: SchoolRequest) -> HttpResponse:
    viewer, now = request.member, clock.now()
    told = {"lists": api.class_lists(viewer=viewer, on=_today()), "words": api.words_to_all(school=viewer.school)}
    told |= {"leads": LEADERS.admits(viewer), "whole": may_print(viewer=viewer, group=None)}
    told |= {"runs": own_runs(viewer=viewer, at=now), "title": year_title(academic_year_on(_today()))}
    told |= {"reports": Link("Reports", reverse("reports"))}
    return TemplateResponse(request, "parents/classes.html", told)


def parent_reports_of_class(request: SchoolRequest, group: int) -> HttpResponse:
    told = {"found": _class(request, group), "start": start(), "asking": request.GET.get("ask") == "ready"}
    return TemplateResponse(request, "parents/class.html", told | {"done": _done(request)})


def mark_class_ready(request: SchoolRequest, group: int) -> HttpResponse:
    """The drafts of a class: those that lack nothing, or with `lacking`, as many as were told of, all of them."""
    found, viewer, said = _class(request, group), request.member, request.POST.get("lacking")
    if said is not None and not is_answered(len(found.lacking_drafts), said):
        raise Refused(MORE_LACK)
    lines = found.whole_drafts if said is None else found.drafts
    made = api.set_ready(
        school=viewer.school, pupils=[line.report.pupil for line in lines], year=found.year,
        by=viewer.member, at=clock.now(),
    )  # fmt: skip
    return _to_class(group, made)


def undo_class_ready(request: SchoolRequest, group: int, change_set: int) -> HttpResponse:
    _class(request, group)
    _take_back(request, change_set)
    return _to_class(group, 0)


def _class(request: SchoolRequest, group: int) -> api.CheckList:
    found = api.check_list(viewer=request.member, group=group, on=_today())
    if found is None:
        raise Http404
    return found


def _to_class(group: int, done: int) -> HttpResponse:
    address = reverse("parent-reports-of-class", kwargs={"group": group})
    return HttpResponseRedirect(f"{address}?done={done}", status=303)


def parent_report(request: SchoolRequest, pupil: int) -> HttpResponse:
    report, beside = _report(request, pupil)
    return _page(request, report, beside, ReportForm(report))


def _page(request: SchoolRequest, report: Report, beside: ForSchool, form: ReportForm) -> HttpResponse:
    viewer, year = request.member, academic_year_on(_today())
    told = {"report": report, "form": form, "lacking": api.lacking(report, beside), "title": year_title(year)}
    told |= {"beside": beside, "leads": LEADERS.admits(viewer), "states": State, "start": start()}
    told |= {"done": _done(request), "asking": request.GET.get("ask") == "ready"}
    status = NOT_ACCEPTED if form.errors else 200
    return TemplateResponse(request, "parents/report.html", told, status=status)


def _done(request: SchoolRequest) -> int | None:
    """The deed the address names, so that it can be taken back."""
    done = request.GET.get("done", "")
    return int(done) if done.isdecimal() and done.isascii() and len(done) < 19 else None


def parent_report_pdf(request: SchoolRequest, pupil: int) -> HttpResponse:
    (report, beside), viewer, now = _report(request, pupil), request.member, clock.now()
    year = academic_year_on(_today())
    logo = api.logo_of(school=viewer.school)
    pdf = reports_pdf([report], school=viewer.school_name, title=year_title(year), beside=beside, logo=logo, at=now)
    return pdf_of(pdf, "report-to-parents")


def pdf_of(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def save_parent_report(request: SchoolRequest, pupil: int) -> HttpResponse:
    (report, beside), viewer = _report(request, pupil), request.member
    form = ReportForm(report, request.POST)
    if not form.is_valid():
        return _page(request, report, beside, form)
    made = api.save_report(
        school=viewer.school, pupil=pupil, year=academic_year_on(_today()), texts=form.typed, shown=form.shown,
        by=viewer.member, at=clock.now(),
    )  # fmt: skip
    return _to(pupil, made)


def set_parent_report_state(request: SchoolRequest, pupil: int) -> HttpResponse:
    (report, beside), viewer = _report(request, pupil), request.member
    state = read_state(request.POST.get("state", ""))
    if state is None:
        raise Refused("A report is a draft, ready to be read, or read. Nothing was changed.")
    lacking = len(api.lacking(report, beside))
    if state == State.READY and not is_answered(lacking, request.POST.get("lacking", "")):
        return HttpResponseRedirect(f"{reverse('parent-report', kwargs={'pupil': pupil})}?ask=ready", status=303)
    made = api.set_state(
        school=viewer.school, pupil=pupil, year=academic_year_on(_today()), state=state,
        leads=LEADERS.admits(viewer), by=viewer.member, at=clock.now(),
    )  # fmt: skip
    return _to(pupil, made)


def undo_parent_report(request: SchoolRequest, pupil: int, change_set: int) -> HttpResponse:
    _report(request, pupil)
    _take_back(request, change_set)
    return _to(pupil, 0)


def _take_back(request: SchoolRequest, change_set: int) -> None:
    viewer = request.member
    take_own_back(
        school=viewer.school, change_set=change_set, by=viewer.member, at=clock.now(), leads=LEADERS.admits(viewer)
    )


def _report(request: SchoolRequest, pupil: int) -> tuple[Report, ForSchool]:
    viewer, today = request.member, _today()
    year = academic_year_on(today)
    beside = api.for_school(school=viewer.school, year=year, on=today)
    report = api.report_of(viewer=viewer, pupil=pupil, year=year, on=today, beside=beside)
    if report is None:
        raise Http404
    return report, beside


def _to(pupil: int, done: int) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('parent-report', kwargs={'pupil': pupil})}?done={done}", status=303)
