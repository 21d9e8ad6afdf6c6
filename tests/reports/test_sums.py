"""What a report says adds up does: each total is, pupil by pupil, its parts and nobody twice."""

import pytest

from itrack.foundation.tenancy.windows import reading
from itrack.reports.catalogue.all import REPORTS
from itrack.reports.catalogue.answering import understand, work_out
from tests.cast import NOW
from tests.reports.naive import fill


@pytest.mark.parametrize("name", ["rwm", "context", "groups"])
@pytest.mark.parametrize("pupils", ["all", "year-4"])
def test_every_sum_holds(oakfield, name, pupils):
    fill(oakfield, 3, size=40)
    with reading(oakfield.cast.oakfield):
        asked, _ = understand(REPORTS[name], viewer=oakfield.cast.hana, said={"pupils": pupils}, now=NOW)
        answer = work_out(REPORTS[name], asked)

    held = {figure.key: figure.pupils for figure in (*answer.untold, *answer.figures())}

    assert answer.sums
    for told in answer.sums:
        parts = [held.get(part, frozenset()) for part in told.parts]
        assert held[told.total] == frozenset().union(*parts), told.total
        assert len(held[told.total]) == sum(len(part) for part in parts), told.total


def test_the_keys_of_all_figures_differ(oakfield):
    fill(oakfield, 3, size=40)
    for name in ("groups", "rwm", "context", "headlines", "attendance"):
        with reading(oakfield.cast.oakfield):
            asked, _ = understand(REPORTS[name], viewer=oakfield.cast.hana, said={}, now=NOW)
            keys = [figure.key for figure in work_out(REPORTS[name], asked).figures()]
        assert len(keys) == len(set(keys)), name
