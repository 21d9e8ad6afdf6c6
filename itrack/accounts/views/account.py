"""My account: what lets one in, where one is signed in, and leaving everywhere at once."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.accounts.actions.confirming import confirm as confirmed_by
from itrack.accounts.actions.confirming import is_confirmed
from itrack.accounts.actions.enrolling import ask_for_new_passkey, first_codes, shown_app, take_app, take_passkey
from itrack.accounts.actions.factors import has_factor, make_codes, remove_factor
from itrack.accounts.actions.holdups import TooManyTries
from itrack.accounts.actions.leaving import leave_everywhere
from itrack.accounts.actions.signing_in import remember_places
from itrack.accounts.forms import AppForm, ConfirmForm, PasskeyForm
from itrack.accounts.queries.factors import account_of, codes_left, factors_of, must_have_factor
from itrack.accounts.queries.own_stays import own_stays
from itrack.accounts.queries.people import viewers_of
from itrack.accounts.rules_sessions import Factor
from itrack.accounts.views.protect import WRONG_CODE, WRONG_PASSKEY
from itrack.accounts.views.second_factor import answer_with
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.foundation.tenancy.windows import writing

CONFIRM_FIRST = "More than ten minutes have passed since you typed your password. Reload the page and type it again."


def about(request: SchoolRequest) -> Mapping[str, Any]:
    """All the page tells: accounts are never seen by the reading window."""
    me = request.member
    places, required = viewers_of(person=me.person), must_have_factor(person=me.person)
    remember_places(request=request, places=places)
    with writing(me.school):
        held = factors_of(person=me.person)
        return {
            "account": account_of(person=me.person),
            "my_places": places,
            "factors": held,
            "has_app": any(row.kind is Factor.APP for row in held),
            "codes_left": codes_left(person=me.person),
            "required": required,
            "confirmed": is_confirmed(request=request, person=me.person, now=clock.now()),
            "stays": own_stays(school=me.school, member=me.member),
        }


def account(request: SchoolRequest) -> HttpResponse:
    return TemplateResponse(request, "accounts/account.html", {**request.brought, "done": request.GET.get("done", "")})


def _account_again(request: SchoolRequest, **more: object) -> HttpResponse:
    return TemplateResponse(request, "accounts/account.html", {**about(request), **more}, status=422)


def confirm(request: SchoolRequest) -> HttpResponseBase:
    """Takes the password again, then back to the page that asked for it."""
    form, page = ConfirmForm(request.POST), "new-app" if "app" in request.POST else "account"
    password = form.cleaned_data["password"] if form.is_valid() else ""
    try:
        fits = confirmed_by(request=request, person=request.member.person, password=password, at=clock.now())
    except TooManyTries as held:
        answer = _account_again(request, held=held)
        answer.status_code, answer.headers["Retry-After"] = held.status, held.headers["Retry-After"]
        return answer
    if not fits:
        return _account_again(request, wrong_password=True)
    return HttpResponseRedirect(reverse(page), status=303)


def _confirmed(request: SchoolRequest) -> bool:
    return is_confirmed(request=request, person=request.member.person, now=clock.now())


def _done(words: str = "") -> HttpResponseRedirect:
    asked = f"?done={words}" if words else ""
    return HttpResponseRedirect(f"{reverse('account')}{asked}", status=303)


def offered_app(request: SchoolRequest) -> Mapping[str, Any]:
    person = request.member.person
    has_app = any(row.kind is Factor.APP for row in factors_of(person=person))
    if has_app or not _confirmed(request):
        return {"has_app": has_app}
    return {"has_app": has_app, "offer": shown_app(request=request, person=person)}


def new_app(request: SchoolRequest) -> HttpResponse:
    return TemplateResponse(request, "accounts/new_app.html", dict(request.brought))


def add_app(request: SchoolRequest) -> HttpResponseBase:
    if not _confirmed(request):
        return _done()
    form, person = AppForm(request.POST), request.member.person
    code = form.cleaned_data["code"] if form.is_valid() else ""
    if not take_app(request=request, person=person, code=code, at=clock.now()):
        told = {**offered_app(request), "wrong": WRONG_CODE}
        return TemplateResponse(request, "accounts/new_app.html", told, status=422)
    return _with_codes(request, "app")


def ask_new_passkey(request: SchoolRequest) -> HttpResponseBase:
    if not _confirmed(request):
        return JsonResponse({"sentence": CONFIRM_FIRST}, status=409)
    return answer_with(ask_for_new_passkey(request=request, person=request.member.person, at=clock.now()))


def add_passkey(request: SchoolRequest) -> HttpResponseBase:
    form = PasskeyForm(request.POST)
    if not _confirmed(request):
        return _done()
    told = form.cleaned_data if form.is_valid() else {"answer": "", "name": ""}
    who, now = request.member.person, clock.now()
    if not take_passkey(request=request, person=who, given=told["answer"], name=told["name"], at=now):
        return _account_again(request, wrong=WRONG_PASSKEY)
    return _with_codes(request, "passkey")


def _with_codes(request: SchoolRequest, done: str) -> HttpResponseBase:
    """After the first factor its recovery codes, on this answer alone; after a later one back to the account."""
    codes = first_codes(person=request.member.person, at=clock.now())
    return _codes(request, codes) if codes else _done(done)


def _codes(request: SchoolRequest, codes: list[str]) -> HttpResponse:
    return TemplateResponse(request, "accounts/codes.html", {"codes": codes, "onward": reverse("account")})


def new_codes(request: SchoolRequest) -> HttpResponseBase:
    if not _confirmed(request):
        return _done()
    return _codes(request, make_codes(person=request.member.person, at=clock.now()))


def remove(request: SchoolRequest, factor: int) -> HttpResponseBase:
    person = request.member.person
    if not has_factor(person=person, factor=factor):
        raise Http404
    if not _confirmed(request):
        return _done()
    remove_factor(person=person, factor=factor, at=clock.now())
    return _done("removed")


def sign_out_everywhere(request: SchoolRequest) -> HttpResponse:
    leave_everywhere(request=request, viewer=request.member, at=clock.now())
    return HttpResponseRedirect(reverse("sign-in"), status=303)
