"""Writing a report, and saying how far it has come."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from itrack.curriculum.api import subjects
from itrack.foundation.changes.actions import record_change_set
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed, merge
from itrack.parents.models import Comment, ReportState
from itrack.parents.queries.reports import comments_of
from itrack.parents.rules.report import GENERAL, LONGEST, State, changed

KEY = ("pupil_id", "year", "subject_id")
MEANWHILE = "Somebody else has changed this report since you opened it. Nothing was saved. Open it again and look."
NOT_READY = "A report is read once its teacher has marked it as ready. Nothing was changed."


@transaction.atomic
def save_report(
    *, school: int, pupil: int, year: int, texts: Mapping[int, str], shown: Mapping[int, str], by: int, at: datetime
) -> int:
    """Stores the texts by subject (GENERAL for none) that differ; "" takes one away. The report is a draft again.

    `shown` is what the page showed: a text that somebody else changed since is not overwritten. Returns the change
    set, 0 when nothing differs.
    """
    stands = {subject: text for (_, subject), text in comments_of(school=school, pupils=[pupil], year=year).items()}
    wanted = changed(texts, shown)
    _refuse(school, wanted, stands, shown)
    wanted = {subject: text for subject, text in wanted.items() if text != stands.get(subject, "")}
    if not wanted:
        return 0
    told = {"comments": sum(map(bool, wanted.values())), "comments cleared": list(wanted.values()).count("")}
    counts = {name: n for name, n in told.items() if n}
    made = record_change_set(school=school, kind=ChangeSet.Kind.PARENTS, by=by, at=at, counts=counts)
    deed = Deed(school, made.pk, at)
    rows = [(pupil, year, subject or None, text) for subject, text in wanted.items() if text]
    merge(Comment, deed=deed, key=KEY, values=("text",), rows=rows)
    _clear(deed, pupil, year, [subject for subject, text in wanted.items() if not text])
    _end(deed, ReportState.objects.filter(pupil_id=pupil, year=year))
    return made.pk


def _refuse(school: int, wanted: Mapping[int, str], stands: Mapping[int, str], shown: Mapping[int, str]) -> None:
    if strange := set(wanted) - {GENERAL, *(pk for pk, _ in subjects(school=school))}:
        raise Refused(f"{len(strange)} of the subjects are not this school’s. Nothing was saved.")
    if any(len(text) > LONGEST for text in wanted.values()):
        raise Refused(f"A comment is longer than {LONGEST:,} letters. Nothing was saved.")
    if any(stands.get(subject, "") not in (shown.get(subject, ""), text) for subject, text in wanted.items()):
        raise Refused(MEANWHILE)


def _clear(deed: Deed, pupil: int, year: int, cleared: list[int]) -> None:
    if cleared:
        named = Q(subject_id__in=[subject for subject in cleared if subject])
        named |= Q(subject_id__isnull=True) if GENERAL in cleared else Q()
        _end(deed, Comment.objects.filter(named, pupil_id=pupil, year=year))


def _end(deed: Deed, rows: QuerySet[Comment] | QuerySet[ReportState]) -> None:
    rows.filter(school_id=deed.school, ended_at__isnull=True).update(ended_at=deed.at, ended_by_id=deed.change_set)


@transaction.atomic
def set_state(*, school: int, pupil: int, year: int, state: State, leads: bool, by: int, at: datetime) -> int:
    """Marks a report as ready, as read, or as a draft again. Returns the change set, 0 when it stood so already."""
    held = ReportState.objects.filter(school_id=school, pupil_id=pupil, year=year, ended_at__isnull=True)
    stands = State(held.values_list("state", flat=True).first() or State.DRAFT)
    if state == stands:
        return 0
    if state == State.READ and not leads:
        raise Refused("Only the head or an administrator says that a report has been read. Nothing was changed.")
    if state == State.READ and stands != State.READY:
        raise Refused(NOT_READY)
    made = record_change_set(school=school, kind=ChangeSet.Kind.PARENTS, by=by, at=at, counts={f"reports {state}": 1})
    deed = Deed(school, made.pk, at)
    if state == State.DRAFT:
        _end(deed, held)
    else:
        merge(ReportState, deed=deed, key=("pupil_id", "year"), values=("state",), rows=[(pupil, year, state.value)])
    return made.pk


@transaction.atomic
def set_ready(*, school: int, pupils: Collection[int], year: int, by: int, at: datetime) -> int:
    """Marks those of these reports that are drafts as ready, as one deed. Returns the change set, 0 for none."""
    held = ReportState.objects.filter(school_id=school, pupil_id__in=pupils, year=year, ended_at__isnull=True)
    drafts = sorted(set(pupils) - set(held.values_list("pupil_id", flat=True)))
    if not drafts:
        return 0
    counts = {f"reports {State.READY}": len(drafts)}
    made = record_change_set(school=school, kind=ChangeSet.Kind.PARENTS, by=by, at=at, counts=counts)
    rows = [(pupil, year, State.READY.value) for pupil in drafts]
    merge(ReportState, deed=Deed(school, made.pk, at), key=("pupil_id", "year"), values=("state",), rows=rows)
    return made.pk
