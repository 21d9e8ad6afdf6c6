"""A page that reads may first be brought what its own window never shows, and still cannot write."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from itrack.accounts.models import Person
from itrack.foundation.page import SchoolRequest, page
from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import ANY_STAFF, LEADERS, PUBLIC
from itrack.pupils.models import Roll
from tests.cast import Cast


def asked(rf: Any, cast: Cast, name: str = "") -> HttpRequest:
    request: HttpRequest = rf.get("/mine")
    request.viewer = cast.people[name] if name else None
    return request


def school_setting() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('itrack.school'), current_user")
        return " ".join(cursor.fetchone())


def says_what_was_brought(request: SchoolRequest, **named: int) -> HttpResponse:
    return HttpResponse(f"{request.brought.get('said', 'nothing')}; now {school_setting()}")


def test_what_comes_before_sees_the_accounts_and_the_page_is_brought_it(cast: Cast, rf: Any) -> None:
    def mine(request: SchoolRequest) -> dict[str, str]:
        name = Person.objects.values_list("username", flat=True).get(pk=request.member.person)
        return {"said": f"{name}, before {school_setting()}"}

    request = asked(rf, cast, "tom")
    request.member = request.viewer
    answer = page("mine", says_what_was_brought, may=ANY_STAFF, before=mine).callback(request)

    school = "{" + str(cast.oakfield) + "}"
    assert answer.content.decode() == f"tom, before {school} itrack_app; now {school} itrack_reader"


def test_for_a_stranger_it_runs_in_no_school(cast: Cast, rf: Any) -> None:
    def mine(request: SchoolRequest) -> dict[str, str]:
        return {"said": school_setting()}

    answer = page("mine", says_what_was_brought, may=PUBLIC, before=mine).callback(asked(rf, cast))

    assert answer.content.decode() == "{} itrack_app; now {} itrack_reader"


def test_a_page_with_nothing_before_it_is_brought_nothing(cast: Cast, rf: Any) -> None:
    answer = page("mine", says_what_was_brought, may=PUBLIC).callback(asked(rf, cast))

    assert answer.content.decode().startswith("nothing;")


def test_the_page_itself_still_cannot_write(cast: Cast, rf: Any) -> None:
    def careless(request: SchoolRequest) -> None:
        Roll.objects.filter(school_id=cast.oakfield).update(version=99)

    with pytest.raises(DatabaseError, match="read-only transaction"):
        page("mine", careless, may=ANY_STAFF, before=lambda request: {}).callback(asked(rf, cast, "ada"))


def test_nothing_runs_before_a_page_for_somebody_who_may_not_open_it(cast: Cast, rf: Any) -> None:
    ran: list[int] = []
    guarded = page("mine", says_what_was_brought, may=LEADERS, before=lambda request: {"n": ran.append(1)})

    answer = guarded.callback(asked(rf, cast))

    assert answer.status_code == 302
    assert not ran


def test_what_comes_before_may_refuse_with_a_sentence(cast: Cast, rf: Any) -> None:
    def refuses(request: SchoolRequest) -> dict[str, str]:
        raise Refused("That is over.")

    answer = page("mine", says_what_was_brought, may=PUBLIC, before=refuses).callback(asked(rf, cast))

    assert answer.status_code == 409
    assert "That is over." in answer.content.decode()


def test_a_page_that_writes_takes_nothing_before_it() -> None:
    with pytest.raises(ImproperlyConfigured):
        page("mine", says_what_was_brought, may=PUBLIC, writes=True, before=lambda request: {})
