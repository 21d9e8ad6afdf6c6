"""Spares the parser the rows it has read before.

Nine tenths of a large file are results, and a class's results repeat: "maths, teacher's judgement, expected" is the
same 200 bytes for every pupil who has it. So each distinct row gets a number, sent to the parser in a processing
instruction behind the row; once the reader has learnt what a number stands for, the number goes alone:

    <StageAssessment><Locale>ENG</Locale>…</StageAssessment>       first    …</StageAssessment><?row +57?>
                                                                   then     <?row 57?>

Cutting at the tags' bytes is exact only where these bytes can be nothing but tags. In well-formed XML that is so when
the file has no comment, no CDATA section and no instruction of its own: `is_plain` looks for these first, and a file
that has one is read without this shortening. The reader learns a number only from a row in which nothing was odd, so
the same bytes always mean the same row. Line ends inside a row are kept, and so line numbers stay right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ROWS: Final = 10_000  # distinct rows that get a number
LONGEST_ROW: Final = 4_096  # bytes; a row is about 200

_START: Final = b"<StageAssessment>"
_END: Final = b"</StageAssessment>"
_NAME: Final = b"StageAssessment"  # inside a row it would be another row, oddly written


def is_plain(chunks: Iterator[bytes]) -> bool:
    """Whether nothing after the root's start begins with `<!` or `<?`. What stands before it does not matter."""
    first = next(chunks, b"")
    root = first.find(b"<CTfile")
    last = first[root:]
    if root < 0 or _has_marks(last):
        return False
    for chunk in chunks:
        if _has_marks(chunk) or (last[-1:] == b"<" and chunk[:1] in b"!?"):
            return False
        last = chunk
    return True


def _has_marks(text: bytes) -> bool:
    # a lone sign is found at memory speed, and most files have none of either
    return (b"!" in text and b"<!" in text) or (b"?" in text and b"<?" in text)


class Shorthand:
    """The numbers given in one file. `shorten` the bytes on their way to the parser; `learn` what came out."""

    def __init__(self) -> None:
        self._rows: list[bytes] = []
        self._sent_for: dict[bytes, bytes] = {}

    def shorten(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The same file with known rows as numbers. Holds back no more than a row."""
        held = b""
        for chunk in chunks:
            *whole, rest = (held + chunk).split(_END)
            keep = _held_back(rest)
            held = rest[len(rest) - keep :]
            yield b"".join([*map(self._shortened, whole), rest[: len(rest) - keep]])
        yield held

    def learn(self, number: str) -> None:
        """From now on the number goes alone."""
        row = self._rows[int(number)]
        self._sent_for[row] = f"<?row {number}?>".encode() + b"\n" * row.count(b"\n")

    def _shortened(self, piece: bytes) -> bytes:
        """What is sent for the text up to the end of a row: what stood before the row, then the row or its number."""
        before, start, row = piece.rpartition(_START)
        if not start:
            return piece + _END
        return before + (self._sent_for.get(row) or self._numbered(row))

    def _numbered(self, row: bytes) -> bytes:
        sent = _START + row + _END
        if len(self._rows) < MOST_ROWS and len(row) <= LONGEST_ROW and _NAME not in row:
            sent += f"<?row +{len(self._rows)}?>".encode()
            self._rows.append(row)
            self._sent_for[row] = sent
        return sent


def _held_back(rest: bytes) -> int:
    """How many bytes at the end may belong to a row that goes on in the next chunk."""
    start = rest.rfind(_START)
    if start < 0:
        return min(len(rest), len(_END))
    return len(rest) - start if len(rest) - start <= LONGEST_ROW else 0
