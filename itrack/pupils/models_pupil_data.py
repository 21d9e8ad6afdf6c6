"""What most tables of a pupil say alike of whose data they hold, and which rows stand."""

from django.db import models

from itrack.foundation.personal_data import PUPIL, Delete, Purpose, SchoolData, UntilAfter

STANDS = models.Q(ended_at__isnull=True)
OURS = frozenset({"id", "school", "pupil", "added_by", "added_at", "ended_at", "ended_by"})


class PupilData(SchoolData):
    """What most tables of a pupil say alike."""

    about = PUPIL
    reach = "pupil"
    purpose = Purpose.ROLL
    erase = Delete()
    keep = UntilAfter("the pupil left", years=1)
