"""The school's frameworks of statements: to read, to count, to compare, to take away as a file and to bring in."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.foundation.viewer import LEADERS
from itrack.frameworks import api
from itrack.frameworks.forms import AddForm, BringForm, FileForm
from itrack.frameworks.rules.comparing import Sort
from itrack.frameworks.views.asked import NOT_ACCEPTED, back, place, to_framework, to_list, who_when
from itrack.ui.parts import Link


def frameworks(request: SchoolRequest) -> HttpResponse:
    return _list(request, FileForm())


def _list(request: SchoolRequest, upload: FileForm) -> HttpResponse:
    school, done = request.member.school, place(request)["done"]
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
    return to_list(api.add_shipped_frameworks(**who_when(request)))


def framework(request: SchoolRequest, framework: int) -> HttpResponse:
    return shown_framework(request, framework)


def shown_framework(request: SchoolRequest, framework: int, add: AddForm | None = None) -> HttpResponse:
    """The page of a framework, with what was typed for a new statement where that could not be stored."""
    asked, school = place(request), request.member.school
    page = api.reading(school=school, framework=framework, subject=asked["subject"], band=asked["band"])
    links = [_link(page, subject, page.band) for subject in page.subjects]
    years = [_link(page, page.subject, band, words) for band, words in page.bands]
    shown = {"page": page, "subjects": links, "years": years, "leads": LEADERS.admits(request.member), "back": back()}
    if shown["leads"]:
        done = api.framework_changes(school=school, change_set=asked["done"]) if asked["done"] else []
        shown |= {"done": next(iter(done), None), "add": add or AddForm(strands=page.strands_here)}
        here = {"subject": page.subject, "band": page.band}
        shown |= {"here": urlencode(here), "query": f"?{urlencode({'back': framework} | here)}"}
        shown["edits"] = not page.line.locked and not page.line.archived_on and bool(page.band)
    return TemplateResponse(
        request, "frameworks/framework.html", shown, status=NOT_ACCEPTED if add is not None else 200
    )


def _link(page: Any, subject: str, band: str, words: str = "") -> Link:
    address = f"{reverse('framework', args=[page.line.id])}?{urlencode({'subject': subject, 'band': band})}"
    return Link(words or subject, address, (subject, band) == (page.subject, page.band))


def completeness(request: SchoolRequest, framework: int) -> HttpResponse:
    line = api.framework(school=request.member.school, framework=framework)
    counted = api.counted(school=request.member.school, framework=framework)
    shown = {"line": line, "counted": counted, "back": back()}
    return TemplateResponse(request, "frameworks/completeness.html", shown)


def difference(request: SchoolRequest, framework: int) -> HttpResponse:
    other = place(request)["other"] or framework
    page = api.differing(school=request.member.school, framework=framework, other=other)
    counts = [(sort.value.capitalize(), page.found.count(sort)) for sort in Sort]
    shown = {"page": page, "found": page.found, "counts": counts, "back": back()}
    return TemplateResponse(request, "frameworks/difference.html", shown)


def difference_csv(request: SchoolRequest, framework: int) -> HttpResponse:
    page = api.differing(school=request.member.school, framework=framework, other=place(request)["other"] or framework)
    return _file(api.difference_csv(page.found), "text/csv; charset=utf-8", "csv", "difference")


def difference_json(request: SchoolRequest, framework: int) -> HttpResponse:
    page = api.differing(school=request.member.school, framework=framework, other=place(request)["other"] or framework)
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
    return to_list(api.bring_framework(content=form.whole(), **who_when(request)))


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
        "back": back(),
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
    return to_list(api.put_away(framework=framework, on=today, **who_when(request)))


def take_framework_up(request: SchoolRequest, framework: int) -> HttpResponse:
    api.framework(school=request.member.school, framework=framework)
    return to_list(api.put_away(framework=framework, on=None, **who_when(request)))


def undo_framework(request: SchoolRequest, change_set: int) -> HttpResponse:
    if not api.framework_changes(school=request.member.school, change_set=change_set):
        raise Http404
    api.take_framework_back(change_set=change_set, **who_when(request))
    asked = place(request)
    if asked["back"]:
        return to_framework(asked["back"], subject=asked["subject"], band=asked["band"], done=change_set)
    return to_list(change_set)
