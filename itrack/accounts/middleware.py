"""Finds out who is asking, before any window opens, so that the view need not touch accounts at all."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from itrack.accounts.actions import PERSON, SCHOOL
from itrack.accounts.queries import viewers_of
from itrack.foundation.viewer import Viewer


class ViewerMiddleware:
    """Sets `request.viewer`, and `request.member`, the same for pages no stranger can open.

    A membership that ended takes effect here, on the next request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = request.member = _viewer_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def _viewer_of(request: HttpRequest) -> Viewer | None:
    person, school = request.session.get(PERSON), request.session.get(SCHOOL)
    if person is None:
        return None
    return next((place for place in viewers_of(person=person) if place.school == school), None)
