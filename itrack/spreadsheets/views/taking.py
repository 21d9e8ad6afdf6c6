"""The pages from which pupils and marks are taken out. Who takes what is logged before it is made."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.foundation.viewer import MARKERS
from itrack.schools.api import point_on
from itrack.spreadsheets.forms import Asked, TakeForm
from itrack.spreadsheets.queries import out
from itrack.spreadsheets.queries import sheets as ask
from itrack.ui.files import Export, as_csv, as_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def take_out(request: SchoolRequest) -> HttpResponse:
    who = request.member
    point = point_on(school=who.school, day=clock.day_of(clock.now()))
    form = TakeForm(asked=_asked(who.school), initial={"point": point.id if point else None, "assessment": 0})
    return TemplateResponse(request, "spreadsheets/take.html", {"form": form, "marks": MARKERS.admits(who)})


def _asked(school: int) -> Asked:
    return Asked(ask.points_to_choose(school=school), ask.assessments_to_choose(school=school))


def take_pupils_csv(request: SchoolRequest) -> HttpResponse:
    return _as_csv(_pupils(request))


def take_pupils_xlsx(request: SchoolRequest) -> HttpResponse:
    return _as_xlsx(_pupils(request))


def take_marks_csv(request: SchoolRequest) -> HttpResponse:
    return _as_csv(_marks(request))


def take_marks_xlsx(request: SchoolRequest) -> HttpResponse:
    return _as_xlsx(_marks(request))


def _pupils(request: SchoolRequest) -> Export:
    who, on = request.member, clock.day_of(clock.now())
    return out.pupils_out(school=who.school, on=on, among=ask.pupils_seen(viewer=who, on=on))


def _marks(request: SchoolRequest) -> Export:
    who, on, asked = request.member, clock.day_of(clock.now()), _asked(request.member.school)
    now_open = point_on(school=who.school, day=on)
    usual = {"point": now_open.id} if now_open else {}
    said = TakeForm(usual | request.GET.dict(), asked=asked)
    if not said.is_valid():
        raise Http404
    point = next(one for one in asked.points if one.id == said.cleaned_data["point"])
    number = str(said.cleaned_data["assessment"] or 0)
    assessment = int(number), dict(asked.assessments)[number]
    among = ask.pupils_seen(viewer=who, on=on)
    return out.marks_out(school=who.school, point=point, assessment=assessment, on=on, among=among)


def _as_csv(export: Export) -> HttpResponse:
    return _file(as_csv(export.tables[0]), "text/csv; charset=utf-8", f"{export.name}.csv")


def _as_xlsx(export: Export) -> HttpResponse:
    return _file(as_xlsx(export), XLSX, f"{export.name}.xlsx")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
