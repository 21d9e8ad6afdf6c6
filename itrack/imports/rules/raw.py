"""A pupil as the file has it: tidied text under our names, nothing decided yet. What follows decides; see `admit`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from itrack.imports.rules.codes import CODE_LENGTH, LONGEST
from itrack.imports.rules.text import fitting

if TYPE_CHECKING:
    from datetime import date

    from itrack.imports.rules.rows import ResultRow

type Texts = dict[str, str]


@lru_cache(maxsize=4096)
def _fitting_code(text: str | None) -> tuple[str, str]:
    # Codes repeat a thousandfold, so they are remembered; names and dates of birth must not be.
    return fitting(text, CODE_LENGTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What must be known beyond the pupil. `academic_year` is the year in which the file's academic year starts."""

    today: date
    full: bool
    academic_year: int | None


@dataclass(slots=True)
class RawPupil:
    """`texts` stand once in a pupil, `rows` repeat (by kind); `unfit` holds what could not be taken, with its why."""

    line: int
    texts: Texts = field(default_factory=dict)
    rows: dict[str, list[Texts]] = field(default_factory=dict)
    results: list[ResultRow] = field(default_factory=list)
    unfit: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def put(self, into: Texts, key: str, text: str | None) -> None:
        """Note down one text; one too long or with hidden characters is noted as unfit instead."""
        longest = LONGEST.get(key)
        value, why = _fitting_code(text) if longest is None else fitting(text, longest)
        if why:
            self.unfit[key] = why
        else:
            into[key] = value
