"""An address somebody made without page(), for the tests that must notice."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def careless(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(name)


urlpatterns = [path("careless/<name>", careless)]
