"""The marks page, and saving what is typed there: as a form, or cell by cell from the page's script."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.assessment.api import MarksPage, SavedMarks, marks_page, pupil_page, results_beside, save_marks
from itrack.assessment.forms import TypedMarks, read_asked, read_marks
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest


def mark(request: SchoolRequest) -> HttpResponse:
    page = marks_page(viewer=request.member, asked=read_asked(request.GET), on=clock.day_of(clock.now()))
    if page is None:
        raise Http404
    return TemplateResponse(request, "assessment/mark.html", {"page": page, "saved": request.GET.get("saved", "")})


def results(request: SchoolRequest, pupil: int) -> HttpResponse:
    """Answers {"results": ["Phonics, Year 2, autumn 2021: 38 of 40"]}, for the panel beside the grid."""
    lines = results_beside(viewer=request.member, pupil=pupil, on=clock.day_of(clock.now()))
    if lines is None:
        raise Http404
    return JsonResponse({"results": lines})


def save(request: SchoolRequest) -> HttpResponse:
    typed = read_marks(request.POST)
    made = _saved(request, typed)
    if not made.refused:
        return HttpResponseRedirect(_back_to(typed, changed=made.change_set is not None), status=303)
    refused = {(cell.pupil, cell.subject): cell for cell in made.refused}
    page = marks_page(viewer=request.member, asked=typed.asked, on=clock.day_of(clock.now()), refused=refused)
    if not isinstance(page, MarksPage):
        raise Http404
    elsewhere = len(made.refused) - page.grid.refused
    shown = {"page": page, "made": made, "elsewhere": elsewhere}
    return TemplateResponse(request, "assessment/mark.html", shown, status=422)


def cells(request: SchoolRequest) -> HttpResponse:
    """Answers {"at": "14:32:07", "saved": n, "refused": [{"cell": "17-3", "reason", "stands", "overtaken"}]}."""
    made = _saved(request, read_marks(request.POST))
    refused = [
        {
            "cell": f"{cell.pupil}-{cell.subject}",
            "reason": cell.reason,
            "stands": cell.stands,
            "overtaken": cell.overtaken,
        }
        for cell in made.refused
    ]
    at = clock.now().astimezone(clock.LONDON)
    return JsonResponse({"at": f"{at:%H:%M:%S}", "saved": made.saved + made.cleared, "refused": refused})


def _saved(request: SchoolRequest, typed: TypedMarks) -> SavedMarks:
    return save_marks(
        school=request.member.school,
        point=typed.asked.point,
        cells=typed.cells,
        by=request.member.member,
        at=clock.now(),
        shown=typed.shown,
    )


def _back_to(typed: TypedMarks, *, changed: bool) -> str:
    asked = {"group": typed.asked.group, "point": typed.asked.point}
    subjects = {"subject": ",".join(map(str, typed.asked.subjects))} if typed.asked.subjects else {}
    return f"{reverse('mark')}?{urlencode({**asked, **subjects, 'saved': int(changed)})}"


def pupil(request: SchoolRequest, pupil: int) -> HttpResponse:
    page = pupil_page(viewer=request.member, pupil=pupil, on=clock.day_of(clock.now()))
    if page is None:
        raise Http404
    return TemplateResponse(request, "assessment/pupil.html", {"page": page})
