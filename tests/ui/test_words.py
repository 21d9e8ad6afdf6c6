from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.ui import words


@pytest.mark.parametrize(
    ("n", "noun", "said"),
    [
        (0, "pupil", "0 pupils"),
        (1, "pupil", "1 pupil"),
        (1204, "pupil", "1,204 pupils"),
        (2, "child/children", "2 children"),
        (3, "class", "3 classes"),
        (2, "entry", "2 entries"),
        (2, "day", "2 days"),
    ],
)
def test_a_count_is_said_with_its_noun(n: int, noun: str, said: str) -> None:
    assert words.count_of(n, noun) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(33, 58, "57%"), (1, 8, "13%"), (1, 200, "1%"), (0, 9, "0%"), (9, 9, "100%"), (0, 0, "–")],
)
def test_a_share_is_whole_per_cent_with_halves_rounded_up(part: int, whole: int, said: str) -> None:
    assert words.percent(part, whole) == said


@given(whole=st.integers(1, 10_000), data=st.data())
def test_a_share_is_never_a_whole_point_from_the_truth(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))

    shown = words.rounded_percent(part, whole)

    assert 0 <= shown <= 100
    assert abs(2 * (shown * whole - 100 * part)) <= whole


def test_dates_and_differences_take_the_house_forms() -> None:
    assert words.long_date(date(2026, 11, 23)) == "23 November 2026"
    assert words.short_date(date(2026, 12, 4)) == "Fri 4 Dec"
    assert words.clock_time(datetime(2026, 11, 23, 9, 5)) == "09:05"
    assert [words.signed(n) for n in (10, 0, -10)] == ["+10", "0", "−10"]
