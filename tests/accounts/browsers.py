"""Signing in from several browsers, as the tests of hold-ups and sign-ins need it."""

from typing import Any

from django.test import Client

from itrack.accounts.models import Person, SignIn
from itrack.foundation.tenancy.windows import writing
from tests.cast import PASSWORD, Cast

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1"


def try_in(client: Client, name: str, password: str = PASSWORD, **sent: Any) -> Any:
    """Sends the sign-in form; the answer as the browser gets it."""
    return client.post("/sign-in/enter", {"username": name, "password": password}, **sent)


def browser(name: str, agent: str = CHROME) -> Client:
    """A browser nobody knew before, in which this person has signed in."""
    client = Client(HTTP_USER_AGENT=agent)
    assert try_in(client, name).status_code == 302
    return client


def guess(name: str, times: int, **sent: str) -> list[int]:
    """Wrong passwords from browsers nobody knows, one after the other: what each was answered."""
    return [try_in(Client(), name, f"Wrong-{number}", **sent).status_code for number in range(times)]


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def live(cast: Cast, name: str) -> list[SignIn]:
    """The sign-ins of this person that would be let in at this moment."""
    who = cast.people[name]
    with writing(who.school):
        key = Person.objects.get(pk=who.person).live_key
        rows = SignIn.objects.filter(school_id=who.school, member_id=who.member, ended_at__isnull=True)
        return [row for row in rows if row.key == key]


def reasons(cast: Cast, name: str) -> list[str]:
    """Why each sign-in of this person ended, the oldest first; "" for one that is open."""
    who = cast.people[name]
    with writing(who.school):
        rows = SignIn.objects.filter(school_id=who.school, member_id=who.member)
        return list(rows.order_by("pk").values_list("ended", flat=True))
