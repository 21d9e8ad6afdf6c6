"""How a link that was sent by mail stands."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from itrack.accounts.models import Link
from itrack.accounts.rules_links import Fate, Purpose


@dataclass(frozen=True, slots=True)
class Followed:
    """A link somebody followed. `person` and `school` are 0 for an unknown one; a password's has no school."""

    fate: Fate
    person: int = 0
    school: int = 0
    until: datetime | None = None


def followed(*, key: str, purpose: Purpose, now: datetime) -> Followed:
    """The link with this key, which is its token's digest, if it is for that purpose. Not for the reading window."""
    link = Link.objects.filter(digest=key, purpose=purpose.value).first()
    if link is None:
        return Followed(Fate.UNKNOWN)
    return Followed(_fate(link, now), link.person_id, link.place_id or 0, link.expires_at)


def alike(*, person: int, purpose: Purpose, school: int | None) -> QuerySet[Link]:
    """The person's links for this purpose, invitations to that school alone: another school's are none of its."""
    rows = Link.objects.filter(person_id=person, purpose=purpose.value)
    return rows.filter(place_id=school) if purpose is Purpose.INVITATION else rows


def _fate(link: Link, now: datetime) -> Fate:
    if link.used_at is not None:
        return Fate.USED
    if now < link.expires_at:
        return Fate.GOOD
    later = alike(person=link.person_id, purpose=Purpose(link.purpose), school=link.place_id)
    return Fate.REPLACED if later.filter(pk__gt=link.pk).exists() else Fate.EXPIRED
