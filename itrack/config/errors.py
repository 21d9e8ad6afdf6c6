"""What is said when a page cannot be shown. Django's own handlers render 400, 403, 404 and 500 from ui's templates."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form was sent without its token: an old tab, or another site. Nothing was stored."""
    return render(request, "403_csrf.html", status=403)
