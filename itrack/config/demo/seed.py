"""Brings the demo schools in, once.

Each school comes in one transaction of its own: killed at any moment it leaves the school whole or not at all, and
the next start brings what is missing. Two programs starting at once wait for each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from itrack.accounts.api import add_app, viewers_named
from itrack.config.demo.logins import logins_with, no_app
from itrack.config.demo.schools import SCHOOLS
from itrack.config.demo.story import tell_story
from itrack.foundation.tenancy.windows import writing
from itrack.schools.api import NewSchool, add_school, school_by_urn

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from itrack.config.demo.logins import Login
    from itrack.config.demo.schools import DemoSchool

_ONE_AT_A_TIME: Final = 0x17AC  # a number of our own for the database's lock


def is_seeded() -> bool:
    """Whether every demo school is there, and therefore complete."""
    return all(school_by_urn(urn=school.urn) is not None for school in SCHOOLS)


def seed(
    *, at: datetime, passwords: Callable[[str], str], secrets: Callable[[str], str | None] = no_app
) -> list[Login]:
    """Adds the demo schools that are missing, with all that happened there before `at`; returns everybody's log-in.

    `passwords` gives the password for a user name, `secrets` that of an authenticator app for those who have one.
    """
    for school in SCHOOLS:
        _bring(school, at, passwords, secrets)
    return logins_with(passwords, secrets)


def _bring(
    told: DemoSchool, at: datetime, passwords: Callable[[str], str], secrets: Callable[[str], str | None]
) -> None:
    with transaction.atomic():
        _prepare()
        if school_by_urn(urn=told.urn) is not None:
            return
        school = add_school(new=NewSchool(told.urn, told.la, told.estab, told.name, town=told.town, trust=told.trust))
        with writing(school):
            tell_story(told=told, school=school, until=at, passwords=passwords)
        for member in told.staff:
            _give_app(member.username, secrets(member.username), at)


def _give_app(username: str, secret: str | None, at: datetime) -> None:
    """Adds the authenticator app as its owner would on My account; none of its codes is used up yet."""
    if secret is not None:
        for place in viewers_named(username=username)[:1]:
            add_app(person=place.person, secret=secret, step=0, at=at)


def _prepare() -> None:
    """Waits for another program that brings the schools in, and tells the planner what it cannot know.

    Rows of an open transaction are in no statistics, so every table looks empty and is joined row by row: one query
    over four tables took minutes so. Until the transaction ends, joins are made by hashing.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        cursor.execute("set local enable_nestloop = off")
