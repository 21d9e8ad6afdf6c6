"""What a reading of one file came to: how many pupils, who was turned away and why, what was read past."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from itrack.imports.rules.rows import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itrack.imports.rules.rows import Header, PupilRow


@dataclass(slots=True, kw_only=True)
class Receipt:
    """`pupils` counts all in the file, `results` every statutory result met. Holds no row of an admitted pupil."""

    version: str
    source: str
    pupils: int = 0
    admitted: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    ignored: dict[str, int] = field(default_factory=dict)
    results: int = 0
    warnings: list[str] = field(default_factory=list)

    def take(self, pupil: PupilRow | Rejected) -> None:
        """Count one pupil; keep a rejection, and the warnings with the line they belong to."""
        self.pupils += 1
        if isinstance(pupil, Rejected):
            self.rejected.append(pupil)
        else:
            self.admitted += 1
            self.warnings += [f"Line {pupil.line}: {warning}" for warning in pupil.warnings]

    def as_json(self) -> dict[str, object]:
        """The receipt as plain values, in the order the command line promises."""
        return asdict(self)


def source_of(header: Header) -> str:
    """The school a file comes from, as "823/2998"; "" where the header does not say."""
    return "/".join(part for part in (header.source.la, header.source.estab) if part)


def as_text(receipt: Receipt) -> str:
    """The receipt for a terminal."""
    return "\n".join(_lines(receipt))


def _lines(receipt: Receipt) -> Iterator[str]:
    origin = f" from {receipt.source}" if receipt.source else ""
    yield f"Common Transfer File {receipt.version or 'of no stated version'}{origin}"
    yield f"{receipt.admitted} of {_count(receipt.pupils, 'pupil')} can be taken."
    yield f"{_count(receipt.results, 'statutory result')} found."
    if receipt.rejected:
        yield f"\nNot taken ({len(receipt.rejected)}):"
        yield from (f"  line {one.line}, {one.pupil}: {one.reason}" for one in receipt.rejected)
    if receipt.warnings:
        yield f"\nWorth a look ({len(receipt.warnings)}):"
        yield from (f"  {warning}" for warning in receipt.warnings)
    if receipt.ignored:
        yield "\nRead past and not stored:"
        yield from (f"  {count:>6}  {path}" for path, count in sorted(receipt.ignored.items()))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
