"""Taking the roll in hand: changes to one school's roll wait for each other, and each makes older previews stale."""

from django.db.models import F

from itrack.pupils.models import Roll


def take_roll(*, school: int) -> int:
    """Locks the school's roll until the transaction ends; returns the version it stands at."""
    Roll.objects.bulk_create([Roll(school_id=school)], ignore_conflicts=True)
    return Roll.objects.select_for_update().get(school_id=school).version


def move_roll_on(*, school: int) -> None:
    """Makes every preview made before now stale. The roll must have been taken."""
    Roll.objects.filter(school_id=school).update(version=F("version") + 1)
