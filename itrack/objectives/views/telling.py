"""What a class or a pupil can do by now, and what comes next. These pages only read, and print."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.foundation.viewer import LEADERS
from itrack.objectives.api import pupil_objectives, summary_page
from itrack.objectives.forms import read_asked, read_number


def objectives_so_far(request: SchoolRequest) -> HttpResponse:
    page = summary_page(viewer=request.member, asked=read_asked(request.GET.dict()), now=clock.now())
    if page is None:
        raise Http404
    told = {"page": page, "may_set": LEADERS.admits(request.viewer)}
    return TemplateResponse(request, "objectives/summary.html", told)


def objectives_of_pupil(request: SchoolRequest, pupil: int) -> HttpResponse:
    strand = read_number(request.GET.get("strand", ""))
    page = pupil_objectives(viewer=request.member, pupil=pupil, strand=strand, now=clock.now())
    if page is None:
        raise Http404
    return TemplateResponse(request, "objectives/pupil.html", {"page": page})
