"""The import pages: what arrived, what it would change, applying it and taking it back."""

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.foundation.refusal import Refused
from itrack.imports import api
from itrack.imports.forms import FileForm, choices_in
from itrack.imports.queries import batches as ask
from itrack.imports.sources import upload as source
from itrack.imports.sources.refused import Refused as FileRefused

ODD = 20  # how many oddities it lists
FIRST = 8  # how many pupils of a verdict a preview shows before "all of them"


def imports(request: SchoolRequest) -> HttpResponse:
    known = ask.batches(school=request.member.school)
    return TemplateResponse(request, "imports/list.html", {"batches": known, "form": FileForm()})


def upload_file(request: SchoolRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    who = request.member
    if not form.is_valid():
        known = ask.batches(school=who.school)
        return TemplateResponse(request, "imports/list.html", {"batches": known, "form": form}, status=422)
    try:
        with source.opened(form.cleaned_data["file"].file) as file:
            batch = api.preview(school=who.school, file=file, by=who.member, at=clock.now())
    except (FileRefused, Refused) as refusal:
        return _file_refused(request, str(refusal))
    return _to("import", batch)


def _file_refused(request: SchoolRequest, sentence: str) -> HttpResponse:
    context = {"batches": ask.batches(school=request.member.school), "form": FileForm(), "refused": sentence}
    return TemplateResponse(request, "imports/list.html", context, status=422)


def import_preview(request: SchoolRequest, batch: int) -> HttpResponse:
    school = request.member.school
    line, row = ask.batch_line(school=school, batch=batch)
    groups = {
        verdict: ask.staged_lines(school=school, batch=batch, verdict=verdict, most=most)
        for verdict, most in (("new", FIRST), ("changed", FIRST), ("conflict", 0), ("rejected", FIRST))
    }
    context = {
        "line": line,
        "row": row,
        **groups,
        "to_store": ask.how_many_to_store(school=school, row=row),
        "open_choices": sum(not one.choice for one in groups["conflict"]),
        "ignored": ask.ignored(row),
        "odd": ask.worth_a_look(school=school, batch=batch, most=ODD),
        "stale": line.state == "ready" and ask.is_stale(school=school, row=row),
        "progress": ask.progress_of(school=school, batch=batch, at=clock.now()),
    }
    return TemplateResponse(request, "imports/preview.html", context)


def import_pupils(request: SchoolRequest, batch: int, verdict: str) -> HttpResponse:
    school = request.member.school
    line, row = ask.batch_line(school=school, batch=batch)
    page = ask.staged_page(school=school, batch=batch, verdict=verdict, number=request.GET.get("page", "1"))
    lines = ask.lines_of(school=school, rows=list(page.object_list))
    context = {"line": line, "row": row, "page": page, "lines": lines, "verdict": verdict}
    return TemplateResponse(request, "imports/pupils.html", context)


def import_progress(request: SchoolRequest, batch: int) -> HttpResponse:
    school = request.member.school
    line, _ = ask.batch_line(school=school, batch=batch)
    context = {"line": line, "progress": ask.progress_of(school=school, batch=batch, at=clock.now())}
    answer = TemplateResponse(request, "imports/progress.html", context)
    if line.state != "queued":
        answer["HX-Refresh"] = "true"
    return answer


def choose(request: SchoolRequest, batch: int) -> HttpResponse:
    who = request.member
    ask.batch_line(school=who.school, batch=batch)
    choices = choices_in(request.POST)
    api.choose(school=who.school, batch=batch, choices=choices, by=who.member, at=clock.now())
    return _to("import", batch)


def apply_import(request: SchoolRequest, batch: int) -> HttpResponse:
    who = request.member
    ask.batch_line(school=who.school, batch=batch)
    api.ask_to_apply(school=who.school, batch=batch, by=who.member, at=clock.now())
    return _to("import", batch)


def stop_import(request: SchoolRequest, batch: int) -> HttpResponse:
    who = request.member
    ask.batch_line(school=who.school, batch=batch)
    api.ask_to_stop(school=who.school, batch=batch, by=who.member, at=clock.now())
    return _to("import", batch)


def compare_again(request: SchoolRequest, batch: int) -> HttpResponse:
    who = request.member
    ask.batch_line(school=who.school, batch=batch)
    api.compare_again(school=who.school, batch=batch, by=who.member, at=clock.now())
    return _to("import", batch)


def discard_import(request: SchoolRequest, batch: int) -> HttpResponse:
    who = request.member
    ask.batch_line(school=who.school, batch=batch)
    api.discard(school=who.school, batch=batch, by=who.member, at=clock.now())
    return HttpResponseRedirect(reverse("imports"))


def undo_import(request: SchoolRequest, batch: int) -> HttpResponse:
    who = request.member
    line, _ = ask.batch_line(school=who.school, batch=batch)
    api.undo_import(school=who.school, change_set=line.change_set or 0, by=who.member, at=clock.now())
    return _to("import", batch)


def _to(name: str, batch: int) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, kwargs={"batch": batch}))
