"""The new year: what is suggested, what happens when it is applied, and that it can be taken back exactly."""

from datetime import date

import pytest

from itrack.config.undoing import take_back
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.pupils.api import classes, pupils_on_roll
from itrack.rollover.api import apply_plan
from tests.architecture.world import stored
from tests.cast import TODAY, Cast
from tests.rollover.school import JULY, YEAR, applied, primary, the_plan

SEPTEMBER = date(2027, 9, 6)


@pytest.fixture
def school(cast: Cast) -> dict[str, list[int]]:
    return primary(cast)


def where(cast: Cast, on: date, year: int) -> dict[int, tuple[str, str]]:
    with reading(cast.oakfield):
        lines = pupils_on_roll(school=cast.oakfield, on=on, year=year)
        return {line.id: (line.class_name, line.year_group) for line in lines}


def test_every_class_moves_up_and_year_6_leaves(cast: Cast, school) -> None:
    applied(cast)

    then = where(cast, SEPTEMBER, YEAR)
    assert {then[pupil] for pupil in school["3 Birch"]} == {("4 Birch", "4")}
    assert {then[pupil] for pupil in school["Reception"]} == {("Year 1", "1")}
    assert not set(school["6 Cedar"]) & then.keys()
    with reading(cast.oakfield):
        names = [row.name for row in classes(school=cast.oakfield, year=YEAR)]
    assert names == ["Year 1", "2 Ash", "3 Ash", "4 Birch", "5 Birch", "6 Cedar", "Reception"]


def test_the_present_year_shows_what_it_showed_before(cast: Cast, school) -> None:
    before = where(cast, TODAY, 2026), where(cast, date(2027, 7, 1), 2026)
    with reading(cast.oakfield):
        rows = classes(school=cast.oakfield, year=2026, on=TODAY)

    applied(cast)

    assert (where(cast, TODAY, 2026), where(cast, date(2027, 7, 1), 2026)) == before
    with reading(cast.oakfield):
        assert classes(school=cast.oakfield, year=2026, on=TODAY) == rows


def test_taking_it_back_leaves_every_table_as_it_was(cast: Cast, school) -> None:
    before = stored(cast.oakfield)

    done = applied(cast)
    with writing(cast.oakfield):
        take_back(viewer=cast.olu, change_set=done, at=JULY)

    changed = {table for table, digest in stored(cast.oakfield).items() if digest != before[table]}
    assert changed <= {"foundation_changeset", "foundation_auditentry", "foundation_replaced", "pupils_roll"}


def test_the_second_of_two_is_told_who_was_first(cast: Cast, school) -> None:
    digest = the_plan(cast).outcome.digest
    applied(cast, by="hana")

    with pytest.raises(Refused, match="Hana Head has set 2027/28 up already"), writing(cast.oakfield):
        apply_plan(school=cast.oakfield, year=YEAR, digest=digest, by=cast.olu.member, at=JULY)
