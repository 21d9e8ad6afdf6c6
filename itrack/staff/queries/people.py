"""The school's people as Manage Users shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from itrack.accounts.api import AccountRow, PlaceRow, accounts_of, places, roles_with_factor
from itrack.foundation import clock
from itrack.foundation.viewer import Role
from itrack.pupils.api import TaughtClass, taught_classes
from itrack.schools.api import academic_year_on
from itrack.staff.rules.dormant import why_look_again
from itrack.staff.rules.paste import Known
from itrack.staff.rules.roles import WORDS

NO_ACCOUNT = AccountRow("", None, False, None, None)


class State(StrEnum):
    ACTIVE = "active"
    INVITED = "invited"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff with what a reviewer asks first. `look_again` holds the reasons for a second look."""

    place: PlaceRow
    account: AccountRow
    needs_factor: bool
    classes: tuple[TaughtClass, ...]
    look_again: tuple[str, ...]

    @property
    def member(self) -> int:
        return self.place.member

    @property
    def role_name(self) -> str:
        return WORDS[self.place.role].name

    @property
    def role_inside(self) -> str:
        return WORDS[self.place.role].inside

    @property
    def state(self) -> State:
        if self.place.ended_on is not None:
            return State.LEFT
        return State.ACTIVE if self.place.joined_at is not None else State.INVITED

    @property
    def factor(self) -> tuple[str, str]:
        """The second factor in words, and the shape beside them."""
        if self.account.has_factor:
            return "Has one", "ok"
        return ("Needs one", "wait") if self.needs_factor else ("None", "")

    @property
    def here(self) -> bool:
        return self.state is not State.LEFT


def people(*, school: int, accounts: Mapping[int, AccountRow], today: date) -> list[Person]:
    """Everybody who has or had a place, by name, in three questions. `accounts` come from `accounts_of`."""
    guarded = roles_with_factor(school=school)
    taught: dict[int, list[TaughtClass]] = {}
    for row in taught_classes(school=school, year=academic_year_on(today)):
        if row.teacher is not None:
            taught.setdefault(row.teacher, []).append(row)
    return [
        _person(place, accounts.get(place.member, NO_ACCOUNT), place.role in guarded, taught, today)
        for place in places(school=school)
    ]


def _person(
    place: PlaceRow, account: AccountRow, guarded: bool, taught: Mapping[int, list[TaughtClass]], today: date
) -> Person:
    classes = tuple(taught.get(place.member, ()))
    look = why_look_again(
        role=place.role,
        joined=_day(place.joined_at),
        last_sign_in=_day(account.last_sign_in),
        invited=_day(account.invited_at),
        classes=len(classes),
        today=today,
    )
    return Person(place, account, guarded, classes, () if place.ended_on else tuple(look))


def _day(moment: datetime | None) -> date | None:
    return clock.day_of(moment) if moment else None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to; empty for everybody. `state` "here" leaves out those who were removed."""

    words: str = ""
    role: Role | None = None
    state: str = "here"
    look_again: bool = False

    def finds(self, person: Person) -> bool:
        said = f"{person.place.name} {person.place.job_title}".casefold()
        return (
            all(word in said for word in self.words.casefold().split())
            and self.role in (None, person.place.role)
            and (self.state in ("", person.state) or (self.state == "here" and person.here))
            and (bool(person.look_again) or not self.look_again)
        )


def class_choices(*, school: int, today: date) -> list[tuple[int, str]]:
    """The classes of this year for a form, each with who has it: (id, "4B (Tom Teacher has it)")."""
    year = academic_year_on(today)
    rows = [row for row in taught_classes(school=school, year=year) if row.year == year]
    return [(row.id, f"{row.name} ({row.teacher_name} has it)" if row.teacher else row.name) for row in rows]


def known(*, school: int, today: date) -> Known:
    """What pasted rows are compared with. Reads addresses, so not for the reading window."""
    year = academic_year_on(today)
    accounts = accounts_of(school=school)
    return Known(
        classes={
            row.name.casefold(): (row.id, row.name, row.teacher_name)
            for row in taught_classes(school=school, year=year)
            if row.year == year
        },
        addresses={
            accounts[row.member].email.lower(): (row.name, row.ended_on is not None)
            for row in places(school=school)
            if accounts[row.member].email
        },
    )
