"""A school starts with the frameworks that come with the product."""

import pytest

from itrack.foundation.changes.actions import undo
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.frameworks import api
from itrack.frameworks.sources.shipped import shipped
from tests.cast import NOW


def start(cast) -> int:
    with writing(cast.oakfield):
        return api.add_shipped_frameworks(school=cast.oakfield, by=cast.hana.member, at=NOW)


def test_a_school_starts_on_its_first_day_with_all_statements(cast):
    start(cast)

    with reading(cast.oakfield):
        held = {line.name: line for line in api.frameworks(school=cast.oakfield)}
        curriculum = held["National curriculum"]
        stored = api.content_of(school=cast.oakfield, framework=curriculum.id)
        four = api.framework_for(school=cast.oakfield, year=2026, subject="Maths", year_group="4")

    assert stored == shipped()[0]
    assert (curriculum.statements, held["Early learning goals"].statements) == (809, 17)
    assert curriculum.locked
    assert four.id == curriculum.id


def test_what_is_there_already_is_not_added_twice(cast):
    start(cast)

    with pytest.raises(Refused, match="here already"):
        start(cast)


def test_starting_can_be_taken_back_and_the_other_school_notices_nothing(cast):
    change_set = start(cast)

    with writing(cast.oakfield):
        undo(school=cast.oakfield, change_set=change_set, by=cast.hana.member, at=NOW)

    for school in (cast.oakfield, cast.thornhill):
        with reading(school):
            assert api.frameworks(school=school, archived=True) == []


def test_starting_is_taken_back_twice_in_one_transaction(cast):
    with writing(cast.oakfield):
        for _ in range(2):
            change_set = api.add_shipped_frameworks(school=cast.oakfield, by=cast.hana.member, at=NOW)
            undo(school=cast.oakfield, change_set=change_set, by=cast.hana.member, at=NOW)

        assert api.frameworks(school=cast.oakfield, archived=True) == []
