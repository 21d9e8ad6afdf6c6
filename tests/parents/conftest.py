from collections.abc import Iterator

import pytest
import time_machine

from tests.cast import NOW, Cast
from tests.reports.school import Oakfield


@pytest.fixture
def oakfield(cast: Cast) -> Iterator[Oakfield]:
    """The school at ten on Monday 23 November 2026."""
    with time_machine.travel(NOW, tick=False):
        yield Oakfield(cast)
