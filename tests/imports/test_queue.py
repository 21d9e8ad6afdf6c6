"""Applying in the background: watched, stopped, asked for twice, and left behind by a killed worker."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from itrack.imports import api
from itrack.imports.models import Batch, Progress
from itrack.pupils.models import Pupil
from tests.cast import NOW, build_cast
from tests.imports.ctf_maker import pupil, upn
from tests.imports.desk import Desk

ROLL = [pupil(upn=upn(n), forename=f"Ottilie{chr(97 + n % 26)}") for n in range(1, 4)]


@pytest.fixture
def desk(transactional_db) -> Desk:
    """For real: what one connection has not committed another does not see."""
    return Desk(build_cast())


def ask(desk: Desk, batch: int, by: str = "olu", at=NOW) -> None:
    with writing(desk.cast.oakfield):
        api.ask_to_apply(school=desk.cast.oakfield, batch=batch, by=desk.cast.people[by].member, at=at)


def work(desk: Desk, batch: int) -> None:
    api.apply_queued(school=desk.cast.oakfield, batch=batch, by=desk.cast.olu.member, at=NOW)


def state(desk: Desk, batch: int) -> tuple[str, int, str]:
    with writing(desk.cast.oakfield):
        told = Progress.objects.get(batch_id=batch)
        return Batch.objects.get(pk=batch).state, Pupil.objects.count(), told.sentence


def test_the_worker_applies_what_was_asked_for_and_counts_along(desk: Desk) -> None:
    batch = desk.preview(*ROLL)
    ask(desk, batch)

    work(desk, batch)

    assert state(desk, batch) == ("applied", 3, "")
    with writing(desk.cast.oakfield):
        told = Progress.objects.get(batch_id=batch)
        assert (told.done, told.total) == (3, 3)


def test_asking_puts_ids_and_nothing_else_in_the_queue(desk: Desk) -> None:
    batch = desk.preview(*ROLL)

    ask(desk, batch)

    with connection.cursor() as cursor:
        cursor.execute("select task_name, args::text from procrastinate_jobs order by id desc limit 1")
        ((task, told),) = cursor.fetchall()
    assert task == "imports.apply"
    assert json.loads(told) == {"school": desk.cast.oakfield, "batch": batch, "by": desk.cast.olu.member}


def test_a_stopped_apply_stores_nothing_and_can_be_asked_for_again(desk: Desk) -> None:
    batch = desk.preview(*ROLL)
    ask(desk, batch)
    with writing(desk.cast.oakfield):
        api.ask_to_stop(school=desk.cast.oakfield, batch=batch, by=desk.cast.ada.member, at=NOW)

    work(desk, batch)

    assert state(desk, batch)[:2] == ("ready", 0)
    assert "everything was put back" in state(desk, batch)[2]
    ask(desk, batch)
    work(desk, batch)
    assert state(desk, batch)[:2] == ("applied", 3)


def test_a_roll_that_moved_while_it_waited_is_answered(desk: Desk) -> None:
    batch = desk.preview(*ROLL)
    ask(desk, batch)
    desk.bring(pupil(upn=upn(50), forename="Osric"))

    work(desk, batch)

    assert state(desk, batch)[:2] == ("ready", 1)
    assert "roll has changed" in state(desk, batch)[2]


def test_two_workers_at_one_file_store_it_once(desk: Desk) -> None:
    batch = desk.preview(*ROLL)
    ask(desk, batch)

    work(desk, batch)
    work(desk, batch)

    assert state(desk, batch)[:2] == ("applied", 3)


def test_the_second_to_ask_is_told_who_asked_first(desk: Desk) -> None:
    batch = desk.preview(*ROLL)
    ask(desk, batch)

    with pytest.raises(Refused, match="Olu Office has already pressed Apply"):
        ask(desk, batch, by="ada")


def test_an_apply_whose_worker_fell_silent_may_be_asked_for_again(desk: Desk) -> None:
    batch = desk.preview(*ROLL)
    ask(desk, batch)

    ask(desk, batch, by="ada", at=NOW + timedelta(minutes=1))

    work(desk, batch)
    assert state(desk, batch)[:2] == ("applied", 3)
