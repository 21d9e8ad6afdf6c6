"""Schools arrive and set up their years."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from itrack.foundation.models import ChangeSet
from itrack.schools.models import AssessmentPoint, School

SLOTS = ("Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2")


@dataclass(frozen=True, slots=True)
class NewSchool:
    urn: str
    la: str
    estab: str
    name: str
    country: str = "ENG"


@transaction.atomic
def add_school(*, new: NewSchool) -> int:
    """Takes a school on; returns its id. Its rows can be written from then on, inside `writing(id)`."""
    return School.objects.create(urn=new.urn, la=new.la, estab=new.estab, name=new.name, country=new.country).pk


def set_up_year(*, school: int, year: int, change_set: ChangeSet) -> None:
    """Adds the year's six half-term slots with usual dates; a year already there is left as it is."""
    if AssessmentPoint.objects.filter(school_id=school, year=year).exists():
        return
    AssessmentPoint.objects.bulk_create(
        AssessmentPoint(
            school_id=school, year=year, slot=slot, name=name, opens_on=opens, closes_on=closes, added_by=change_set
        )
        for slot, (name, (opens, closes)) in enumerate(zip(SLOTS, _usual_dates(year), strict=True), start=1)
    )


def _usual_dates(year: int) -> list[tuple[date, date]]:
    # Half-terms as most English schools keep them; a school edits its own.
    return [
        (date(year, 9, 1), date(year, 10, 23)),
        (date(year, 11, 2), date(year, 12, 18)),
        (date(year + 1, 1, 4), date(year + 1, 2, 12)),
        (date(year + 1, 2, 22), date(year + 1, 3, 26)),
        (date(year + 1, 4, 12), date(year + 1, 5, 28)),
        (date(year + 1, 6, 7), date(year + 1, 7, 22)),
    ]
