"""The reviews a school was asked for, those it signed, and whether the signed ones still say what was signed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from itrack.accounts.api import first_joined
from itrack.foundation import clock
from itrack.schools.api import terms, year_title
from itrack.schools.rules import TERMS, Term
from itrack.staff.models import SentReminder, StaffReview
from itrack.staff.rules.reviews import Asked, reviews_asked, seal


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed review. `whole`: its seal still fits what it holds."""

    id: int
    year: int
    number: int
    due_on: date
    signed_at: datetime
    signed_by: str
    counts: dict[str, int]
    lines: list[dict[str, Any]]
    seal: str
    whole: bool

    @property
    def title(self) -> str:
        return f"{TERMS[self.number - 1]} term {year_title(self.year)}"

    @property
    def days_late(self) -> int:
        return max((clock.day_of(self.signed_at) - self.due_on).days, 0)


@dataclass(frozen=True, slots=True)
class Review:
    """A term's review with its words for a list. `signed` is None while nobody has."""

    asked: Asked
    signed: Signed | None

    @property
    def title(self) -> str:
        return review_title(self.asked.term)


def review_title(term: Term) -> str:
    return f"{term.name} {year_title(term.year)}"


def reviews(*, school: int, day: date) -> list[Review]:
    """Every review asked for so far, the latest first: at most five years of them. Three questions."""
    signed = {(row.year, row.number): row for row in signed_reviews(school=school)}
    return [Review(asked, signed.get(asked.key)) for asked in reversed(asked_of(school, day, set(signed)))]


def review_now(*, school: int, day: date) -> Asked | None:
    """The review of the term that has begun last; None before the first and where nobody can sign in."""
    signed = StaffReview.objects.filter(school_id=school).values_list("year", "number")
    return next(reversed(asked_of(school, day, set(signed))), None)


def asked_of(school: int, day: date, signed: set[tuple[int, int]]) -> list[Asked]:
    since = first_joined(school=school)
    if since is None:
        return []
    return reviews_asked(terms(school=school, day=day), since=clock.day_of(since), signed=signed, day=day)


def signed_reviews(*, school: int, review: int | None = None) -> list[Signed]:
    rows = StaffReview.objects.filter(school_id=school).select_related("signed_by").order_by("-year", "-number")
    found = rows if review is None else rows.filter(pk=review)
    return [_signed(row) for row in found]


def _signed(row: StaffReview) -> Signed:
    return Signed(
        id=row.pk,
        year=row.year,
        number=row.number,
        due_on=row.due_on,
        signed_at=row.signed_at,
        signed_by=row.signed_by.name,
        counts=row.counts,
        lines=row.lines,
        seal=row.seal,
        whole=row.seal == seal(record_of(row)),
    )


def record_of(row: StaffReview) -> dict[str, Any]:
    """What the seal is over: everything that was signed."""
    return {
        "school": row.school_id,
        "year": row.year,
        "number": row.number,
        "due_on": row.due_on.isoformat(),
        "signed_at": row.signed_at.isoformat(),
        "signed_by": row.signed_by_id,
        "counts": row.counts,
        "lines": row.lines,
    }


def reminders_sent(*, school: int) -> set[tuple[int, int, str]]:
    """The reminders on record: (academic year, term, which)."""
    return set(SentReminder.objects.filter(school_id=school).values_list("year", "number", "kind"))
