"""Giving a new school subjects and a way of marking, which it may then edit."""

from itrack.curriculum.models import MarkOption, MarkScheme, Subject
from itrack.curriculum.queries import MAIN_SCHEME
from itrack.curriculum.rules import BANDS
from itrack.foundation.models import ChangeSet

FIRST_SUBJECTS = ("Reading", "Writing", "Maths", "Science")


def set_up_curriculum(*, school: int, change_set: ChangeSet) -> None:
    """Adds the four first subjects and the main scheme of four bands and one code; does nothing a second time."""
    if Subject.objects.filter(school_id=school).exists():
        return
    Subject.objects.bulk_create(
        Subject(school_id=school, name=name, position=position, added_by=change_set)
        for position, name in enumerate(FIRST_SUBJECTS, start=1)
    )
    scheme = MarkScheme.objects.create(school_id=school, name=MAIN_SCHEME, added_by=change_set)
    marks = [(band.letter, band.name, band.code) for band in BANDS] + [("A", "Absent for the assessment", "")]
    MarkOption.objects.bulk_create(
        MarkOption(
            school_id=school, scheme=scheme, code=code, name=name, band=band, position=position, added_by=change_set
        )
        for position, (code, name, band) in enumerate(marks, start=1)
    )
