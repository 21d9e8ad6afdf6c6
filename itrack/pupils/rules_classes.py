"""Making classes: how many, what they are called, who goes where. And the days an academic year has."""

from __future__ import annotations

from datetime import date
from heapq import heapify, heapreplace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


USUAL_SIZE: Final = 30  # the most an infant class may hold (School Admissions (Infant Class Sizes) Regulations 2012)
MOST_CLASSES: Final = 9
LONGEST_NAME: Final = 40
_LETTERS: Final = "ABCDEFGHI"


def usual_number(pupils: int) -> int:
    """How many classes so many pupils usually make: one for every 30, rounded up."""
    return min(-(-pupils // USUAL_SIZE), MOST_CLASSES)


def class_names(year_group: str, number: int) -> list[str]:
    """One class keeps the year group's name; more take letters: "Year 4 A", "Year 4 B"."""
    return [year_group] if number == 1 else [f"{year_group} {letter}" for letter in _LETTERS[:number]]


def split_evenly[T](pupils: Sequence[T], number: int) -> list[Sequence[T]]:
    """Cuts the list, in its order, into so many runs whose lengths differ by at most one, the longer ones first."""
    size, longer = divmod(len(pupils), number)
    cuts = [n * size + min(n, longer) for n in range(number + 1)]
    return [pupils[start:end] for start, end in pairwise(cuts)]


def fill_smallest(sizes: Mapping[int, int], newcomers: int) -> list[int]:
    """Which class each newcomer joins, so that the smallest fills first: ({7: 28, 8: 29}, 2) gives [7, 7]."""
    heap = [(size, place, group) for place, (group, size) in enumerate(sizes.items())]
    heapify(heap)
    chosen = []
    for _ in range(newcomers):
        size, place, group = heap[0]
        heapreplace(heap, (size + 1, place, group))
        chosen.append(group)
    return chosen


def first_day(year: int) -> date:
    return date(year, 9, 1)


def last_day(year: int) -> date:
    return date(year + 1, 8, 31)


def day_within(year: int, day: date) -> date:
    """That day, or the nearest of the academic year that starts in `year`."""
    return min(max(day, first_day(year)), last_day(year))


def tidy_name(name: str) -> str:
    return " ".join(name.split())
