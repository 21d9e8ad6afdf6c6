"""The attainment report of any day, beside what plain Python reads off the bare rows of that day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
import time_machine

from itrack.foundation.tenancy.windows import reading
from itrack.pupils.models import Pupil
from itrack.reports.api import report_data
from itrack.ui.words import long_date
from tests.cast import NOW, Cast
from tests.reports.history import FIRST, SAID, History, Then, as_it_stood

SEEDS = range(1, 7)
DAYS = (NOW.date() - FIRST).days
SUPPORT = {"K": "SEN support", "E": "EHC plan or statement", "N": "No SEN", "": "None recorded"}


@pytest.fixture(params=SEEDS, ids=lambda seed: f"chance-{seed}")
def history(request: pytest.FixtureRequest, cast: Cast) -> Iterator[History]:
    with time_machine.travel(NOW, tick=False):
        yield History(cast, request.param)


def asked(history: History, seen: date, slot: int, whose: str = "all", **more: Any) -> dict[str, Any]:
    said = {"year": "2026", "point": str(slot), "group": whose, "subject": "Reading", "as_at": seen} | more
    return report_data("attainment", viewer=history.cast.hana, now=NOW, names=True, **said)


def days(history: History, many: int) -> list[date]:
    lot = Random(len(history.marked))
    return [FIRST + timedelta(days=lot.randint(0, DAYS)) for _ in range(many)]


def named(history: History) -> dict[int, str]:
    return {one.pk: f"{one.legal_surname}, {one.legal_forename}" for one in Pupil.objects.all()}


def expected(then: Then, names: dict[int, str], subject: str, whose: str) -> dict[str, str]:
    told = {names[pupil]: then.stands(pupil, subject, whose) for pupil in then.spells}
    return {name: stands for name, stands in told.items() if stands is not None}


def reported(data: dict[str, Any], subject: str) -> dict[str, str]:
    """Name to band or reason, from the figures' own lists of names."""
    [row] = [row for row in data["tables"][0]["rows"] if row["Subject"] == subject] if data["tables"] else [{}]
    bands = {who: band for band in SAID.values() for who in row.get(band, {}).get("pupils", [])}
    said: dict[str, list[str]] = defaultdict(list)
    for line in data["out"]:
        if line["where"] == "Every subject" or subject in line["where"].split(", "):
            said[line["pupil"]].append(f"Not counted: {line['reason']}")
    assert all(len(reasons) == 1 for reasons in said.values()), "one reason each"
    assert not bands.keys() & said.keys(), "counted or not, never both"
    if row:
        assert sorted(row["Expected or above"]["pupils"]) == sorted(
            who for who, band in bands.items() if band in ("Expected", "Greater depth")
        )
        assert set(row["Counted"]["pupils"]) == bands.keys()
        assert set(row["Not counted"]["pupils"]) == said.keys()
    return bands | {who: reason for who, [reason] in said.items()}


def test_every_figure_of_any_day_is_what_the_rows_say(history: History) -> None:
    with reading(history.school):
        names = named(history)
        for seen in days(history, 5):
            for slot, whose in ((1, "all"), (2, "all"), (2, "4A"), (1, "4B")):
                then, data = as_it_stood(history, seen, slot), asked(history, seen, slot, whose)

                for _, subject in history.subjects:
                    assert reported(data, subject) == expected(then, names, subject, whose), (seen, slot, whose)


def test_groups_of_any_day_are_what_the_rows_say(history: History) -> None:
    compared = 0
    with reading(history.school):
        names = named(history)
        for seen in days(history, 4):
            then, data = as_it_stood(history, seen, 2), asked(history, seen, 2)
            stood = expected(then, names, "Reading", "all")
            groups = [row for table in data["tables"][1:] for row in table["rows"] if row["by"] == "SEN"]
            for row in groups:
                inside = {names[who] for who in then.spells if SUPPORT[then.support.get(who, "")] == row["Group"]}
                counted = {who for who, stands in stood.items() if stands in SAID.values()}

                assert set(row["Counted"]["pupils"]) == counted & inside, (seen, row["Group"])
                assert set(row["Not counted"]["pupils"]) == (stood.keys() - counted) & inside
                compared += 1

    assert compared


def test_the_list_of_what_changed_is_the_difference_of_the_rows(history: History) -> None:
    changes = 0
    with reading(history.school):
        names = named(history)
        for earlier, later in zip(*[iter(sorted(days(history, 8)))] * 2, strict=True):
            if earlier == later:
                continue
            data = asked(history, later, 2, choices={"since": earlier.isoformat()})
            listed = [table for table in data["tables"] if table["title"] == "What changed"]
            told = {
                (row["Pupil"], row["Where"]): (row["Then"], row["Now"]) for table in listed for row in table["rows"]
            }

            wanted: dict[tuple[str, str], tuple[str, str]] = {}
            for _, subject in history.subjects:
                before, after = (
                    expected(as_it_stood(history, day, 2), names, subject, "all") for day in (earlier, later)
                )
                for who in before.keys() | after.keys():
                    pair = before.get(who, "Not in view"), after.get(who, "Not in view")
                    # That somebody was not on roll on either day is no change, though each says its own day.
                    ends = [stands.partition(" on roll on ")[0] for stands in pair]
                    wanted |= {(who, subject): pair} if ends[0] != ends[1] else {}
            mine = {subject for _, subject in history.subjects}
            assert {key: pair for key, pair in told.items() if key[1] in mine} == wanted
            assert f"than at the end of {long_date(earlier)}." in data["finding"]
            changes += len(wanted)

    assert changes, "nothing ever changed"
