"""`itrack undo` knows every kind of change."""

import pytest

from itrack.config.undoing import MAY, take_back
from itrack.curriculum.api import add_subject, subjects
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from itrack.schools.api import add_year, years
from tests.cast import NOW, Cast


def test_every_kind_of_change_says_who_may_take_it_back() -> None:
    assert set(MAY) == set(ChangeSet.Kind)
    assert all(may.roles for may in MAY.values())


def test_a_setting_is_taken_back_by_a_leader_and_by_nobody_else(cast: Cast) -> None:
    with writing(cast.oakfield):
        made = add_subject(school=cast.oakfield, name="History", by=cast.hana.member, at=NOW)

    with writing(cast.oakfield), pytest.raises(Refused, match="may not take this back"):
        take_back(viewer=cast.tom, change_set=made, at=NOW)
    with writing(cast.oakfield):
        take_back(viewer=cast.ada, change_set=made, at=NOW)
        assert "History" not in {name for _, name in subjects(school=cast.oakfield)}


def test_a_year_that_was_added_is_taken_back(cast: Cast) -> None:
    with writing(cast.oakfield):
        made = add_year(school=cast.oakfield, year=2027, by=cast.olu.member, at=NOW)
        assert 2027 in years(school=cast.oakfield)

        take_back(viewer=cast.olu, change_set=made, at=NOW)

        assert 2027 not in years(school=cast.oakfield)
