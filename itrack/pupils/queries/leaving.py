"""Who has left, or is about to."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from itrack.pupils.models import Enrolment
from itrack.pupils.queries.roll import PupilLine, lines_of_pupils
from itrack.pupils.queries.standing import standing


def leavers(*, school: int, since: date, on: date, year: int) -> list[tuple[PupilLine, date]]:
    """The pupils whose last spell on roll ends on `since` or later, each with that last day."""
    stands = Enrolment.objects.filter(standing(None), school_id=school)
    further = stands.filter(Q(ends__isnull=True) | Q(ends__gt=OuterRef("ends")), pupil=OuterRef("pupil"))
    ended = stands.filter(~Exists(further), ends__gte=since).values_list("pupil_id", "ends")
    last_days = {pupil: ends for pupil, ends in ended if ends is not None}
    lines = lines_of_pupils(list(last_days), school=school, on=on, year=year)
    return [(line, last_days[line.id]) for line in lines]
