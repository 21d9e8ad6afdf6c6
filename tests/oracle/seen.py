"""What a reader without names sees, beside what is so: a figure is the true one or it is held back, and the small ones
are held back."""

from collections import defaultdict
from collections.abc import Iterator

from itrack.reports.rules.answer import Answer, Column, Count, Hidden
from tests.oracle.asking import Question
from tests.oracle.drawings import drawings_of
from tests.oracle.figures import Foretold, Key, Oracle, Who, agrees, cells_of
from tests.oracle.oracles import foretold
from tests.oracle.rows import Rows


def beside(answer: Answer, question: Question, rows: Rows, upto: int) -> list[str]:
    """Whatever this reader is shown that is not so, or is small."""
    stand = cells_of(answer)

    def shown(key: Key) -> bool:
        return key in stand and not isinstance(stand[key][0], Hidden)

    oracle = foretold(question, rows, shown)
    return [*_cells(stand, oracle, upto), *_drawn(answer, oracle), *_reasons(answer, oracle, upto)]


def _cells(stand: dict[Key, tuple[object, Column | None]], oracle: Oracle, upto: int) -> Iterator[str]:
    for key in sorted(stand.keys() | oracle.cells.keys()):
        cell, column = stand.get(key, (None, None))
        if key not in oracle.cells or key not in stand:
            yield f"foretold or there, not both: {key}"
        elif key[-1] == "note":
            if cell:
                yield f"a note tells of few: {key}"
        elif not isinstance(cell, Hidden):
            told = oracle.cells[key]
            if any(1 <= n <= upto for n in (*oracle.speaks_of.get(key, ()), *sizes_of(told, cell))):
                yield f"small, and shown: {key}"
            if not agrees(told, cell, column, named=False):
                yield f"{key}: foretold {told}, and there stands {cell}"


def sizes_of(told: Foretold, cell: object) -> Iterator[int]:
    """How many are in it, and, where it is said of how many, how many are short of it."""
    if isinstance(told, Who) and isinstance(cell, Count):
        yield len(told.pupils)
        if told.of is not None and cell.of is not None:
            yield len(told.of - told.pupils)


def _drawn(answer: Answer, oracle: Oracle) -> Iterator[str]:
    """Not all is drawn; what is drawn is so. A bar that is held back is drawn without its parts."""
    for key, value in drawings_of(answer).items():
        line = key[0] == "line" and value == next((one for at, one in oracle.drawn.items() if at[0] == "line"), None)
        if value is not None and value != oracle.drawn.get(key) and not line:
            yield f"drawn {key}: {value}, and it is {oracle.drawn.get(key)}"


def _reasons(answer: Answer, oracle: Oracle, upto: int) -> Iterator[str]:
    """Why pupils are not counted, of more than a few; and nobody is named."""
    assert answer.held is not None, "the reader is told that something may be held back"
    of: dict[str, set[int]] = defaultdict(set)
    for pupil, _, why in oracle.out:
        of[why].add(pupil)
    true = {why: len(pupils) for why, pupils in of.items() if len(pupils) > upto}
    if not answer.settled and dict(answer.held.reasons) != true:
        yield f"reasons: foretold {true}, and there stands {answer.held.reasons}"
    if answer.people or answer.out or answer.standing or answer.counted:
        yield "somebody is named"
