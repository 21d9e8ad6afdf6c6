"""Presence: who is on now, who may see it, and the doors that work on the system shuts."""

from datetime import timedelta
from threading import Event, Thread

import pytest
import time_machine
from django.db import connection
from django.test import Client

from itrack.accounts.api import doors_shut
from itrack.accounts.models import SignIn
from itrack.foundation import clock
from itrack.foundation.models import AuditEntry
from itrack.foundation.tenancy.windows import reading, writing
from tests.cast import PASSWORD, Cast, build_cast

NOW = clock.now().replace(microsecond=0)


def shown(client: Client) -> str:
    answer = client.get("/school/signed-in")
    assert answer.status_code == 200
    return answer.content.decode()


def test_somebody_who_signs_in_is_on_the_list_at_once_and_off_it_when_they_sign_out(cast: Cast) -> None:
    hana = cast.client("hana")
    assert "Tom Teacher" not in shown(hana)

    tom = cast.client("tom")
    assert "Tom Teacher" in shown(hana)

    tom.post("/sign-out")
    assert "Tom Teacher" not in shown(hana)


def test_a_click_is_noted_within_a_minute(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False) as moment:
        tom = cast.client("tom")
        moment.shift(timedelta(minutes=9, seconds=59))
        tom.get("/")

    with reading(cast.oakfield):
        seen = SignIn.objects.get(member_id=cast.tom.member, ended_at__isnull=True).seen_at
    assert NOW + timedelta(minutes=9, seconds=59) - seen <= timedelta(seconds=60)


def test_somebody_idle_for_too_long_is_off_the_list_though_they_never_signed_out(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False) as moment:
        cast.client("tom")
        moment.shift(timedelta(minutes=31))

        assert "Tom Teacher" not in shown(cast.client("hana"))


def test_people_of_the_other_school_are_not_on_the_list(cast: Cast) -> None:
    cast.client("theo")

    assert "Theo" not in shown(cast.client("hana"))


@pytest.mark.parametrize("name", ["tom", "olu", "sena", "asha", "gus"])
def test_only_leaders_see_who_is_on(cast: Cast, name: str) -> None:
    assert cast.client(name).get("/school/signed-in").status_code == 403


def test_a_look_at_the_list_is_itself_in_the_log(cast: Cast) -> None:
    shown(cast.client("hana"))

    with reading(cast.oakfield):
        entry = AuditEntry.objects.get(verb="signed-in.seen")
    assert entry.by_id == cast.hana.member


def test_the_doors_count_everybody_who_is_on_in_any_school(cast: Cast) -> None:
    cast.client("tom")
    cast.client("theo")

    with doors_shut(now=clock.now()) as on:
        assert {one.name for one in on} == {"Tom Teacher", "Theo Head"}


@pytest.mark.django_db(transaction=True)
def test_nobody_gets_in_while_the_doors_are_shut_and_everybody_after() -> None:
    build_cast()
    inside, done, answers = Event(), Event(), []

    def work() -> None:
        with doors_shut(now=clock.now()) as on:
            answers.append(len(on))
            inside.set()
            done.wait(10)
        connection.close()

    worker = Thread(target=work)
    worker.start()
    assert inside.wait(10)
    refused = Client().post("/sign-in/enter", {"username": "tom", "password": PASSWORD})
    done.set()
    worker.join(10)

    assert answers == [0]
    assert refused.status_code == 409
    assert "few minutes" in refused.content.decode()
    assert Client().post("/sign-in/enter", {"username": "tom", "password": PASSWORD}).status_code == 302


def test_presence_writes_nothing_inside_the_reading_window(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False) as moment:
        tom = cast.client("tom")
        moment.shift(timedelta(minutes=2))
        said: list[str] = []

        def listen(execute, sql, params, many, context):
            said.append(str(sql))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(listen):
            assert tom.get("/").status_code == 200

    opened = next(place for place, sql in enumerate(said) if "SET LOCAL ROLE itrack_reader" in sql)
    noted = [place for place, sql in enumerate(said) if sql.startswith('UPDATE "accounts_signin"')]
    assert noted
    assert max(noted) < opened
    with writing(cast.oakfield):
        assert SignIn.objects.get(member_id=cast.tom.member).seen_at == NOW + timedelta(minutes=2)
