"""What the tests about the school's people do alike."""

import html
import re
from typing import Any

from django.db import connection
from django.test import Client

from itrack.accounts.models import Membership, Person
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role
from itrack.pupils.api import ClassFacts, add_class
from itrack.staff.models import Move
from tests.cast import NOW, Cast

PAGE = "/school/people"
REVIEW = f"{PAGE}/review"
YEAR = 2026


def read(client: Client, address: str, **query: object) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.status_code
    return words(answer)


def sent(client: Client, address: str, form: dict[str, Any] | None = None, status: int = 303) -> str:
    """Posts; returns what the page says, the one that follows where the deed was done."""
    answer = client.post(address, form or {})
    assert answer.status_code == status, (answer.status_code, words(answer)[-1500:])
    return read(client, answer["Location"]) if status == 303 else words(answer)


def words(answer: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def of(cast: Cast, name: str) -> str:
    """The address of that person's page."""
    return f"{PAGE}/{cast.people[name].member}"


def typed(cast: Cast, name: str, /, **changed: str) -> dict[str, str]:
    """The form of that person as the page gives it, with some fields typed over."""
    who = cast.people[name]
    now = {"name": who.name, "job_title": who.job_title, "role": who.role.value}
    return now | {f"seen_{field}": value for field, value in now.items()} | changed


def role_of(cast: Cast, name: str) -> Role:
    who = cast.people[name]
    with writing(who.school):
        return Role(Membership.objects.get(pk=who.member).role)


def a_class(cast: Cast, name: str, teacher: str | None) -> int:
    with writing(cast.oakfield):
        told = ClassFacts(name, cast.people[teacher].member if teacher else None)
        return add_class(school=cast.oakfield, year=YEAR, facts=told, by=cast.hana.member, at=NOW)[0]


def teacher_of(cast: Cast, group: int) -> int | None:
    with writing(cast.oakfield), connection.cursor() as cursor:
        cursor.execute("select teacher_id from pupils_group where id = %s", [group])
        return cursor.fetchone()[0]


def last_move(cast: Cast) -> int:
    with writing(cast.oakfield):
        return Move.objects.order_by("-pk")[0].pk


def member_with(cast: Cast, email: str) -> Membership | None:
    with writing(cast.oakfield):
        return Membership.objects.filter(school_id=cast.oakfield, person__email=email).first()


def signed_in(cast: Cast, name: str, at: Any) -> None:
    Person.objects.filter(pk=cast.people[name].person).update(last_login=at)


def form(client: Client, **decisions: str) -> dict[str, str]:
    """The form as the page gives it, with some decisions made."""
    page = client.get(REVIEW).content.decode()
    fields = dict(re.findall(r'name="(seen)" value="(\w+)"', page))
    for name, choices in re.findall(r'<select name="(decide-\d+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', choices)
        fields[name] = chosen.group(1) if chosen else ""
    return fields | decisions
