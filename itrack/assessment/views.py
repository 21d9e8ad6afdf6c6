"""The marks page, and saving what is typed there: as a form, or cell by cell from the page's script."""

from dataclasses import asdict
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.assessment.api import (
    MarksPage,
    SavedMarks,
    about,
    copy_last,
    marks_page,
    pupil_page,
    save_marks,
    sheet_of,
    standing_now,
    undo_last,
)
from itrack.assessment.forms import TypedMarks, read_asked, read_count, read_marks, read_subject
from itrack.assessment.queries.choice import Asked, Missing
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import LEADERS, OFFICE
from itrack.pupils.api import flag_changes
from itrack.schools.api import year_title


def mark(request: SchoolRequest) -> HttpResponse:
    page = _page_asked_for(request)
    if page is None:
        raise Http404
    done = {name: read_count(request.GET.get(name, "")) for name in ("saved", "copied", "undone")}
    return TemplateResponse(request, "assessment/mark.html", _shown(page, **done))


def _shown(page: MarksPage | Missing, **more: object) -> dict[str, object]:
    """The page knows the point open today, so its shell need not ask."""
    today = {"when": page.choice.today.year_first} if isinstance(page, MarksPage) else {}
    return {"page": page, **today, **more}


def _page_asked_for(request: SchoolRequest) -> MarksPage | Missing | None:
    """What the address asks for, or what was chosen last: at today's point, once its own is over."""
    now, asked = clock.now(), request.brought["asked"]
    page = marks_page(viewer=request.member, asked=read_asked(asked), now=now)
    over = isinstance(page, MarksPage) and page.choice.point.closes_on < clock.day_of(now)
    if not request.brought["usual"] or (page is not None and not over):
        return page
    lasting = marks_page(viewer=request.member, asked=read_asked(asked | {"point": ""}), now=now)
    return lasting or marks_page(viewer=request.member, asked=read_asked(request.GET.dict()), now=now)


def results(request: SchoolRequest, pupil: int) -> HttpResponse:
    """Answers {"results": ["Phonics, Year 2, autumn 2021: 38 of 40"], "marks": [{"point", "code", …}], "flags": []}."""
    subject = read_subject(request.GET)
    told = about(viewer=request.member, pupil=pupil, subject=subject, on=clock.day_of(clock.now()))
    if told is None:
        raise Http404
    return JsonResponse(asdict(told))


def standing(request: SchoolRequest) -> HttpResponse:
    """Answers {"columns": [3, 4], "rows": {"17": "E,W?"}, "said": {"17-3": "Hana Head typed W at 10:02."}, "wanted"}.

    For a sheet left open; `wanted` are cells where a colleague was told that this person's mark stands.
    """
    told = standing_now(viewer=request.member, asked=read_asked(request.GET.dict()), now=clock.now())
    if told is None:
        raise Http404
    return JsonResponse(asdict(told))


def save(request: SchoolRequest) -> HttpResponse:
    typed = read_marks(request.POST)
    _refuse_another_account(request, typed)
    made = _saved(request, typed)
    done = {"copied": _copied(request, typed)} if typed.copy else {"saved": int(made.change_set is not None)}
    if not made.refused:
        return HttpResponseRedirect(_back_to(typed.asked, done), status=303)
    refused = {(cell.pupil, cell.column): cell for cell in made.refused}
    page = marks_page(viewer=request.member, asked=typed.asked, now=clock.now(), refused=refused)
    if not isinstance(page, MarksPage):
        raise Http404
    elsewhere = len(made.refused) - page.grid.refused
    return TemplateResponse(request, "assessment/mark.html", _shown(page, made=made, elsewhere=elsewhere), status=422)


def _refuse_another_account(request: SchoolRequest, typed: TypedMarks) -> None:
    """A page that was left open is sent in the name of the person it was made for, or not at all."""
    if typed.account and typed.account != request.member.person:
        raise Refused("Somebody else has signed in here since you opened the page. Nothing was saved.")


def cells(request: SchoolRequest) -> HttpResponse:
    """Answers {"at": "14:32:07", "saved": n, "refused": [{"cell": "17-3", "reason", "stands", "overtaken"}], "shown"}.

    `shown` has, of each cell that holds no code of the scheme, [the code as stored, the class of its band, what stands
    beside it]. 401 when somebody else is signed in by now, as when nobody is: what was typed goes on waiting for its
    own person.
    """
    typed = read_marks(request.POST)
    if typed.account and typed.account != request.member.person:
        return JsonResponse({"signed_out": True}, status=401)
    made = _saved(request, typed)
    refused = [
        {
            "cell": f"{cell.pupil}-{cell.column}",
            "reason": cell.reason,
            "stands": cell.stands,
            "overtaken": cell.overtaken,
        }
        for cell in made.refused
    ]
    at = clock.now().astimezone(clock.LONDON)
    done = {"at": f"{at:%H:%M:%S}", "saved": made.saved + made.cleared}
    return JsonResponse({**done, "refused": refused, "shown": made.shown})


def undo(request: SchoolRequest) -> HttpResponse:
    """Takes back what this person last changed on the sheet."""
    asked, now = read_asked(request.POST), clock.now()
    sheet = sheet_of(viewer=request.member, asked=asked, on=clock.day_of(now))
    if sheet is None:
        raise Http404
    taken = undo_last(
        school=request.member.school,
        points=sheet.choice.open_points,
        pupils=sheet.pupils,
        by=request.member.member,
        at=now,
        sheet=sheet.choice.sheet,
    )
    return HttpResponseRedirect(_back_to(asked, {"undone": int(taken)}), status=303)


def _saved(request: SchoolRequest, typed: TypedMarks) -> SavedMarks:
    sheet = typed.sheet
    if sheet is None:
        raise Http404
    return save_marks(
        school=request.member.school,
        point=sheet.point,
        subject=sheet.subject,
        assessment=sheet.assessment,
        cells=typed.cells,
        by=request.member.member,
        at=clock.now(),
        shown=typed.shown,
        confirm=typed.confirm,
        taken_on=typed.taken_on,
    )


def _copied(request: SchoolRequest, typed: TypedMarks) -> int:
    return copy_last(
        school=request.member.school,
        point=typed.asked.point,
        subject=typed.copy,
        pupils={pupil for pupil, _ in typed.cells},
        by=request.member.member,
        at=clock.now(),
        assessment=typed.asked.assessment,
    )


def _back_to(asked: Asked, done: dict[str, int]) -> str:
    sheet = {"group": asked.group, **({"over": asked.over} if asked.over else {"point": asked.point})}
    subjects = {"subject": ",".join(map(str, asked.subjects))} if asked.subjects else {}
    more = {name: value for name in ("assessment", "show", "sort") if (value := getattr(asked, name))}
    return f"{reverse('mark')}?{urlencode({**sheet, **subjects, **more, **done})}"


def pupil(request: SchoolRequest, pupil: int) -> HttpResponse:
    page = pupil_page(viewer=request.member, pupil=pupil, on=clock.day_of(clock.now()))
    if page is None:
        raise Http404
    done = read_count(request.GET.get("done", ""))
    told = {
        "page": page,
        "year_title": year_title(page.flags.year),
        "done": next(iter(flag_changes(viewer=request.member, change_set=done)), None) if done else None,
        "may_see_looks": LEADERS.admits(request.viewer),
        "may_set_leaving": LEADERS.admits(request.viewer) or OFFICE.admits(request.viewer),
    }
    return TemplateResponse(request, "assessment/pupil.html", told)
