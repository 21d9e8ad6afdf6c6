"""How long a piece of work takes, by the clock and by the processor.

Other work on the machine changes the clock's figure much and the processor's little; what the database does for us is
in the clock's alone. A comparison says both.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Spent:
    seconds: float
    processor: float


def spent(work: Callable[[], object]) -> Spent:
    started, worked = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - started, time.process_time() - worked)


def timed(work: Callable[[], object]) -> float:
    return spent(work).seconds


def least(turns: int, *works: Callable[[], object]) -> list[Spent]:
    """Each of the works by turns, and of each the least it took: whatever else the machine does meets all of them."""
    runs = [[spent(work) for work in works] for _ in range(turns)]
    return [
        Spent(min(one.seconds for one in each), min(one.processor for one in each)) for each in zip(*runs, strict=True)
    ]
