"""What an answer says of itself where it names nobody and holds small numbers back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

# Whether the figure of a key is shown to the reader.
Shown = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Held:
    """Counts of one to `upto` are held back, and what gives them away: `hidden` figures altogether.

    `reasons` are why pupils are not counted in some part, each with how many.
    """

    upto: int
    hidden: int = 0
    reasons: Sequence[tuple[str, int]] = ()
