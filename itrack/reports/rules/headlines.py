"""The one sentence of each headline: so many of so many, and what keeps it from saying more.

reached(33, 58, "are", "at expected or above in writing") → "33 of 58 pupils counted are … (57%)."
"""

from itrack.reports.rules.finding import FEW, Standing, in_brackets, is_enough
from itrack.ui.words import count_of, figure, upper_first

# Measure → what those pupils did, as it is said after "24 of 30 pupils counted".
DID = {
    "gld": "reached a good level of development at the end of Reception",
    "phonics-year-1": "met the standard of the phonics check in Year 1",
    "phonics-year-2": "had met the standard of the phonics check by the end of Year 2",
    "tables-full": "had full marks in the times tables check of Year 4",
    "rwm-expected": "reached the expected standard in reading, writing and maths at the end of Key Stage 2",
    "rwm-higher": "reached the higher standard in reading, writing and maths at the end of Key Stage 2",
}
AVERAGED = "tables-average"


def now_at(words: str, n: int, counted: int, in_view: int) -> str:
    """Where pupils stand at a point: "33 of 58 pupils counted are at expected or above in writing (57%)."."""
    if not counted:
        return "Nobody has a mark that counts yet."
    many = n > 1 or (n == 1 and counted == 1)
    verb = "is" if counted == 1 or not many else "are"
    who = f"the one pupil counted {verb}{'' if n else ' not'}" if counted == 1 else f"{_so_many(n, counted)} {verb}"
    row = Standing(words, n, counted, in_view)
    said = f"{upper_first(who)} {words}{in_brackets(row)}."
    if is_enough(row):
        return said
    only = f"Only {figure(counted)} of {count_of(in_view, 'pupil')} are counted."
    return f"{said} {_few(counted) or only}"


def did(measure: str, year: int, n: int, counted: int) -> str:
    """What pupils did in a statutory assessment of that year."""
    if not counted:
        return f"In {year}, nobody is counted."
    row = Standing("", n, counted, counted)
    if counted == 1:
        return f"In {year}, the one pupil counted {'has' if n else 'has not'} {_done(measure)}. {_few(counted)}"
    said = f"In {year}, {_so_many(n, counted)} {DID[measure]}{in_brackets(row)}."
    return f"{said} {_few(counted)}".strip()


def averaged(year: int, value: str, counted: int) -> str:
    if not counted:
        return f"In {year}, nobody has a mark in the times tables check."
    said = f"In {year}, the average mark in the times tables check was {value} of 25, of {count_of(counted, 'pupil')}."
    return f"{said} {_few(counted)}".strip()


def entered(done: int, total: int) -> str:
    """How many of the marks expected are in."""
    if not total:
        return "No marks are expected."
    row = Standing("", done, total, total)
    verb = "is" if total == 1 else "are"
    return f"{figure(done)} of {count_of(total, 'mark')} expected {verb} entered{in_brackets(row)}."


def _so_many(n: int, counted: int) -> str:
    if not n:
        return f"none of {count_of(counted, 'pupil')} counted"
    return f"{figure(n)} of {count_of(counted, 'pupil')} counted"


def _done(measure: str) -> str:
    """The same after "has": "met the standard …"."""
    return DID[measure].removeprefix("had ")


def _few(counted: int) -> str:
    return f"Fewer than {FEW} are counted: read it with care." if counted < FEW else ""
