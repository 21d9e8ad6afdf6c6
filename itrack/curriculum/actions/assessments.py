"""A school's assessments by name, changed one deed at a time. Each is one change set and can be taken back."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from itrack.curriculum.actions.set_up import add_with_scheme
from itrack.curriculum.models import AssessmentName
from itrack.curriculum.queries.assessments import assessment_line, assessment_lines
from itrack.curriculum.queries.scheme import scheme as scheme_of
from itrack.curriculum.queries.scheme import schemes
from itrack.curriculum.queries.subjects import subjects
from itrack.curriculum.rules import swapped
from itrack.curriculum.rules_schemes import NUMERIC, Kind
from itrack.curriculum.rules_usual import UsualAssessment
from itrack.foundation import audit
from itrack.foundation.changes.actions import close_change_set, open_change_set
from itrack.foundation.changes.alter import alter
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed
from itrack.schools.api import take_settings
from itrack.schools.rules import tidy

GONE = "This assessment is no longer there: somebody else has removed it. Nothing was changed."
MAIN_STAYS = (
    "The first in the list is the main assessment, the judgement that reports begin with, so it takes marks in codes "
    "and is not read only. Nothing was changed."
)


@transaction.atomic
def add_assessment(
    *, school: int, name: str, scheme: int | Kind, subjects: Collection[int], by: int, at: datetime
) -> int:
    """Adds an assessment at the end of the list, with a scheme there is or a new one of a kind; the change set."""
    take_settings(school=school)
    _check_name(school, name, but=None)
    only, lines = _subjects(school, subjects), assessment_lines(school=school)
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.SCHEME, by=by, at=at)
    if isinstance(scheme, Kind):
        if any(each.name.casefold() == tidy(name).casefold() for each in schemes(school=school)):
            raise Refused(f"There is a mark scheme called {tidy(name)} already. Nothing was changed. Choose it.")
        made = add_with_scheme(school, UsualAssessment(tidy(name), scheme), only, change_set)
    else:
        made = AssessmentName.objects.create(
            school_id=school, name=tidy(name), scheme_id=scheme_of(school=school, scheme=scheme).id,
            position=max((line.position for line in lines), default=0) + 1, subjects=only, added_by=change_set,
        )  # fmt: skip
    _keep_main(school, {made.pk})
    close_change_set(change_set, counts={"assessments": 1})
    return change_set.pk


@transaction.atomic
def edit_assessment(
    *, school: int, assessment: int, seen: str, name: str, subjects: Collection[int], by: int, at: datetime
) -> int | None:
    """Renames an assessment or says which subjects it is for. `seen` is its fingerprint when the editor opened it."""
    take_settings(school=school)
    held, only = _held(school, assessment), _subjects(school, subjects)
    if (held.name, held.subjects) == (tidy(name), only):
        return None
    if seen != assessment_line(school=school, assessment=assessment).seen:
        raise Refused(
            f"Somebody else has changed this assessment since you opened it; it is now called {held.name}. "
            "Your change was not saved. Open it again and look."
        )
    _check_name(school, name, but=assessment)
    held.name, held.subjects = tidy(name), only
    return _altered(school, [held], ["name", "subjects"], {"assessments edited": 1}, by, at)


@transaction.atomic
def move_assessment_up(*, school: int, assessment: int, seen: str, by: int, at: datetime) -> int:
    """Puts an assessment before the one above it. `seen` is the fingerprint of the list the editor saw."""
    take_settings(school=school)
    _held(school, assessment)
    lines = assessment_lines(school=school)
    places = swapped([line.id for line in lines], assessment)
    if seen != lines.seen or not places:
        raise Refused("The list has changed since you opened it. Nothing was moved. Open it again and look.")
    rows = [row for row in AssessmentName.objects.filter(school_id=school) if row.position != places[row.pk]]
    for row in rows:
        row.position = places[row.pk]
    made = _altered(school, rows, ["position"], {"assessments moved": 1}, by, at)
    _keep_main(school, set(places))
    return made


@transaction.atomic
def set_read_only(*, school: int, assessment: int, read_only: bool, by: int, at: datetime) -> int | None:
    """Keeps an assessment as history, which takes no new marks; or takes it up again."""
    take_settings(school=school)
    held = _held(school, assessment)
    if held.read_only == read_only:
        return None
    held.read_only = read_only
    counts = {"assessments made history" if read_only else "assessments taken up": 1}
    made = _altered(school, [held], ["read_only"], counts, by, at)
    _keep_main(school, {held.pk})
    return made


@transaction.atomic
def choose_scheme(*, school: int, assessment: int, scheme: int, by: int, at: datetime) -> int | None:
    """Has new marks of an assessment read by another scheme; the marks it has keep theirs."""
    take_settings(school=school)
    held, chosen = _held(school, assessment), scheme_of(school=school, scheme=scheme)
    if held.scheme_id == chosen.id:
        return None
    held.scheme_id = chosen.id
    made = _altered(school, [held], ["scheme"], {"assessments read anew": 1}, by, at)
    _keep_main(school, {held.pk})
    return made


@transaction.atomic
def remove_assessment(*, school: int, assessment: int, by: int, at: datetime) -> None:
    """Removes an assessment that has no marks. It can simply be added again, so there is no undo."""
    take_settings(school=school)
    held, line = _held(school, assessment), assessment_line(school=school, assessment=assessment)
    if line.used:
        raise Refused("Pupils have marks of it, so the record keeps it. Nothing was removed. Make it read only.")
    if line.main:
        raise Refused("This is the main assessment. Nothing was removed. Put another one first, then remove it.")
    held.delete()
    audit.record(school=school, by=by, at=at, verb="assessment.removed", subject="assessment", subject_id=assessment)


def _held(school: int, assessment: int) -> AssessmentName:
    found = AssessmentName.objects.filter(school_id=school, pk=assessment).first()
    if found is None:
        raise Refused(GONE)
    return found


def _keep_main(school: int, touched: Collection[int]) -> None:
    """Reports begin with the first assessment, so it must bear being judged."""
    first = assessment_lines(school=school)[0]
    if first.id in touched and (first.read_only or first.kind in NUMERIC):
        raise Refused(MAIN_STAYS)


def _check_name(school: int, name: str, *, but: int | None) -> None:
    others = {line.id for line in assessment_lines(school=school) if line.name.casefold() == tidy(name).casefold()}
    if not tidy(name) or others - {but}:
        raise Refused(f"An assessment needs a name that no other has: “{tidy(name)}”. Nothing was changed.")


def _subjects(school: int, asked: Collection[int]) -> list[int]:
    """The ids in the school's own order; none for all of them."""
    held = [subject for subject, _ in subjects(school=school)]
    if set(asked) - set(held):
        raise Refused("There is no such subject in this school. Nothing was changed.")
    chosen = [subject for subject in held if subject in asked]
    return [] if chosen == held else chosen


def _altered(
    school: int, rows: list[AssessmentName], fields: list[str], counts: dict[str, int], by: int, at: datetime
) -> int:
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.SCHEME, by=by, at=at)
    alter(AssessmentName, deed=Deed(school, change_set.pk, at), rows=rows, fields=fields)
    close_change_set(change_set, counts=counts)
    return change_set.pk
