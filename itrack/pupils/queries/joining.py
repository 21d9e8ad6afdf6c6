"""When pupils came."""

from collections.abc import Collection
from datetime import date, datetime

from itrack.pupils.models import Enrolment
from itrack.pupils.queries.standing import covers, standing


def joined_on(*, school: int, pupils: Collection[int], on: date, as_at: datetime | None = None) -> dict[int, date]:
    """The first day of the spell on roll that includes the day `on`, of those pupils who have one."""
    spells = Enrolment.objects.filter(standing(as_at), covers(on), school_id=school, pupil_id__in=pupils)
    # Of two spells that overlap the earlier is written last, and so is the one told.
    return dict(spells.order_by("-starts").values_list("pupil_id", "starts"))
