"""What changed in the attainment report between two days, beside the difference of what the bare rows of both say."""

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
from tests.oracle.rows import rows_of
from tests.oracle.view import BANDS, view_of
from tests.reports.history import FIRST, History

SEEDS = range(1, 4)
DAYS = (NOW.date() - FIRST).days


@pytest.fixture(params=SEEDS, ids=lambda seed: f"chance-{seed}")
def history(request: pytest.FixtureRequest, cast: Cast) -> Iterator[History]:
    with time_machine.travel(NOW, tick=False):
        yield History(cast, request.param)


def asked(history: History, seen: date, **choices: str) -> dict[str, Any]:
    said = {"year": "2026", "point": "2", "group": "all", "subject": "Reading", "as_at": seen, "choices": choices}
    return report_data("attainment", viewer=history.cast.hana, now=NOW, names=True, **said)


def days(history: History, many: int) -> list[date]:
    lot = Random(len(history.marked))
    return [FIRST + timedelta(days=lot.randint(0, DAYS)) for _ in range(many)]


def named(history: History) -> dict[int, str]:
    return {one.pk: f"{one.legal_surname}, {one.legal_forename}" for one in Pupil.objects.all()}


def stood(history: History, day: date, names: dict[int, str], subject: str) -> dict[str, str]:
    """Name to band, or to why not counted, at the end of that day."""
    one = view_of(rows_of(history.school, day), 2, "all").standing(subject)
    bands = {names[pupil]: BANDS[band] for band, pupils in one.bands.items() for pupil in pupils}
    return bands | {names[pupil]: f"Not counted: {why}" for pupil, why in one.out.items()}


def test_the_list_of_what_changed_is_the_difference_of_the_rows(history: History) -> None:
    changes = 0
    with reading(history.school):
        names = named(history)
        for earlier, later in zip(*[iter(sorted(days(history, 8)))] * 2, strict=True):
            if earlier == later:
                continue
            data = asked(history, later, since=earlier.isoformat())
            listed = [table for table in data["tables"] if table["title"] == "What changed"]
            told = {
                (row["Pupil"], row["Where"]): (row["Then"], row["Now"]) for table in listed for row in table["rows"]
            }

            wanted: dict[tuple[str, str], tuple[str, str]] = {}
            for _, subject in history.subjects:
                before, after = (stood(history, day, names, subject) for day in (earlier, later))
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
