"""How deep a pupil is in a statement, and the one mark that every scale has beside its own: does not apply.

Not taught is no failing: the statement still waits. One that does not apply to a pupil, such as running to a child who
uses a wheelchair, waits for nobody and is in no denominator.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Depth:
    """A step of a framework's scale. `id` None: the statement does not apply to the pupil."""

    id: int | None
    code: str
    name: str
    value: int = 0
    taught: bool = False
    secure: bool = False
    css: str = ""

    @property
    def letter(self) -> str:
        return self.code


NOT_FOR_THEM: Final = Depth(None, "/", "Does not apply")
# What an empty cell is called in a drawing.
NOT_JUDGED: Final = Depth(None, "–", "Nothing entered yet")


def coloured(scale: Sequence[Depth]) -> list[Depth]:
    """The scale with the letter of a pattern for each taught step: the secure ones like the two upper bands."""
    open_steps = [depth for depth in scale if depth.taught and not depth.secure]
    secure = [depth for depth in scale if depth.secure]
    css = {depth.code: "w" for depth in open_steps} | {depth.code: "g" for depth in secure}
    if len(open_steps) > 1:
        css[open_steps[0].code] = "b"
    if secure:
        css[secure[0].code] = "e"
    return [
        Depth(step.id, step.code, step.name, step.value, step.taught, step.secure, css.get(step.code, ""))
        for step in scale
    ]
