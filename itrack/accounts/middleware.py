"""Finds out who is asking, before any window opens, so that the view need not touch accounts at all."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from itrack.accounts.actions.devices import hand_over
from itrack.accounts.actions.stays import PUT_OUT, arrive, said_once
from itrack.foundation import clock


class ViewerMiddleware:
    """Sets `request.viewer`, and `request.member`, the same for pages no stranger can open.

    A membership that ended, a newer sign-in or half an hour without a click takes effect here, on the next request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = request.member = arrive(request=request, at=clock.now())  # type: ignore[attr-defined]
        note = request.put_out = said_once(request=request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if note and response.status_code != HTTPStatus.OK:
            # Nobody saw it: the next page says it.
            request.session[PUT_OUT] = note
        hand_over(request=request, response=response)
        return response
