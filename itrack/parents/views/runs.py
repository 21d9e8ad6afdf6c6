"""Reports of a class or of the school in one file: asking for it, watching, stopping, taking it away."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.parents import api
from itrack.parents.queries.runs import RunLine, file_of_run, may_print, run_line
from itrack.parents.views.reports import pdf_of, start


def print_parent_reports(request: SchoolRequest) -> HttpResponse:
    viewer, said = request.member, request.POST.get("group", "")
    if said and not (said.isascii() and said.isdecimal() and len(said) < 19):
        raise Http404
    group = int(said) if said else None
    if not may_print(viewer=viewer, group=group):
        raise Http404
    only_read = request.POST.get("only_read") == "on"
    run = api.ask_for_run(school=viewer.school, group=group, only_read=only_read, by=viewer.member, at=clock.now())
    return HttpResponseRedirect(reverse("parent-report-run", kwargs={"run": run}), status=303)


def parent_report_run(request: SchoolRequest, run: int) -> HttpResponse:
    return TemplateResponse(request, "parents/run.html", {"line": _line(request, run), "start": start()})


def parent_report_progress(request: SchoolRequest, run: int) -> HttpResponse:
    line = _line(request, run)
    answer = TemplateResponse(request, "parents/progress.html", {"line": line})
    if line.state != "queued":
        answer["HX-Refresh"] = "true"
    return answer


def stop_parent_reports(request: SchoolRequest, run: int) -> HttpResponse:
    _line(request, run)
    api.ask_to_stop(school=request.member.school, run=run, by=request.member.member, at=clock.now())
    return HttpResponseRedirect(reverse("parent-report-run", kwargs={"run": run}), status=303)


def parent_reports_pdf(request: SchoolRequest, run: int) -> HttpResponse:
    content = file_of_run(viewer=request.member, run=run)
    if not content:
        raise Http404
    return pdf_of(content, "reports-to-parents")


def _line(request: SchoolRequest, run: int) -> RunLine:
    line = run_line(viewer=request.member, run=run, at=clock.now())
    if line is None:
        raise Http404
    return line
