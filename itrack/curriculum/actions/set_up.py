"""Giving a new school subjects and a way of marking, which it may then edit."""

from datetime import datetime

from django.db import transaction

from itrack.curriculum.models import AssessmentName, MarkOption, MarkScheme, Subject
from itrack.curriculum.queries.assessments import MAIN
from itrack.curriculum.rules import BANDS
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
    _first_scheme(school, change_set)
    close_change_set(change_set, counts={"marks": len(BANDS) + 1})
    return change_set.pk


def _first_subjects(school: int, change_set: ChangeSet) -> None:
    Subject.objects.bulk_create(
        Subject(school_id=school, name=name, position=position, added_by=change_set)
        for position, name in enumerate(FIRST_SUBJECTS, start=1)
    )


def _first_scheme(school: int, change_set: ChangeSet) -> None:
    scheme = main_scheme_to_fill(school=school, change_set=change_set)
    marks = [(band.letter, band.name, band.code) for band in BANDS] + [("A", "Absent for the assessment", "")]
    MarkOption.objects.bulk_create(
        MarkOption(
            school_id=school, scheme=scheme, code=code, name=name, band=band, position=position, added_by=change_set
        )
        for position, (code, name, band) in enumerate(marks, start=1)
    )


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
