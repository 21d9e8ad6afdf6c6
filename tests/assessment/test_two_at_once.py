"""Two people in one cell within the same moment: one mark stands, the other person is told, nothing breaks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection

from itrack.assessment.models import Judgement
from itrack.assessment.rules.marks import SavedMarks
from itrack.foundation.models import AuditEntry
from itrack.foundation.tenancy.windows import writing
from tests.assessment.conftest import Classroom
from tests.cast import NOW


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
    # Both learn of it: the one by the answer, the other from the sheet they have open.
    winner = "tom" if results[0].saved else "hana"
    other = {"tom": "Hana Head", "hana": "Tom Teacher"}[winner]
    with time_machine.travel(NOW, tick=False):
        told = room.cast.client(winner).get(f"/mark/standing?group={room.group}").json()["wanted"]
    assert len(told) == 12
    assert set(told.values()) == {f"{other} wanted another mark here at 10:00. Yours stands."}


def test_who_was_first_learns_that_a_colleague_wanted_another_mark(room: Classroom) -> None:
    room.save("tom", {room.cell("Amara"): "E", room.cell("Toby"): "B"}, shown={})

    room.save("hana", {room.cell("Amara"): "W", room.cell("Mei"): "G"}, shown={room.cell("Amara"): ""})

    amara = "{}-{}".format(*room.cell("Amara"))
    with time_machine.travel(NOW, tick=False):
        told = room.cast.client("tom").get("/mark/standing").json()
        page = room.cast.client("tom").get("/mark/").content.decode()
        hanas = room.cast.client("hana").get(f"/mark/standing?group={room.group}").json()
    assert told["wanted"] == {amara: "Hana Head wanted another mark here at 10:00. Yours stands."}
    assert "Reading: Hana Head wanted another mark here at 10:00. Yours stands." in page
    assert hanas["wanted"] == {}
    with writing(room.cast.oakfield):
        entry = AuditEntry.objects.get(verb="mark.wanted")
        assert (entry.by_id, entry.fields, entry.counts) == (room.cast.hana.member, [], {})
        assert Judgement.objects.get(pk=entry.subject_id).pupil_id == room.pupils["Amara"]


def test_it_is_no_longer_said_once_the_mark_is_another_or_a_day_has_passed(room: Classroom) -> None:
    empty = {room.cell("Amara"): ""}
    room.save("tom", {room.cell("Amara"): "E"}, shown=empty)
    room.save("hana", {room.cell("Amara"): "W"}, shown=empty)
    tom = room.cast.client("tom")
    with time_machine.travel(NOW, tick=False):
        assert len(tom.get("/mark/standing").json()["wanted"]) == 1
    with time_machine.travel(NOW + timedelta(hours=25), tick=False):
        assert room.cast.client("tom").get("/mark/standing").json()["wanted"] == {}

    room.save("hana", {room.cell("Amara"): "W"}, shown={room.cell("Amara"): "E"})

    with time_machine.travel(NOW, tick=False):
        assert room.cast.client("tom").get("/mark/standing").json()["wanted"] == {}


def test_who_emptied_a_cell_learns_that_a_colleague_wanted_a_mark_there(room: Classroom) -> None:
    room.save("tom", {room.cell("Amara"): "E"})
    room.save("tom", {room.cell("Amara"): ""})

    room.save("hana", {room.cell("Amara"): "W"}, shown={room.cell("Amara"): "E"})

    with time_machine.travel(NOW, tick=False):
        (told,) = room.cast.client("tom").get("/mark/standing").json()["wanted"].values()
    assert told == "Hana Head wanted another mark here at 10:00. It is empty, as you left it."


def test_a_mark_of_the_other_school_is_not_told_of(room: Classroom) -> None:
    room.save("tom", {room.cell("Amara"): "E"}, shown={room.cell("Amara"): ""})
    room.save("hana", {room.cell("Amara"): "W"}, shown={room.cell("Amara"): ""})

    with time_machine.travel(NOW, tick=False):
        assert room.cast.client("theo").get("/mark/standing").json()["wanted"] == {}
