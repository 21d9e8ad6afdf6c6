"""The frameworks that come with the product, in our own words, out of the files in `content`.

They serve the programmes of study of 2014 (DfE, national curriculum in England) and the early learning goals of the
statutory framework for the early years. A school starts with both.
"""

from functools import cache
from pathlib import Path
from typing import Final

from itrack.frameworks.rules.content import About, Content, in_order
from itrack.frameworks.rules.scale import FIRST_SCALE
from itrack.frameworks.sources.csv_file import read_csv

FILES: Final = Path(__file__).parent.parent / "content"
SHIPPED: Final = (
    (About("National curriculum", "2014", "curriculum", 2014), ("reading", "writing", "maths", "science")),
    (About("Early learning goals", "2021", "early", 2021), ("early_learning_goals",)),
)


@cache
def shipped() -> tuple[Content, ...]:
    """The frameworks whole. A row that cannot be used is a mistake of ours, so it is not passed over."""
    return tuple(_whole(about, names) for about, names in SHIPPED)


def _whole(about: About, names: tuple[str, ...]) -> Content:
    read = [read_csv((FILES / f"{name}.csv").read_bytes()) for name in names]
    if refused := [fault for each in read for fault in each.refused]:
        raise ValueError(refused[0])
    statements = tuple(statement for each in read for statement in each.content.statements)
    return in_order(Content(about, FIRST_SCALE, (), statements))
