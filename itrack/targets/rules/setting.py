"""Setting targets: what a typed one means, who may set it, and the answer when it cannot be saved.

A target is a mark of the assessment it is for, read by the same reader as marks. It needs a band, since that is what
pupils' marks are held against.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from itrack.assessment.rules.placing import placed
from itrack.curriculum.rules_reading import Unread, read, short
from itrack.foundation.viewer import LEADERS, Role

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from itrack.curriculum.rules_schemes import Reading, Scale, Sitting
    from itrack.targets.rules.standings import Cell

NOT_YOURS: Final = "This pupil is not on the roll, or not in a class of yours. Not saved."
LEADERS_SET: Final = "In this school the head and administrators set targets. Not saved."
NO_SUBJECT: Final = "There is no such subject at this point. Not saved."
NOT_FOR: Final = "This assessment is not for that subject. Not saved."


def may_set(role: str, teachers_set: bool) -> bool:
    """Whether this role sets targets at all: leaders always, teachers and the SENCO where the school lets them."""
    return role in LEADERS.roles or (teachers_set and role in (Role.SENCO, Role.TEACHER))


@dataclass(frozen=True, slots=True)
class Setting:
    """What may be set at one point of one assessment: for whom, in which subjects, by which scale; and what stands.

    `sittings` are each pupil's year group, half term and age at the point, by pupil and subject. `closed` says why
    nothing may be set, "" when it may. `assessment` is the one they are targets in.
    """

    pupils: Collection[int]
    subjects: Collection[int]
    only_for: Collection[int]
    scale: Scale
    sittings: Mapping[Cell, Sitting]
    stands: Mapping[Cell, str]
    assessment: int
    closed: str = ""

    def refusal(self, cell: Cell, code: str) -> str:
        """Why this cell cannot take this code; "" when it can."""
        pupil, subject = cell
        if self.closed:
            return self.closed
        if pupil not in self.pupils:
            return NOT_YOURS
        if subject not in self.subjects:
            return NO_SUBJECT
        if not code:
            return ""
        if self.only_for and subject not in self.only_for:
            return NOT_FOR
        told = read(code, self.scale)
        if isinstance(told, Unread):
            return f"{told.why} Not saved. {told.instead}".rstrip()
        return "" if self.target(cell, code)[1] else f"{short(code)} has no band to reach. Not saved. {_instead(self)}"

    def target(self, cell: Cell, code: str) -> tuple[Reading, str]:
        """The mark that a code which reads stands for in this cell, and its band."""
        told = read(code, self.scale)
        assert not isinstance(told, Unread), "only codes that read are asked for"  # noqa: S101
        return placed(told, self.scale, self.sittings[cell])


def _instead(setting: Setting) -> str:
    if setting.scale.numeric:
        return "A head or an administrator can say at the mark scheme which scores mean which band."
    return f"Type {', '.join(code for code, option in setting.scale.options.items() if option.band)}."


@dataclass(frozen=True, slots=True)
class RefusedTarget:
    """A cell that was not saved: whose, in which subject, what was typed, why not, and what stands."""

    pupil: int
    subject: int
    typed: str
    reason: str
    stands: str = ""


@dataclass(frozen=True, slots=True)
class SavedTargets:
    """What became of a save, in cells. `change_set` is None when nothing had to be changed."""

    change_set: int | None
    saved: int
    cleared: int
    refused: list[RefusedTarget] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sorted:
    """`wanted` are the cells to change with their code, "" to take the target away."""

    wanted: dict[Cell, str]
    refused: list[RefusedTarget]

    @property
    def cleared(self) -> int:
        return sum(not code for code in self.wanted.values())


def sort_out(typed: Mapping[Cell, str], shown: Mapping[Cell, str] | None, setting: Setting) -> Sorted:
    """Compares what was typed with what the page had shown and with what stands now.

    A cell left as it was shown is left alone; one that somebody else changed meanwhile is refused and told.
    """
    wanted: dict[Cell, str] = {}
    refused: list[RefusedTarget] = []
    for cell, text in typed.items():
        code, stands = text.strip().upper(), setting.stands.get(cell, "")
        seen = shown.get(cell, "") if shown is not None else stands
        if code == seen:
            continue
        if reason := setting.refusal(cell, code):
            refused.append(RefusedTarget(*cell, short(text), reason, stands))
            continue
        code = setting.target(cell, code)[0].code if code else ""
        if code == stands:
            continue
        if seen != stands:
            refused.append(RefusedTarget(*cell, short(text), _overtaken(stands), stands))
        else:
            wanted[cell] = code
    return Sorted(wanted, refused)


def _overtaken(stands: str) -> str:
    now = f"it is {stands} now" if stands else "it is empty now"
    return f"Somebody else changed this after you opened the page: {now}. Not saved. Type it again to replace that."
