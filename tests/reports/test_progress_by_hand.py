"""The reports on progress against a count by hand over the raw rows, as it stands and as it stood."""

from datetime import UTC, datetime
from random import Random

import pytest

from itrack.assessment.models import Judgement
from itrack.foundation.tenancy.windows import reading, writing
from tests.cast import a_pupil
from tests.reports.progress import marked, report, subject_id, table
from tests.reports.school import IN_SEPTEMBER, Oakfield, a_class, mark, point_id

SEEDS = (3, 7, 11)
CODES = ("B", "W", "E", "G", "A", "2:E", "")
BANDS = {"below": "Below", "towards": "Working towards", "expected": "Expected", "greater": "Greater depth"}
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
LATER = datetime(2026, 11, 22, 9, tzinfo=UTC)


def raw(school: int, slot: int, year: int, until: datetime | None) -> dict[int, tuple[str, str]]:
    """(band, year judged against) of each pupil's reading there, from the table's rows alone."""
    found = {}
    for row in Judgement.objects.filter(school_id=school, point_id=point_id(school, slot, year)):
        ended = row.ended_at or NEVER
        stands = ended == NEVER if until is None else row.added_at <= until < ended
        if stands and row.band and row.subject_id == subject_id(school, "Reading"):
            found[row.pupil_id] = row.band, row.of_year
    return found


def with_marks(oakfield: Oakfield, seed: int) -> set[int]:
    """Thirty pupils of Year 4 with marks at two points, some changed on a later day."""
    chance, hana = Random(seed), oakfield.cast.hana
    with writing(oakfield.cast.oakfield):
        deed = oakfield.cast.deed("hana", at=IN_SEPTEMBER)
        pupils = [a_pupil(deed, f"Surname{chr(65 + i // 26)}{chr(65 + i % 26)}", "Pupil") for i in range(30)]
        a_class(oakfield.cast, "4C", pupils)
        marked(hana, "Reading", {pupil: chance.choice(CODES) for pupil in pupils}, slot=6, year=2025)
        early = datetime(2026, 11, 10, 9, tzinfo=UTC)
        mark(hana, "Reading", {pupil: chance.choice(CODES) for pupil in pupils}, at=early)
        mark(hana, "Reading", {pupil: chance.choice(CODES) for pupil in pupils[::3]}, at=LATER)
    return set(pupils)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("as_at", [None, "2026-11-21"])
def test_the_matrix_and_the_bars_count_what_a_count_by_hand_counts(oakfield, seed: int, as_at: str | None):
    pupils = with_marks(oakfield, seed)
    until = None if as_at is None else datetime(2026, 11, 21, 23, 59, tzinfo=UTC)
    with reading(oakfield.cast.oakfield):
        before, now = (raw(oakfield.cast.oakfield, *at, until) for at in ((6, 2025), (2, 2026)))

    grid = table(report(oakfield, "progress-matrix", group="4C", subject="Reading", as_at=as_at), "From band to band")
    row = table(report(oakfield, "progress-between", group="4C", as_at=as_at), "By subject")[0]

    both = {pupil: (before[pupil], now[pupil]) for pupil in pupils & before.keys() & now.keys()}
    own = {pupil: (one[0], two[0]) for pupil, (one, two) in both.items() if not one[1] and not two[1]}
    rows = {line["From Summer 2, 2025/26"]: line for line in grid}
    for start, said in BANDS.items():
        for end, head in BANDS.items():
            assert rows[said][head]["n"] == list(own.values()).count((start, end))
    order = list(BANDS)
    steps = [order.index(two) - order.index(one) for one, two in own.values()]
    assert row["Moved up"]["n"] == sum(step > 0 for step in steps)
    assert row["Moved down"]["n"] == sum(step < 0 for step in steps)
    assert row["Counted"]["n"] == len(own)
    assert row["Judged against another year"]["n"] == len(both) - len(own)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_lines_stand_where_a_count_by_hand_puts_them(oakfield, seed: int):
    pupils = with_marks(oakfield, seed)
    with reading(oakfield.cast.oakfield):
        now = raw(oakfield.cast.oakfield, 2, 2026, None)

    rows = table(report(oakfield, "progress-over-time", group="4C", subject="Reading"), "Point by point")

    counted = [band for pupil, (band, _) in now.items() if pupil in pupils]
    assert (rows[-1]["4C"]["n"], rows[-1]["4C"]["of"]) == (
        sum(band in ("expected", "greater") for band in counted),
        len(counted),
    )
