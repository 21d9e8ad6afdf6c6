"""A mark scheme: its marks, its range, what they mean, and its versions. That of the main assessment has an address of
its own, since it is what most people come for."""

from typing import Any

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.curriculum import api
from itrack.curriculum.forms.bands import BandsForm
from itrack.curriculum.forms.schemes import RangeForm, SchemeNameForm, TryForm
from itrack.curriculum.forms.settings import OptionForm
from itrack.curriculum.rules import BANDS, FROZEN
from itrack.curriculum.rules_schemes import KIND_NAMES
from itrack.curriculum.rules_thresholds import is_cut
from itrack.curriculum.rules_versions import LOCKED, range_words, sample, shown_lines, sums, try_out
from itrack.curriculum.views.asked import NOT_ACCEPTED, done_asked, scheme_asked, to, who_when
from itrack.foundation.page import SchoolRequest
from itrack.ui.parts import Link


def scheme(request: SchoolRequest) -> HttpResponse:
    """That of the main assessment."""
    return _show(request, api.scheme(school=request.member.school), done=done_asked(request))


def scheme_version(request: SchoolRequest, scheme: int) -> HttpResponse:
    return _show(request, _held(request, scheme), done=done_asked(request))


def start_scheme(request: SchoolRequest) -> HttpResponse:
    return to("scheme", api.add_first_scheme(**who_when(request)))


def undo_scheme(request: SchoolRequest, change_set: int) -> HttpResponse:
    """Goes back to where the deed was done, or to the assessments when that scheme went with it."""
    if not api.scheme_changes(school=request.member.school, change_set=change_set):
        raise Http404
    asked = scheme_asked(request)
    api.take_scheme_back(change_set=change_set, **who_when(request))
    if asked is None:
        return to("scheme", change_set)
    there = any(each.id == asked for each in api.schemes(school=request.member.school))
    return _to(request, asked, change_set) if there else to("assessments", change_set)


def rename_scheme(request: SchoolRequest, scheme: int) -> HttpResponse:
    held, form = _held(request, scheme), SchemeNameForm(request.POST)
    if not form.is_valid():
        return _show(request, held, rename=form)
    return _to(request, scheme, api.rename_scheme(scheme=scheme, **form.cleaned_data, **who_when(request)))


def set_range(request: SchoolRequest, scheme: int) -> HttpResponse:
    held = _held(request, scheme)
    form = RangeForm(request.POST, kind=held.kind)
    if not form.is_valid():
        return _show(request, held, ranged=form)
    return _to(request, scheme, api.set_range(scheme=scheme, **form.cleaned_data, **who_when(request)))


def bands(request: SchoolRequest, scheme: int) -> HttpResponse:
    return _bands(request, _held(request, scheme))


def save_bands(request: SchoolRequest, scheme: int) -> HttpResponse:
    held = _held(request, scheme)
    form = _bands_form(request, held, request.POST)
    if not form.is_valid():
        return _bands(request, held, edit=form)
    told = {"seen": form.cleaned_data["seen"], "lines": form.told()}
    return _to(request, scheme, api.set_bands(scheme=scheme, **told, **who_when(request)))


def make_version(request: SchoolRequest, scheme: int) -> HttpResponse:
    _held(request, scheme)
    done, made = api.make_version(scheme=scheme, **who_when(request))
    return _to(request, made, done)


def use_version(request: SchoolRequest, scheme: int) -> HttpResponse:
    _held(request, scheme)
    return _to(request, scheme, api.use_version(scheme=scheme, **who_when(request)))


def remove_scheme(request: SchoolRequest, scheme: int) -> HttpResponse:
    _held(request, scheme)
    api.remove_scheme(scheme=scheme, **who_when(request))
    return to("assessments", None)


def _held(request: SchoolRequest, scheme: int) -> api.Scheme:
    return api.scheme(school=request.member.school, scheme=scheme or -1)


def _to(request: SchoolRequest, scheme: int, done: int | None) -> HttpResponse:
    if scheme == api.scheme(school=request.member.school).id:
        return to("scheme", done)
    return to("scheme-version", done, scheme=scheme)


def _show(request: SchoolRequest, held: api.Scheme, *, done: int | None = None, **refused: Any) -> HttpResponse:
    changes = api.scheme_changes(school=request.member.school)
    subjects = dict(api.subjects(school=request.member.school))
    shown = {
        "scheme": held,
        "lines": shown_lines(held.scale, subjects),
        "range": range_words(held.scale),
        "cut": is_cut(held.kind),
        "versions": api.versions(school=request.member.school, name=held.name, subjects=subjects),
        "kind": KIND_NAMES[held.kind],
        "sums": sums(held.kind),
        "bands": BANDS,
        "frozen": FROZEN,
        "locked": LOCKED,
        "changes": changes,
        "done": next((change for change in changes if change.id == done), None),
        "query": f"?scheme={held.id}" if held.id else "",
        "back": Link("Assessments", reverse("assessments")),
        **_forms(held),
        **refused,
        **_tried(request, held, subjects),
    }
    return TemplateResponse(request, "curriculum/scheme.html", shown, status=NOT_ACCEPTED if refused else 200)


def _forms(held: api.Scheme) -> dict[str, Any]:
    """What the page lets be changed, as nobody has typed in it yet."""
    low, high = held.own_range
    return {
        "add": OptionForm(taken=[]),
        "rename": SchemeNameForm(initial={"name": held.name, "seen": held.name}),
        "ranged": RangeForm(kind=held.kind, initial={"lowest": low, "highest": high, "seen": held.bands_seen}),
    }


def _tried(request: SchoolRequest, held: api.Scheme, subjects: dict[int, str]) -> dict[str, Any]:
    """Marks as the page tries them out; the usual sample until somebody types others."""
    form = TryForm(request.GET if "marks" in request.GET else None, kind=held.kind, subjects=subjects)
    sitting = form.sitting()
    typed = form.typed() or sample(held.scale, sitting.age or 0)
    return {"trying": form, "tried": try_out(typed, held.scale, sitting)}


def _bands_form(request: SchoolRequest, held: api.Scheme, data: Any = None) -> BandsForm:
    subjects = dict(api.subjects(school=request.member.school))
    return BandsForm(data, scale=held.scale, subjects=subjects, seen=held.bands_seen)


def _bands(request: SchoolRequest, held: api.Scheme, **refused: Any) -> HttpResponse:
    shown = {
        "scheme": held,
        "edit": refused.get("edit") or _bands_form(request, held),
        "frozen": LOCKED if held.locked else FROZEN,
        "cut": is_cut(held.kind),
        "upper": BANDS[1:],
        "range": range_words(held.scale),
        "back": Link(held.name, reverse("scheme-version", kwargs={"scheme": held.id})),
    }
    return TemplateResponse(request, "curriculum/bands.html", shown, status=NOT_ACCEPTED if refused else 200)


# The marks of a scheme, one at a time.


def add_option(request: SchoolRequest) -> HttpResponse:
    """To the scheme that the address names, or to the main one."""
    asked = scheme_asked(request) or 0
    found = api.scheme(school=request.member.school, scheme=asked)
    form = OptionForm(request.POST, taken=[option.code for option in found.options], numeric=found.scale.numeric)
    if not form.is_valid():
        return _show(request, found, add=form)
    done = api.add_option(scheme=asked, facts=form.facts(), **who_when(request))
    return _to(request, asked, done) if asked else to("scheme", done)
