"""What a person's password is judged by: the words around them, and whether they prove more than it."""

from dataclasses import dataclass

from django.conf import settings

from itrack.accounts.models import Membership, Person, SecondFactor
from itrack.foundation.tenancy.windows import as_person


@dataclass(frozen=True, slots=True)
class Around:
    """`words` others connect with the person; `places` are (school, membership), not only those taken up."""

    words: list[str]
    places: list[tuple[int, int]]
    second_factor: bool


def around(*, person: int) -> Around:
    """Opens a window of its own, on this person's places alone."""
    account = Person.objects.get(pk=person)
    with as_person(person):
        rows = Membership.objects.filter(person_id=person, ended_on__isnull=True).select_related("school__trust")
        places = list(rows.order_by("pk"))
    words = [account.username or "", account.email or "", settings.OPERATOR["name"]]
    words += [word for place in places for word in _words(place)]
    factor = SecondFactor.objects.filter(person_id=person).exists()
    return Around(words, [(place.school_id, place.pk) for place in places], factor)


def _words(place: Membership) -> list[str]:
    trust = place.school.trust
    return [place.name, place.school.name, place.school.town, trust.name if trust else ""]
