"""The school's frameworks of statements: to read, to count, to compare, to take away as a file and to bring in."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.foundation.viewer import LEADERS
from itrack.frameworks import api
from itrack.frameworks.forms import BringForm, FileForm, PlaceFilter
from itrack.frameworks.rules.comparing import Sort
from itrack.ui.parts import Link

NOT_ACCEPTED = 422


def frameworks(request: SchoolRequest) -> HttpResponse:
    return _list(request, FileForm())


def _list(request: SchoolRequest, upload: FileForm) -> HttpResponse:
    school, done = request.member.school, _place(request)["done"]
    changes = api.framework_changes(school=school)
    shown = {
        "lines": api.frameworks(school=school, archived=True),
        "upload": upload,
        "changes": changes,
        "done": next((change for change in changes if change.id == done), None),
        "leads": LEADERS.admits(request.member),
    }
    return TemplateResponse(request, "frameworks/list.html", shown, status=NOT_ACCEPTED if upload.errors else 200)


def start_frameworks(request: SchoolRequest) -> HttpResponse:
    return _to_list(api.add_shipped_frameworks(**_who_when(request)))


def framework(request: SchoolRequest, framework: int) -> HttpResponse:
    asked = _place(request)
    page = api.reading(school=request.member.school, framework=framework, subject=asked["subject"], band=asked["band"])
    links = [_link(page, subject, page.band) for subject in page.subjects]
    years = [_link(page, page.subject, band, words) for band, words in page.bands]
    shown = {"page": page, "subjects": links, "years": years, "leads": LEADERS.admits(request.member), "back": _back()}
    return TemplateResponse(request, "frameworks/framework.html", shown)


def _link(page: Any, subject: str, band: str, words: str = "") -> Link:
    address = f"{reverse('framework', args=[page.line.id])}?{urlencode({'subject': subject, 'band': band})}"
    return Link(words or subject, address, (subject, band) == (page.subject, page.band))


def completeness(request: SchoolRequest, framework: int) -> HttpResponse:
    line = api.framework(school=request.member.school, framework=framework)
    counted = api.counted(school=request.member.school, framework=framework)
    shown = {"line": line, "counted": counted, "back": _back()}
    return TemplateResponse(request, "frameworks/completeness.html", shown)


def difference(request: SchoolRequest, framework: int) -> HttpResponse:
    other = _place(request)["other"] or framework
    page = api.differing(school=request.member.school, framework=framework, other=other)
    counts = [(sort.value.capitalize(), page.found.count(sort)) for sort in Sort]
    shown = {"page": page, "found": page.found, "counts": counts, "back": _back()}
    return TemplateResponse(request, "frameworks/difference.html", shown)


def difference_csv(request: SchoolRequest, framework: int) -> HttpResponse:
    page = api.differing(school=request.member.school, framework=framework, other=_place(request)["other"] or framework)
    return _file(api.difference_csv(page.found), "text/csv; charset=utf-8", "csv", "difference")


def difference_json(request: SchoolRequest, framework: int) -> HttpResponse:
    page = api.differing(school=request.member.school, framework=framework, other=_place(request)["other"] or framework)
    told = api.difference_told(page.old.title, page.new.title, page.found)
    return _file(api.difference_json(told), "application/json", "json", "difference")


def framework_csv(request: SchoolRequest, framework: int) -> HttpResponse:
    content = api.content_of(school=request.member.school, framework=framework)
    return _file(api.written_csv(content), "text/csv; charset=utf-8", "csv")


def framework_json(request: SchoolRequest, framework: int) -> HttpResponse:
    content = api.content_of(school=request.member.school, framework=framework)
    return _file(api.written_json(content), "application/json", "json")


def _file(body: bytes, kind: str, ending: str, name: str = "framework") -> HttpResponse:
    disposition = f'attachment; filename="{name}.{ending}"'
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": disposition})


def look_at_framework(request: SchoolRequest) -> HttpResponse:
    """Reads a file and shows what would be stored, and how it differs from what the school has. Stores nothing."""
    upload = FileForm(request.POST, request.FILES)
    if not upload.is_valid():
        return _list(request, upload)
    content = upload.read.content
    held = {"name": content.about.name, "version": content.about.version, "content": api.written_json(content).decode()}
    return _bring(request, BringForm(initial=held), refused=upload.read.refused, content=content)


def bring_framework(request: SchoolRequest) -> HttpResponse:
    form = BringForm(request.POST)
    if not form.is_valid():
        return _bring(request, form, status=NOT_ACCEPTED)
    return _to_list(api.bring_framework(content=form.whole(), **_who_when(request)))


def _bring(request: SchoolRequest, form: BringForm, *, status: int = 200, **more: Any) -> HttpResponse:
    content = more.get("content")
    school = request.member.school
    before = api.nearest(school=school, content=content) if content else None
    shown = {
        "form": form,
        "refused": more.get("refused", ()),
        "content": content,
        "before": before,
        "found": before.found if before else None,
        "back": _back(),
    }
    return TemplateResponse(request, "frameworks/bring.html", shown, status=status)


def copy_framework(request: SchoolRequest, framework: int) -> HttpResponse:
    """Offers a framework's content as the school's own, under a name or version of its own."""
    content = api.content_of(school=request.member.school, framework=framework)
    held = {
        "name": content.about.name,
        "version": f"{content.about.version} ours".strip(),
        "content": api.written_json(content).decode(),
    }
    return _bring(request, BringForm(initial=held), content=content)


def put_framework_away(request: SchoolRequest, framework: int) -> HttpResponse:
    api.framework(school=request.member.school, framework=framework)
    today = clock.day_of(clock.now())
    return _to_list(api.put_away(framework=framework, on=today, **_who_when(request)))


def take_framework_up(request: SchoolRequest, framework: int) -> HttpResponse:
    api.framework(school=request.member.school, framework=framework)
    return _to_list(api.put_away(framework=framework, on=None, **_who_when(request)))


def undo_framework(request: SchoolRequest, change_set: int) -> HttpResponse:
    if not api.framework_changes(school=request.member.school, change_set=change_set):
        raise Http404
    api.take_framework_back(change_set=change_set, **_who_when(request))
    return _to_list(change_set)


def _place(request: SchoolRequest) -> dict[str, Any]:
    form = PlaceFilter(request.GET)
    if not form.is_valid():
        raise Http404
    return form.cleaned_data


def _back() -> Link:
    return Link("Frameworks", reverse("frameworks"))


def _to_list(done: int | None) -> HttpResponse:
    query = f"?{urlencode({'done': done})}" if done else ""
    return HttpResponseRedirect(f"{reverse('frameworks')}{query}", status=303)


def _who_when(request: SchoolRequest) -> dict[str, Any]:
    return {"school": request.member.school, "by": request.member.member, "at": clock.now()}
