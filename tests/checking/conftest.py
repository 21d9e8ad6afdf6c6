"""The classroom of the marks: Tom's 4B of three pupils, 4A of one, and Thornhill's only pupil."""

import pytest
import time_machine

from itrack.curriculum.models import AssessmentName, MarkScheme
from itrack.foundation.models import ChangeSet
from itrack.foundation.tenancy.windows import writing
from tests.assessment.conftest import Classroom, room  # noqa: F401
from tests.cast import NOW


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def test_of_reading(room: Classroom) -> int:  # noqa: F811
    """An assessment beside the main one: a standardised score in reading alone, 115 and more greater depth."""
    with writing(room.cast.oakfield):
        deed = room.cast.deed("hana", ChangeSet.Kind.SCHEME)
        bands = [{"band": "below", "at_least": "70"}, {"band": "expected", "at_least": "95"}]
        bands += [{"band": "greater", "at_least": "115"}]
        told = {"school_id": room.cast.oakfield, "added_by_id": deed.change_set}
        scheme = MarkScheme.objects.create(name="Scores", kind="standardised", bands=bands, **told)
        only = [room.subjects["Reading"]]
        return AssessmentName.objects.create(name="Reading test", scheme=scheme, position=9, subjects=only, **told).pk
