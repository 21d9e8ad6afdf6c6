"""Giving a new school subjects and a way of marking, which it may then edit."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from itrack.curriculum.models import AssessmentName, MarkOption, MarkScheme, Subject
from itrack.curriculum.rules_schemes import Kind, rules_data
from itrack.curriculum.rules_usual import MAIN, USUAL_ASSESSMENTS, UsualAssessment, usual
from itrack.foundation.changes.actions import close_change_set, open_change_set
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.schools.api import take_settings

FIRST_SUBJECTS = ("Reading", "Writing", "Maths", "Science")


def set_up_curriculum(*, school: int, change_set: ChangeSet) -> None:
    """Adds the four first subjects and the main scheme of four bands and one code; does nothing a second time."""
    if Subject.objects.filter(school_id=school).exists():
        return
    _first_subjects(school, change_set)
    _first_scheme(school, change_set)


@transaction.atomic
def add_first_subjects(*, school: int, by: int, at: datetime) -> int:
    """Gives a school without subjects the four most have; returns the change set."""
    take_settings(school=school)
    if Subject.objects.filter(school_id=school).exists():
        raise Refused("There are subjects already. Nothing was changed. Add others by name.")
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.SUBJECTS, by=by, at=at)
    _first_subjects(school, change_set)
    close_change_set(change_set, counts={"subjects": len(FIRST_SUBJECTS)})
    return change_set.pk


@transaction.atomic
def add_first_scheme(*, school: int, by: int, at: datetime) -> int:
    """Gives a school without marks the four bands and one code; returns the change set."""
    take_settings(school=school)
    if MarkOption.objects.filter(school_id=school).exists():
        raise Refused("There is a mark scheme already. Nothing was changed. Open it and look.")
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.SCHEME, by=by, at=at)
    counts = {"marks": _first_scheme(school, change_set)}
    close_change_set(change_set, counts=counts)
    return change_set.pk


@transaction.atomic
def add_usual_assessments(*, school: int, by: int, at: datetime) -> int:
    """Adds the assessments most schools have beside their own judgement, those that are missing; the change set."""
    take_settings(school=school)
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.SCHEME, by=by, at=at)
    if not AssessmentName.objects.filter(school_id=school).exists():
        _first_scheme(school, change_set)
    added = set_up_usual_assessments(school=school, change_set=change_set)
    if not added:
        raise Refused("The usual assessments are all there already. Nothing was changed.")
    close_change_set(change_set, counts={"assessments": added})
    return change_set.pk


def set_up_usual_assessments(*, school: int, change_set: ChangeSet) -> int:
    """Adds those of the usual assessments whose name is free, each with a scheme of its name; returns how many."""
    taken = set(AssessmentName.objects.filter(school_id=school).values_list("name", flat=True))
    taken |= set(MarkScheme.objects.filter(school_id=school).values_list("name", flat=True))
    missing = [each for each in USUAL_ASSESSMENTS if each.name not in taken]
    subjects = dict(Subject.objects.filter(school_id=school).values_list("name", "pk"))
    for each in missing:
        only = [subjects[name] for name in each.subjects if name in subjects]
        add_with_scheme(school, each, only, change_set)
    return len(missing)


def add_with_scheme(school: int, told: UsualAssessment, only: list[int], change_set: ChangeSet) -> AssessmentName:
    """An assessment at the end of the list, with a new scheme of its kind and name. `only`: ids of subjects."""
    scheme = MarkScheme.objects.create(
        school_id=school, name=told.name, kind=told.kind, bands=rules_data(usual(told.kind).rules), added_by=change_set
    )
    _fill(scheme, told.kind, change_set)
    last = AssessmentName.objects.filter(school_id=school).aggregate(last=Max("position"))["last"] or 0
    return AssessmentName.objects.create(
        school_id=school,
        name=told.name,
        scheme=scheme,
        position=last + 1,
        subjects=only,
        added_by=change_set,
    )


def _fill(scheme: MarkScheme, kind: Kind, change_set: ChangeSet) -> int:
    """Gives an empty scheme the marks that are usual of its kind; returns how many."""
    marks = MarkOption.objects.bulk_create(
        MarkOption(
            school_id=scheme.school_id, scheme=scheme, code=code, name=name, band=band, position=place,
            added_by=change_set,
        )
        for place, (code, name, band) in enumerate(usual(kind).marks, start=1)
    )  # fmt: skip
    return len(marks)


def _first_subjects(school: int, change_set: ChangeSet) -> None:
    Subject.objects.bulk_create(
        Subject(school_id=school, name=name, position=position, added_by=change_set)
        for position, name in enumerate(FIRST_SUBJECTS, start=1)
    )


def _first_scheme(school: int, change_set: ChangeSet) -> int:
    scheme = main_scheme_to_fill(school=school, change_set=change_set)
    return _fill(scheme, Kind(scheme.kind), change_set)


def main_scheme_to_fill(*, school: int, change_set: ChangeSet) -> MarkScheme:
    """The scheme of the main assessment; both are made when the school has none.

    A scheme whose marks were all removed again is still the school's main one.
    """
    main = AssessmentName.objects.filter(school_id=school).order_by("position", "pk").first()
    if main is not None:
        return MarkScheme.objects.get(school_id=school, pk=main.scheme_id)
    scheme = MarkScheme.objects.create(school_id=school, name=MAIN, added_by=change_set)
    AssessmentName.objects.create(school_id=school, name=MAIN, scheme=scheme, position=1, added_by=change_set)
    return scheme
