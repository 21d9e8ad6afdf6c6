"""Who joined, changed role and left: told by the audit log, with the roles that only the moves remember."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from itrack.accounts.api import places
from itrack.foundation import clock
from itrack.foundation.models import AuditEntry
from itrack.foundation.viewer import Role
from itrack.staff.models import Move
from itrack.staff.rules.roles import WORDS as ROLES

SUBJECT = "membership"
WORDS = {
    "member.added": "Added",
    "member.invited": "Invited",
    "member.joined": "Joined",
    "member.changed": "Changed",
    "member.left": "Removed",
    "member.back": "Brought back",
}
FIELDS = {"name": "name", "job_title": "job title", "role": "role"}
MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One thing that happened to a member. `before` and `after` are roles in words, empty where none changed."""

    at: datetime
    member: int
    name: str
    job_title: str
    what: str
    before: str
    after: str
    by: str


def moves(*, school: int, first: date, last: date) -> list[MoveLine]:
    """Joiners, movers and leavers between two days, both included, the earliest first. Three questions.

    A change of name or job title alone is no move.
    """
    rows = _entries(school).filter(at__gte=clock.midnight(first), at__lt=clock.midnight(last + timedelta(days=1)))
    told = [row for row in rows.order_by("at", "pk") if row.verb != "member.changed" or "role" in row.fields]
    return _lines(school, told)


def history(*, school: int, member: int) -> list[MoveLine]:
    """What happened to one member, the latest first."""
    rows = _entries(school).filter(subject_id=member).order_by("-at", "-pk")
    return _lines(school, rows[:MOST_SHOWN])


def _entries(school: int) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(school_id=school, subject=SUBJECT, verb__in=WORDS)


def _lines(school: int, entries: Iterable[AuditEntry]) -> list[MoveLine]:
    people = {row.member: row for row in places(school=school)}
    rows = Move.objects.filter(school_id=school, kind=Move.Kind.ROLE)
    roles = {(member, at): (before, after) for member, at, before, after in rows.values_list(*_MOVE)}
    told = []
    for entry in entries:
        held = people.get(entry.subject_id or 0)
        if held is None:
            continue
        before, after = roles.get((held.member, entry.at), ("", "")) if "role" in entry.fields else ("", "")
        by = people.get(entry.by_id or 0)
        told.append(
            MoveLine(
                at=entry.at,
                member=held.member,
                name=held.name,
                job_title=held.job_title,
                what=_what(entry),
                before=_role(before),
                after=_role(after),
                by=by.name if by else "",
            )
        )
    return told


_MOVE = ("member_id", "at", "before", "after")


def _what(entry: AuditEntry) -> str:
    if entry.verb != "member.changed":
        return WORDS[entry.verb]
    if entry.fields == ["role"]:
        return "Changed role"
    return "Changed " + " and ".join(FIELDS.get(field, field) for field in entry.fields)


def _role(role: str) -> str:
    return ROLES[Role(role)].inside if role else ""


@dataclass(frozen=True, slots=True)
class MoveDone:
    """A move that can be taken back, as the page says it. `undone`: something came after it."""

    id: int
    name: str
    kind: str
    before: str
    after: str
    classes: int
    undone: bool


def move_done(*, school: int, move: int) -> MoveDone | None:
    """The move just made; None for one of another school."""
    row = Move.objects.filter(school_id=school, pk=move).select_related("member", "classes").first()
    if row is None:
        return None
    return MoveDone(
        id=row.pk,
        name=row.member.name,
        kind=row.kind,
        before=_role(row.before),
        after=_role(row.after),
        classes=row.classes.counts.get("classes edited", 0) if row.classes else 0,
        undone=Move.objects.filter(school_id=school, member_id=row.member_id, pk__gt=row.pk).exists(),
    )


def moves_told(*, since: datetime) -> dict[str, int]:
    """How many came, moved and left since then in the schools whose window is open: {"Invited": 3}."""
    rows = AuditEntry.objects.filter(subject=SUBJECT, verb__in=WORDS, at__gte=since)
    found = Counter(
        "Changed role" if verb == "member.changed" else WORDS[verb]
        for verb, fields in rows.values_list("verb", "fields")
        if verb != "member.changed" or "role" in fields
    )
    return dict(found)


def roles_that_differ() -> int:
    """How many members have another role than their latest change of role gave them, in the open window."""
    given: dict[tuple[int, int], tuple[str, str]] = {}
    rows = Move.objects.filter(kind=Move.Kind.ROLE).order_by("pk")
    for school, member, after, held in rows.values_list("school_id", "member_id", "after", "member__role"):
        given[school, member] = (after, held)
    return sum(after != held for after, held in given.values())
