"""Pupils' names by id, for pages that hold ids alone."""

from collections.abc import Collection

from itrack.pupils.models import Pupil


def pupil_names(*, school: int, pupils: Collection[int]) -> dict[int, str]:
    """ "Acorn, Amara" by id; an id that is no pupil of the school has no entry."""
    rows = Pupil.objects.filter(school_id=school, pk__in=set(pupils)).values_list(
        "pk", "preferred_surname", "legal_surname", "preferred_forename", "legal_forename"
    )
    return {pk: f"{called or surname}, {known or forename}" for pk, called, surname, known, forename in rows}
