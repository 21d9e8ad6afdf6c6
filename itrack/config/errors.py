"""What is said when a page cannot be shown. Django's own handlers render 403, 404 and 500 from ui's templates."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that says what it must not, or more than a page takes. It was not read to its end."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return render(request, f"{status}.html", status=status)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form was sent without its token: an old tab, or another site. Nothing was stored."""
    return render(request, "403_csrf.html", status=403)
