"""Every figure of every report on progress and pupils, beside what plain Python makes of the bare rows.

A school lives through two years as chance has it; then each report is asked of days, points, classes and filters, and
all it tells is compared with what an oracle predicts: a figure that nobody predicted is a failure too.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from functools import partial
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from itrack.reports.catalogue.all import REPORTS
from tests.cast import TODAY, Cast
from tests.oracle_progress.asking import REPORTS_ASKED, is_of_today
from tests.oracle_progress.school import School, a_school, of_a_profile, of_parents_reports, predicted

QUESTIONS, PROFILES = 3, 6  # of each report and day; of each school
SCHOOLS = max(1, settings().max_examples // 25)  # each costs some seconds

days = st.one_of(st.dates(date(2026, 9, 3), TODAY), st.dates(date(2026, 6, 10), date(2026, 7, 22)))

type Living = Callable[[int], AbstractContextManager[School]]


@pytest.fixture
def living(cast: Cast) -> Living:
    return partial(a_school, cast)


@given(seed=st.integers(0, 10**6), seen=st.lists(days, min_size=2, max_size=2, unique=True))
@settings(max_examples=SCHOOLS, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_every_figure_is_what_the_rows_say(seed: int, seen: list[date], living: Living) -> None:
    chance, found = Random(seed), list[str]()
    with living(seed) as school:
        today = school.then(TODAY)
        for then in (today, *map(school.then, seen)):
            for report in REPORTS_ASKED:
                if then is today or not is_of_today(report):
                    for _ in range(QUESTIONS):
                        found += predicted(school, report, then, chance).otherwise(school.cast)
        for _ in range(PROFILES):
            found += of_a_profile(school, today, chance)
        found += of_parents_reports(school, today)
    assert not found, "\n".join(found[:9])


def test_none_of_these_reports_is_read_without_names() -> None:
    """So nothing of them is held back; once one is opened to governors, its oracle has to say what is."""
    assert not [name for name in REPORTS_ASKED if REPORTS[name].anonymous]
