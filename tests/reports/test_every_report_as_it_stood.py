"""What each report says of an earlier day is what it said on that day, whatever happened since."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine

from itrack.foundation.clock import LONDON
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading
from itrack.reports.catalogue.all import REPORTS
from itrack.reports.catalogue.answering import understand, work_out
from itrack.reports.rules.plain import answer_data
from tests.cast import NOW, Cast
from tests.reports.history import History

OF_ANY_DAY = [one.name for one in REPORTS.values() if one.as_at and not one.across]
DAYS = (date(2026, 9, 21), date(2026, 10, 16), date(2026, 11, 6))
TODAY_ALONE = "Marks entered"


def told(cast: Cast, report: str, point: int, now: datetime, as_at: date | None = None) -> object:
    """Every table and everybody left out; sentences say "is" of today and "was" of a day that has gone."""
    said = {"year": "2026", "point": str(point), "as_at": as_at.isoformat() if as_at else ""}
    try:
        asked, _ = understand(REPORTS[report], viewer=cast.hana, said=said, now=now)
        data = answer_data(work_out(REPORTS[report], asked), names=True)
    except Refused as refusal:
        return type(refusal)
    rows = [(table["title"], row) for table in data["tables"] for row in table["rows"]]
    return [row for row in rows if row[1].get("Headline") != TODAY_ALONE], data.get("out")


@pytest.fixture(params=[3], ids=["chance-3"])
def then(request: pytest.FixtureRequest, cast: Cast) -> dict[tuple[date, str, int], object]:
    """(day, report, point) → what it said at the end of that day; much has happened since."""
    kept: dict[tuple[date, str, int], object] = {}

    def at_dusk(day: date) -> None:
        if day not in DAYS:
            return
        now = datetime.combine(day, time(22), LONDON).astimezone(UTC)
        with time_machine.travel(now, tick=False), reading(cast.oakfield):
            kept.update({(day, one, point): told(cast, one, point, now) for one in OF_ANY_DAY for point in (1, 2)})

    with time_machine.travel(NOW, tick=False):
        History(cast, request.param, at_dusk, undoes=False)
    return kept


def test_every_report_tells_an_earlier_day_as_it_was_told_then(cast: Cast, then) -> None:
    moved = 0
    with time_machine.travel(NOW, tick=False), reading(cast.oakfield):
        for (day, report, point), said in then.items():
            assert told(cast, report, point, NOW, day) == said, (day, report, point)
            moved += told(cast, report, point, NOW) != said

    assert len(OF_ANY_DAY) > 12
    assert moved > 20, "nothing has changed since, so nothing is shown by this"
