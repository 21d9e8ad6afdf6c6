"""What the command line takes back: every kind of deed there is, for the roles that may do it."""

import pytest

from itrack.config.undoing import MAY, take_back
from itrack.curriculum.api import add_subject, rename_scheme, scheme, subjects
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from itrack.schools.api import add_year, years
from tests.cast import NOW, Cast


def test_every_kind_of_deed_says_who_may_take_it_back() -> None:
    assert MAY.keys() == set(ChangeSet.Kind)


def test_settings_are_taken_back_by_a_leader_and_by_nobody_else(cast: Cast) -> None:
    by = {"school": cast.oakfield, "by": cast.hana.member, "at": NOW}
    with writing(cast.oakfield):
        before = settings(cast)
        held = scheme(school=cast.oakfield)
        deeds = [
            add_subject(name="Latin", **by),
            rename_scheme(scheme=held.id, seen=held.name, name="Our marks", **by),
            add_year(year=max(years(school=cast.oakfield)) + 1, **by),
        ]
        changed = settings(cast)

        for deed in deeds:
            with pytest.raises(Refused, match="may not take this back"):
                take_back(viewer=cast.tom, change_set=deed, at=NOW)
        kinds = [take_back(viewer=cast.hana, change_set=deed, at=NOW) for deed in deeds]

        assert all(one != other for one, other in zip(before, changed, strict=True))
        assert kinds == [ChangeSet.Kind.SUBJECTS, ChangeSet.Kind.SCHEME, ChangeSet.Kind.CALENDAR]
        assert settings(cast) == before


def settings(cast: Cast) -> tuple[object, ...]:
    return (
        subjects(school=cast.oakfield),
        scheme(school=cast.oakfield).name,
        years(school=cast.oakfield),
    )
