"""What every report of the school says, and its logo."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.parents import api
from itrack.parents.forms import LogoForm, WordsForm
from itrack.parents.rules.report import ToAll
from itrack.parents.sources.logo import LARGEST
from itrack.parents.views.reports import NOT_ACCEPTED, start
from itrack.schools.api import academic_year_on


def words_to_parents(request: SchoolRequest) -> HttpResponse:
    return _page(request)


def _page(request: SchoolRequest, words: WordsForm | None = None, logo: LogoForm | None = None) -> HttpResponse:
    school = request.member.school
    held = api.words_to_all(school=school)
    offered = api.national_offered(school=school, year=academic_year_on(clock.day_of(clock.now())))
    filled = bool(offered) and words is None and (held == ToAll() or request.GET.get("fill") == "national")
    national = offered if filled else held.national
    form = words or WordsForm(initial={"discuss": held.discuss, "national": national})
    told = {"form": form, "logo": logo or LogoForm(), "has_logo": bool(api.logo_of(school=school)), "start": start()}
    told |= {"filled": filled and national != held.national, "offered": offered if offered != national else ""}
    told |= {"saved": request.GET.get("saved", "") == "1"}
    status = NOT_ACCEPTED if words or logo else 200
    return TemplateResponse(request, "parents/school.html", told, status=status)


def save_words_to_parents(request: SchoolRequest) -> HttpResponse:
    form, viewer = WordsForm(request.POST), request.member
    if not form.is_valid():
        return _page(request, words=form)
    api.settle_words(school=viewer.school, by=viewer.member, at=clock.now(), **form.cleaned_data)
    return _back()


def logo(request: SchoolRequest) -> HttpResponse:
    png = api.logo_of(school=request.member.school)
    if not png:
        raise Http404
    return HttpResponse(png, content_type="image/png")


def save_logo(request: SchoolRequest) -> HttpResponse:
    """A file chosen, or nothing and `remove`, which takes the logo away."""
    viewer, content = request.member, b""
    if "remove" not in request.POST:
        form = LogoForm(request.POST, request.FILES)
        if not form.is_valid():
            return _page(request, logo=form)
        content = form.cleaned_data["file"].read(LARGEST + 1) or b" "
    api.set_logo(school=viewer.school, content=content, by=viewer.member, at=clock.now())
    return _back()


def _back() -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('words-to-parents')}?saved=1", status=303)
