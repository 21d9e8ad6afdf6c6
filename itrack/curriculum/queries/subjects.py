"""The subjects a school teaches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.http import Http404

from itrack.curriculum.models import Subject
from itrack.foundation.changes.pointing import rows_in_use
from itrack.foundation.composed import Composed, among
from itrack.foundation.models import ChangeSet
from itrack.schools.api import SettingsChange, settings_changes
from itrack.schools.rules import fingerprint


def subjects(*, school: int, opens_on: date | None = None) -> list[tuple[int, str]]:
    """(id, name) in the school's own order: all there ever were, or those asked for at a point that opens that day."""
    if opens_on is None:
        return [(pk, name) for pk, name in _EVER.rows(school=school)]
    rows = subject_rows(school=school).filter(Q(retired_on__isnull=True) | Q(retired_on__gte=opens_on))
    return list(rows.order_by("position", "name").values_list("pk", "name"))


def subjects_of(*, schools: Sequence[int]) -> list[tuple[int, str]]:
    """(school, name) of every subject of these schools, in each school's own order."""
    rows = Subject.objects.filter(school_id__in=schools).order_by("position", "name")
    return list(rows.values_list("school_id", "name"))


def shared_subjects(*, schools: Sequence[int]) -> list[str]:
    """The names of all subjects of these schools: those that most of them have first, then as they stand there."""
    return [name for name, *_ in _SHARED.rows(schools=list(schools))]


def _shared(given: Callable[[str], Any]) -> QuerySet[Subject, Any]:
    names = Subject.objects.filter(among("school_id", given("schools"))).values_list("name")
    return names.annotate(held=Count("pk"), place=Min("position")).order_by("-held", "place", "name")


_SHARED = Composed(_shared)


def subject_rows(*, school: Any) -> QuerySet[Subject]:
    """The subjects, for a larger question to take in."""
    return Subject.objects.filter(school_id=school)


_EVER = Composed(
    lambda given: subject_rows(school=given("school")).order_by("position", "name").values_list("pk", "name")
)


def retired_subjects(*, school: int) -> dict[int, date]:
    """Each subject out of use, with the last day it was asked for."""
    rows = subject_rows(school=school).filter(retired_on__isnull=False).values_list("pk", "retired_on")
    return {pk: day for pk, day in rows if day}


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """A subject as its settings show it. `used`: somebody has a mark in it."""

    id: int
    name: str
    position: int
    retired_on: date | None
    used: bool


class SubjectLines(list[SubjectLine]):
    """The subjects in the school's order."""

    @property
    def seen(self) -> str:
        return fingerprint((line.id, line.position) for line in self)


def subject_lines(*, school: int) -> SubjectLines:
    """All subjects, retired ones too, in two questions."""
    used = rows_in_use(Subject, school=school)
    rows = subject_rows(school=school).order_by("position", "name")
    told = rows.values_list("pk", "name", "position", "retired_on")
    return SubjectLines(SubjectLine(*row, used=row[0] in used) for row in told)


def subject_line(*, school: int, subject: int) -> SubjectLine:
    """One subject; 404 when this school has no such one."""
    found = next((line for line in subject_lines(school=school) if line.id == subject), None)
    if found is None:
        raise Http404
    return found


def subject_changes(*, school: int, change_set: int | None = None) -> list[SettingsChange]:
    """The latest deeds on subjects, newest first; or the one asked for, if it is the school's."""
    words = {
        "subjects": ("subject added", "subjects added"),
        "subjects renamed": ("subject renamed", "subjects renamed"),
        "subjects moved": ("subject moved up", "subjects moved up"),
        "subjects retired": ("subject retired", "subjects retired"),
        "subjects brought back": ("subject brought back", "subjects brought back"),
        "objectives used": ("subject set to use objectives", "subjects set to use objectives"),
        "objectives left": ("subject set to do without objectives", "subjects set to do without objectives"),
    }
    return settings_changes(school=school, kind=ChangeSet.Kind.SUBJECTS, words=words, change_set=change_set)
