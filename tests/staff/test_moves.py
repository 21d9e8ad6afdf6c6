"""Who joined, changed role and left between two days: on a page, and as a file a spreadsheet opens safely."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine

from itrack.accounts.models import Membership
from itrack.foundation.models import AuditEntry
from itrack.foundation.tenancy.windows import writing
from tests.cast import NOW, Cast
from tests.staff.people import PAGE, member_with, of, read, sent, typed

MOVES = f"{PAGE}/moves"


def told(cast: Cast, **query: str) -> list[list[str]]:
    answer = cast.client("hana").get(f"{MOVES}.csv", query)
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))[1:]


def test_each_change_is_told_with_its_day_its_author_and_the_roles(cast: Cast) -> None:
    ada = cast.client("ada")
    sent(
        ada,
        f"{PAGE}/invite",
        {"name": "Priya Plover", "job_title": "Teacher", "email": "p@oak.example", "role": "teacher"},
    )
    with time_machine.travel(NOW + timedelta(days=1)):
        ada = cast.client("ada")
        sent(ada, f"{of(cast, 'tom')}/save", typed(cast, "tom", role="senco"))
        sent(ada, f"{of(cast, 'gus')}/save", typed(cast, "gus", job_title="Chair"))
        sent(ada, f"{of(cast, 'olu')}/remove")

        rows = told(cast, first="2026-11-23", last="2026-11-24")
        said = read(cast.client("hana"), MOVES)

    moved = [row for row in rows if row[4] != "Added"]
    assert [[row[0], row[2], *row[4:]] for row in moved] == [
        ["2026-11-23", "Priya Plover", "Invited", "", "", "Ada Admin"],
        ["2026-11-24", "Tom Teacher", "Changed role", "teacher", "SENCO", "Ada Admin"],
        ["2026-11-24", "Olu Office", "Removed", "", "", "Ada Admin"],
    ]
    assert "Tom Teacher Class teacher, 4B 24 November 2026, 10:00 Changed role: teacher to SENCO Ada Admin" in said


def test_both_days_count_and_what_lies_outside_does_not(cast: Cast) -> None:
    assert told(cast, first="2026-11-24", last="2026-11-30") == []
    assert told(cast, first="2026-11-01", last="2026-11-22") == []
    assert told(cast, first="2026-11-23", last="2026-11-23")


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "+44", "-2", "＝1"])
def test_no_name_is_taken_for_a_formula(cast: Cast, name: str) -> None:
    with writing(cast.oakfield):
        Membership.objects.filter(pk=cast.tom.member).update(name=name, job_title=name)

    [row] = [row for row in told(cast) if row[3] == f"'{name}"]

    assert row[2] == f"'{name}"


@pytest.mark.parametrize("day", ["soon", "9999-12-31", "0001-01-01", "2026-02-30", "x" * 3000, "\x00"])
def test_a_day_that_is_none_is_said_and_the_usual_days_shown(cast: Cast, day: str) -> None:
    client = cast.client("hana")

    for query in ({"first": day}, {"last": day}):
        answer = client.get(MOVES, query)
        assert answer.status_code == 422
        assert "There is no such day." in answer.content.decode()
    assert client.get(f"{MOVES}.csv", {"first": day}).status_code == 200


def test_days_the_wrong_way_round_show_nothing(cast: Cast) -> None:
    said = read(cast.client("hana"), MOVES, first="2026-11-30", last="2026-11-01")

    assert "Nobody joined, moved or left" in said


def test_taking_the_list_away_is_itself_in_the_log_and_only_leaders_may(cast: Cast) -> None:
    told(cast)

    with writing(cast.oakfield):
        assert AuditEntry.objects.get(verb="moves-csv.seen").by_id == cast.hana.member
    for who in ("tom", "olu", "gus"):
        assert cast.client(who).get(f"{MOVES}.csv").status_code == 403


def test_the_other_schools_people_are_not_in_it(cast: Cast) -> None:
    assert not [row for row in told(cast) if "Theo" in row[2]]
    assert member_with(cast, "nobody@oakfield.example") is None
    assert date.fromisoformat(told(cast)[0][0]) == date(2026, 11, 23)
