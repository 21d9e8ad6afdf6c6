"""Subjects and the marks a school gives."""

from django.db.models import QuerySet

from itrack.curriculum.models import MarkOption, Subject
from itrack.curriculum.rules import BAND_OF, OptionRow


def subjects(*, school: int) -> list[tuple[int, str]]:
    """(id, name) in the school's own order."""
    return list(subject_rows(school=school).order_by("position", "name").values_list("pk", "name"))


def mark_options(*, school: int) -> list[OptionRow]:
    """The marks of the school's main scheme, in order, codes such as absent last."""
    rows = option_rows(school=school).order_by("position")
    return [
        OptionRow(pk, code, name, band, BAND_OF[band].css if band else "")
        for pk, code, name, band in rows.values_list("pk", "code", "name", "band")
    ]


def subject_rows(*, school: int) -> QuerySet[Subject]:
    """The subjects, for a larger question to take in."""
    return Subject.objects.filter(school_id=school)


def option_rows(*, school: int) -> QuerySet[MarkOption]:
    """The marks of the main scheme, for a larger question to take in."""
    return MarkOption.objects.filter(school_id=school, scheme__name=MAIN_SCHEME)


MAIN_SCHEME = "Main assessment"
