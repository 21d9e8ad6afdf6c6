from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from itrack.ui import samples


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for whoever builds a page or looks after one."""
    return render(request, "ui/gallery.html", samples.everything())
