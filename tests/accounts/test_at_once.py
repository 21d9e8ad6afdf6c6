"""Two people at one link, one user name or one address in the same moment: one of them has it, and nobody a fault."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from itrack.accounts.actions.links import LinkGone, make_link, use_link
from itrack.accounts.actions.taking_up import NotTakenUp, take_up
from itrack.accounts.api import invite
from itrack.accounts.models import Link, Membership, Person
from itrack.accounts.rules_links import Purpose, digest
from itrack.foundation import clock
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role
from tests.accounts.post import empty_the_queue
from tests.cast import Cast, build_cast

MANY = 8


@pytest.fixture
def cast(transactional_db) -> Iterator[Cast]:
    """For real: what one connection has not committed another does not see."""
    yield build_cast()
    empty_the_queue()


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """What each came to, or the refusal it met; all begin in the same moment."""
    start = Barrier(len(deeds))

    def begin(deed: Callable[[], object]) -> object:
        start.wait(timeout=20)
        try:
            return deed()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(begin, deeds))


def invited(cast: Cast, email: str) -> str:
    """The key of a link to an invited person."""
    who = {"name": "Nia Nightjar", "job_title": "Teacher", "email": email, "role": Role.TEACHER}
    with writing(cast.oakfield):
        invite(school=cast.oakfield, by=cast.ada.member, at=clock.now(), **who)
    person = Person.objects.get(email=email)
    return digest(make_link(person=person.pk, purpose=Purpose.INVITATION, school=cast.oakfield, at=clock.now()))


def test_a_link_followed_many_times_at_once_is_used_once(cast: Cast) -> None:
    token = make_link(person=cast.tom.person, purpose=Purpose.PASSWORD, school=None, at=clock.now())
    key, now = digest(token), clock.now()

    came = at_once(*[lambda: use_link(key=key, purpose=Purpose.PASSWORD, at=now)] * MANY)

    assert sum(not isinstance(one, LinkGone) for one in came) == 1


def test_of_two_who_choose_one_user_name_at_once_one_has_it(cast: Cast) -> None:
    keys, now = [invited(cast, f"{n}@oakfield.example") for n in ("one", "two")], clock.now()
    password = "Lantern-otter-teapot-47"

    came = at_once(*[lambda key=key: take_up(key=key, username="nia", password=password, at=now) for key in keys])

    refused = [one for one in came if isinstance(one, NotTakenUp)]
    assert len(refused) == 1
    assert refused[0].username == ["Somebody else has this user name. Choose another."]
    assert Link.objects.filter(used_at__isnull=True).count() == 1, "the other's link is still good"


def test_one_address_invited_by_two_schools_at_once_is_one_person(cast: Cast) -> None:
    who = {"name": "Nia Nightjar", "job_title": "Teacher", "email": "nia@oakfield.example", "role": Role.TEACHER}

    def ask(school: int) -> int:
        with writing(school):
            return invite(school=school, by=None, at=clock.now(), **who)

    came = at_once(lambda: ask(cast.oakfield), lambda: ask(cast.thornhill), lambda: ask(cast.oakfield))

    assert sum(isinstance(one, Refused) for one in came) == 1
    person = Person.objects.get(email="nia@oakfield.example")
    with writing(cast.oakfield, cast.thornhill):
        assert Membership.objects.filter(person=person).count() == 2


def test_many_mails_for_one_person_at_once_leave_one_good_link(cast: Cast) -> None:
    now = clock.now()

    at_once(*[lambda: make_link(person=cast.tom.person, purpose=Purpose.PASSWORD, school=None, at=now)] * MANY)

    assert Link.objects.filter(expires_at__gt=now, used_at__isnull=True).count() == 1
