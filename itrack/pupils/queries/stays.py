"""Spells on the roll as the columns of a Stay, with whether their first day is known."""

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.functions import TruncDate

from itrack.foundation import clock
from itrack.foundation.models import ChangeSet

# A file that does not say when a pupil joined puts them on the roll from the day it is brought in.
_UNSAID = Q(added_by__kind=ChangeSet.Kind.ROLL_IMPORT, starts=TruncDate("added_at", tzinfo=clock.LONDON))
STAY = ("starts", "ends", ExpressionWrapper(~_UNSAID, BooleanField()))
