"""Pupils' names by id, for pages that hold ids alone."""

from collections.abc import Collection

from itrack.pupils.models import Pupil


def pupil_names(*, school: int, pupils: Collection[int]) -> dict[int, str]:
    """ "Acorn, Amara" by id; an id that is no pupil of the school has no entry."""
    names = names_of(school=school, pupils=pupils)
    return {pk: f"{surname}, {forename}" for pk, (surname, forename) in names.items()}


def names_of(*, school: int, pupils: Collection[int]) -> dict[int, tuple[str, str]]:
    """Surname and forename by id, preferred before legal."""
    rows = Pupil.objects.filter(school_id=school, pk__in=set(pupils)).values_list(
        "pk", "preferred_surname", "legal_surname", "preferred_forename", "legal_forename"
    )
    return {pk: (called or surname, known or forename) for pk, called, surname, known, forename in rows}
