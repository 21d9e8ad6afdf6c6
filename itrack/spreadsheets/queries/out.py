"""Pupils and marks as tables to take away, under the names by which our own reader knows its columns again."""

from collections.abc import Collection
from datetime import date

from itrack.assessment.api import marks_of
from itrack.curriculum.api import subjects
from itrack.pupils.api import held_pupils, pupils_on_roll
from itrack.schools.api import PointRow, academic_year_on
from itrack.spreadsheets.rules.kinds import PUPIL_FIELDS
from itrack.spreadsheets.rules.out import TAKEN, mark_cell, pupil_cells
from itrack.ui.files import Cell, Export, Table

HEADS = [field.label for field in PUPIL_FIELDS if field.name in TAKEN]
WHO = ("UPN", "Surname", "Forename", "Date of birth")


def pupils_out(*, school: int, on: date, among: Collection[int] | None) -> Export:
    """The pupils on roll that day; `among` are those the person may see, None for all."""
    year = academic_year_on(on)
    lines = _seen(school, on, among)
    held = held_pupils(school=school, pupils=[pk for pk, _ in lines])
    rows = [[*pupil_cells(held[pk], year), class_name] for pk, class_name in lines]
    about = [("Pupils", "On roll, by surname"), ("Day", on.isoformat())]
    return Export(f"pupils-{on.isoformat()}", [Table("Pupils", [*HEADS, "Class"], rows)], about)


def _seen(school: int, on: date, among: Collection[int] | None) -> list[tuple[int, str]]:
    lines = pupils_on_roll(school=school, on=on, year=academic_year_on(on))
    return [(line.id, line.class_name) for line in lines if among is None or line.id in among]


def marks_out(
    *, school: int, point: PointRow, assessment: tuple[int, str], on: date, among: Collection[int] | None
) -> Export:
    """The confirmed marks of one point and assessment, a row a pupil on roll and a column a subject."""
    stands = {
        (mark.pupil, mark.subject): mark.code
        for mark in marks_of(school=school, point=point.id, assessment=assessment[0])
        if mark.confirmed
    }
    columns, lines = subjects(school=school), _seen(school, on, among)
    held = held_pupils(school=school, pupils=[pk for pk, _ in lines])
    rows: list[list[Cell]] = []
    for pk, class_name in lines:
        fields = held[pk].fields
        who = [fields["upn"], fields["legal_surname"], fields["legal_forename"], fields["dob"], class_name]
        rows.append([*who, *(mark_cell(stands.get((pk, subject), "")) for subject, _ in columns)])
    about = [("Assessment point", point.title), ("Assessment", assessment[1]), ("Taken out", on.isoformat())]
    heads = [*WHO, "Class", *(name for _, name in columns)]
    return Export(f"marks-{point.year}-{point.slot}", [Table("Marks", heads, rows)], about)
