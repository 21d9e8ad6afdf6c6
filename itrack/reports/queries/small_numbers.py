"""Up to how many pupils a figure is held back from readers without names."""

from itrack.reports.models import SmallNumbers
from itrack.reports.rules.suppression.holding import FEW


def small_numbers(*, school: int) -> int:
    kept = SmallNumbers.objects.filter(school_id=school).values_list("upto", flat=True).first()
    return FEW if kept is None else kept
