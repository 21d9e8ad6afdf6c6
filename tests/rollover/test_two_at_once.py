"""Two people press at the same moment: the year is set up once, and the other is told by whom."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.rollover.api import apply_plan
from tests.cast import build_cast
from tests.rollover.school import JULY, YEAR, fill, the_plan


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_sets_the_year_up_and_one_is_told() -> None:
    cast = build_cast()
    fill(cast, {"3 Birch": {"3": 4}, "4 Birch": {"4": 4}})
    digest = the_plan(cast).outcome.digest

    def press(name: str, ready: Barrier) -> str:
        ready.wait()
        try:
            with writing(cast.oakfield):
                apply_plan(school=cast.oakfield, year=YEAR, digest=digest, by=cast.people[name].member, at=JULY)
        except Refused as refusal:
            return refusal.sentence
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as people:
        ready = Barrier(2)
        pressed = [people.submit(press, name, ready) for name in ("olu", "hana")]
        said = sorted(one.result(timeout=30) for one in pressed)

    assert said[0] == ""
    assert "has set 2027/28 up already, on 5 July 2027. Nothing was done twice." in said[1]
    with reading(cast.oakfield):
        assert ChangeSet.objects.filter(kind="rollover").count() == 1
