"""Two people in one cell within the same moment: one mark stands, the other person is told, nothing breaks."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from itrack.assessment.models import Judgement
from itrack.assessment.rules.marks import SavedMarks
from itrack.foundation.tenancy.windows import writing
from tests.assessment.conftest import Classroom


@pytest.mark.django_db(transaction=True)
def test_of_two_savers_at_the_same_moment_one_saves_and_one_is_told(room: Classroom) -> None:
    cells = {room.cell(name, subject): "" for name in ("Amara", "Toby", "Mei") for subject in room.subjects}

    def save(name: str, code: str, ready: Barrier) -> SavedMarks:
        ready.wait()
        try:
            return room.save(name, dict.fromkeys(cells, code), shown=cells)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        ready = Barrier(2)
        made = [people.submit(save, *told, ready) for told in (("tom", "E"), ("hana", "W"))]
        results = [one.result(timeout=30) for one in made]

    assert sorted((one.saved, len(one.refused)) for one in results) == [(0, 12), (12, 0)]
    loser = next(one for one in results if one.refused)
    assert all("after you opened this page" in cell.reason for cell in loser.refused)
    with writing(room.cast.oakfield):
        assert Judgement.objects.filter(ended_at=None).count() == Judgement.objects.count() == 12
