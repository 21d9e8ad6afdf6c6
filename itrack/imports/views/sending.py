"""Choosing whose record goes to another school, and the file itself. It is made for the download and kept nowhere."""

from io import BytesIO

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.imports import api
from itrack.imports.forms import SendForm
from itrack.imports.queries.outgoing import to_send
from itrack.imports.rules.outgoing import file_name

NOT_ACCEPTED = 422


def send_file(request: SchoolRequest) -> HttpResponse:
    return _page(request, SendForm(), 200)


def make_file(request: SchoolRequest) -> HttpResponse:
    form, who = SendForm(request.POST), request.member
    if not form.is_valid():
        return _page(request, form, NOT_ACCEPTED)
    at = clock.now()
    pupils = form.cleaned_data["pupils"]
    if form.wants_whole_roll:
        pupils = api.whole_roll(school=who.school, on=clock.day_of(at))
    elif set(pupils) - set(api.numbers_known(school=who.school).values()):
        raise Http404
    file, to = BytesIO(), form.cleaned_data["to"]
    source, _ = api.send(school=who.school, pupils=pupils, to=to, by=who.member, at=at, into=file)
    answer = HttpResponse(file.getvalue(), content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{file_name(source, to)}"'
    return answer


def _page(request: SchoolRequest, form: SendForm, status: int) -> HttpResponse:
    found = to_send(school=request.member.school, on=clock.day_of(clock.now()))
    return TemplateResponse(request, "imports/send.html", {"form": form, "found": found}, status=status)
