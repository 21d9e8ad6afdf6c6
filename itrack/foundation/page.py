"""Each URL says who may open it and whether it writes. The table of pages is the access matrix.

    page("pupils/", views.roll, may=NAMED_PUPILS)
    page("marks/save", views.save_marks, may=MARKERS, writes=True)

A page that does not write answers GET alone, inside the reading window, its template rendered there. A page that
writes answers POST alone, in one transaction of its school. What a look must leave behind (the session, the audit
entry) is written before the window opens.

    page("account", account.account, may=ANY_STAFF, before=account.about)

`before` is for a page about what the reading window never sees, such as one's own account: it runs in a writing
window that is closed again before the reading one opens, and the view finds what it returned in `request.brought`.

    page("reports/trust", views.shown, may=only(Role.TRUST), across=granted_schools)

`across` is for a page over several schools. It is asked at every request which of them this person was given, and the
windows show these and no others.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.response import SimpleTemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from itrack.foundation import audit, clock
from itrack.foundation.promise import keeps
from itrack.foundation.refusal import Refused
from itrack.foundation.sessions import store_now
from itrack.foundation.tenancy.windows import reading, writing
from itrack.foundation.viewer import Access, Viewer

if TYPE_CHECKING:
    from django.urls import URLPattern

View = Callable[..., HttpResponseBase]
Before = Callable[..., Mapping[str, Any]]
Across = Callable[[Viewer], tuple[int, ...]]

# The database's bigint. An address may spell a longer number; it is nobody's id.
LARGEST_ID = 2**63 - 1


class SchoolRequest(HttpRequest):
    """A request as views see it. `viewer` is None for a stranger on a public page."""

    viewer: Viewer | None
    # What the page's `before` returned; empty for a page that has none.
    brought: Mapping[str, Any]

    @property
    def member(self) -> Viewer:
        """The signed-in member of staff; only asked for on pages a stranger cannot open."""
        if self.viewer is None:
            raise PermissionDenied
        return self.viewer


@dataclass(frozen=True)
class Declaration:
    route: str
    name: str
    may: Access
    writes: bool
    logged: bool
    before: Before | None = None
    across: Across | None = None

    @property
    def methods(self) -> list[str]:
        return ["POST"] if self.writes else ["GET", "HEAD"]


@keeps("every_value_a_page_takes_is_checked_before_it_is_used")
@keeps("pages_that_only_read_have_no_permission_to_write")
@keeps("sensitive_data_only_for_people_the_school_chooses")
def page(
    route: str,
    view: View,
    *,
    may: Access,
    writes: bool = False,
    logged: bool = False,
    before: Before | None = None,
    across: Across | None = None,
    name: str = "",
) -> "URLPattern":
    """A URL pattern whose view is guarded by its own declaration. `logged` leaves an audit entry for each look."""
    declared = _declared(route, name or view.__name__.replace("_", "-"), may, writes, logged, before, across)

    @wraps(view)
    def answer(request: Any, **named: Any) -> HttpResponseBase:
        if (refusal := _turned_away(request, declared, named)) is not None:
            return refusal
        if any(isinstance(part, int) and part > LARGEST_ID for part in named.values()):
            raise Http404
        _look_across(request, declared)
        return _answered_and_noted(request, view, declared, named)

    answer.page = declared  # type: ignore[attr-defined]
    return path(route, answer, name=declared.name)


def _declared(*told: Any) -> Declaration:
    declared = Declaration(*told)
    if declared.writes and declared.before is not None:
        raise ImproperlyConfigured(f"{declared.name} writes, so its view can do itself what comes before")
    if declared.across is not None and (declared.writes or declared.may.public):
        raise ImproperlyConfigured(f"{declared.name} is across schools, so it only reads and knows who is asking")
    return declared


def _turned_away(request: SchoolRequest, declared: Declaration, named: dict[str, Any]) -> HttpResponse | None:
    if request.method not in declared.methods:
        return HttpResponseNotAllowed(declared.methods, content=render(request, "405.html").content)
    if declared.may.admits(request.viewer):
        return None
    if request.viewer is None:
        if request.accepts("application/json") and not request.accepts("text/html"):
            # A script keeps what it was about to send until the person has signed in again.
            over = request.session.get("over") or {}
            return JsonResponse({"signed_out": True, "why": over.get("why", "")}, status=401)
        # After a POST there is nothing to come back to: its address answers no GET.
        back = urlencode({"next": request.get_full_path()}) if request.method != "POST" else ""
        return HttpResponseRedirect(f"{reverse('sign-in')}?{back}".rstrip("?"))
    _note_the_look(request.viewer, declared, named, "refused")
    raise PermissionDenied


def _look_across(request: SchoolRequest, declared: Declaration) -> None:
    """Gives the viewer the schools of a page across schools."""
    if declared.across is not None and request.viewer is not None:
        seen = replace(request.viewer, granted=declared.across(request.viewer))
        request.viewer = request.member = seen  # type: ignore[misc]


def _answered_and_noted(
    request: SchoolRequest, view: View, declared: Declaration, named: dict[str, Any]
) -> HttpResponseBase:
    """A logged look is noted before it is known whether there is anything to see. An id that is not there, or not
    this person's to see, is noted on every page.
    """
    look = _note_the_look(request.viewer, declared, named, "seen") if declared.logged else None
    try:
        return _answered(request, view, declared, named)
    except Http404:
        if declared.logged or _row_named(named)[0]:
            _note_the_look(request.viewer, declared, named, "not_shown", of=look)
        raise


def _note_the_look(
    viewer: Viewer | None, declared: Declaration, named: dict[str, Any], outcome: str, of: int | None = None
) -> int | None:
    """Leaves the entry and returns its id; `of` is the earlier entry that this one corrects."""
    if viewer is None:
        return None
    subject, subject_id = _row_named(named)
    with writing(viewer.school):
        return audit.record(
            school=viewer.school,
            by=viewer.member,
            at=clock.now(),
            verb=f"{declared.name}.{outcome}",
            subject=subject,
            subject_id=subject_id,
            counts={"look": of} if of is not None else None,
        )


def _row_named(named: dict[str, Any]) -> tuple[str, int | None]:
    """The row that the address is about, by the name of its part: the first id in it; "" and None for none."""
    ids = ((name, part) for name, part in named.items() if isinstance(part, int) and part <= LARGEST_ID)
    return next(ids, ("", None))


def _answered(request: SchoolRequest, view: View, declared: Declaration, named: dict[str, Any]) -> HttpResponseBase:
    try:
        request.brought = _brought(request, declared, named)
        with _window(request.viewer, writes=declared.writes):
            response = view(request, **named)
            if isinstance(response, SimpleTemplateResponse):
                response.render()
            if response.streaming and not declared.writes:
                raise RuntimeError(f"{declared.name} streams, but its window closes before the stream is read")
    except Refused as refusal:
        return _refused(request, refusal)
    return response


def _refused(request: SchoolRequest, refusal: Refused) -> HttpResponse:
    said = {"sentence": refusal.sentence, "back": _came_from(request)}
    answer = render(request, "ui/refused.html", said, status=refusal.status)
    for name, value in refusal.headers.items():
        answer[name] = value
    return answer


def _brought(request: SchoolRequest, declared: Declaration, named: dict[str, Any]) -> Mapping[str, Any]:
    if declared.before is None:
        return {}
    with _window(request.viewer, writes=True):
        brought = declared.before(request, **named)
        store_now(request)
    return brought


def _came_from(request: SchoolRequest) -> str:
    """The page of ours on which the button stood, so that a refusal is no dead end; "" when it is not known."""
    before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    return before if ours else ""


def _window(viewer: Viewer | None, *, writes: bool) -> AbstractContextManager[None]:
    schools = () if viewer is None else viewer.schools
    return writing(*schools) if writes else reading(*schools)
