"""Answers about pupils stay with the person who asked: no cache keeps them, no browser feature is offered to them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NO_FEATURES = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)


class PrivateAnswers:
    """Marks every answer but static files as not to be stored, anywhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Refuses a host that is not ours (400), which nothing else asks for when a page is only read.
        request.get_host()
        response = self.get_response(request)
        response.setdefault("Cache-Control", "no-store")
        response.setdefault("Permissions-Policy", NO_FEATURES)
        return response
