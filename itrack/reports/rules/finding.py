"""The finding: one or two plain sentences that say what the figures say, and no more.

    findings([Standing("Writing", 33, 58, 60), Standing("Reading", 41, 58, 60)], where="in Year 4")
    → "Writing is lower." "In Year 4, 33 of 58 pupils counted are at expected or above in writing (57%). In reading,
      the higher, it is 41 of 58 (71%)."

Only counts and percentages that stand in the table are written. Subjects are ranked only where nearly everybody is
counted in at least two of them: half-entered marks would make a false finding.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from itrack.ui.words import count_of, figure, rounded_percent, upper_first

FEW = 5  # Below this many counted pupils a share says little: marked for care, as national figures leave it out.
ENOUGH = (4, 5)  # The share of the pupils in view that must be counted before a subject is ranked.
# Subjects named after a language or people keep their capital inside a sentence.
PROPER = frozenset(
    {"arabic", "british", "bengali", "chinese", "english", "french", "gaelic", "german", "greek", "hebrew", "hindi"}
    | {"irish", "italian", "japanese", "latin", "mandarin", "polish", "punjabi", "russian", "scottish", "spanish"}
    | {"turkish", "urdu", "welsh"}
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A subject's figures: at expected or above, counted, and all in view."""

    subject: str
    secure: int
    counted: int
    population: int


@dataclass(frozen=True, slots=True)
class Finding:
    """`lead` is printed strong and may be empty; `rest` follows it."""

    lead: str
    rest: str

    @property
    def text(self) -> str:
        return f"{self.lead} {self.rest}".strip()


def findings(rows: Sequence[Standing], *, where: str, chosen: str = "") -> list[Finding]:
    """What the figures say, about the subject `chosen` or else the lowest. Empty when nobody has a mark that counts."""
    marked = [row for row in rows if row.counted]
    ranked = [row for row in marked if is_enough(row)]
    focus = told_of(rows, chosen=chosen)
    if focus is None:
        return []
    if not focus.counted:
        return [_nothing(focus)]
    first = Finding(_lead(focus, ranked, marked), " ".join([_share(focus, where), *_beside(focus, ranked)]))
    cautions = _cautions(focus, marked)
    return [first, *([Finding("", cautions)] if cautions else [])]


def told_of(rows: Sequence[Standing], *, chosen: str = "") -> Standing | None:
    """The subject to look closely at: `chosen`, else the lowest. None when nobody has a mark that counts."""
    marked = [row for row in rows if row.counted]
    if not marked:
        return None
    ranked = [row for row in marked if is_enough(row)]
    return next((row for row in rows if row.subject == chosen), None) or min(ranked or marked, key=_Share)


class _Share:
    """Orders by exact fraction; of equals the first stays first."""

    def __init__(self, row: Standing) -> None:
        self.row = row

    def __lt__(self, other: "_Share") -> bool:
        return self.row.secure * other.row.counted < other.row.secure * self.row.counted


def _same(one: Standing, other: Standing) -> bool:
    return one.secure * other.counted == other.secure * one.counted


def is_enough(row: Standing) -> bool:
    """Whether nearly everybody is counted, and not too few: half-entered marks make a false finding."""
    part, whole = ENOUGH
    return row.counted >= FEW and row.counted * whole >= row.population * part


def _lead(focus: Standing, ranked: Sequence[Standing], marked: Sequence[Standing]) -> str:
    """The rank of the subject told of. Where a subject with marks is not ranked, those that are ranked are named."""
    if len(ranked) < 2 or focus not in ranked:
        return ""
    lowest, highest = min(ranked, key=_Share), max(ranked, key=_Share)
    if _same(lowest, highest):
        return f"{listed([ranked[0].subject, *(inside(row.subject) for row in ranked[1:])])} are level."
    low, high = _words(ranked)
    for end, word in ((lowest, low), (highest, high)):
        if _same(focus, end):
            others = [inside(row.subject) for row in ranked if row is not focus and _same(row, end)]
            said = f"{listed([inside(focus.subject), *others])} {'are' if others else 'is'} {word}."
            among = f"of {listed([inside(row.subject) for row in ranked])}, " if len(ranked) < len(marked) else ""
            return upper_first(f"{among}{said}")
    return ""


def _share(row: Standing, where: str) -> str:
    return f"{upper_first(where)}, {_who(row)} at expected or above in {inside(row.subject)}{in_brackets(row)}."


def _who(row: Standing) -> str:
    if row.counted == 1:
        return "the one pupil counted is" if row.secure else "the one pupil counted is not"
    if not row.secure:
        return f"none of the {figure(row.counted)} pupils counted is"
    if row.secure == row.counted:
        return "both pupils counted are" if row.counted == 2 else f"all {figure(row.counted)} pupils counted are"
    return f"{figure(row.secure)} of {figure(row.counted)} pupils counted {'is' if row.secure == 1 else 'are'}"


def in_brackets(row: Standing) -> str:
    """The share in brackets; nothing where rounding would say none or all of what is neither."""
    said = rounded_percent(row.secure, row.counted)
    neither = 0 < row.secure < row.counted
    return "" if row.counted == 1 or (neither and said in (0, 100)) else f" ({said}%)"


def _beside(focus: Standing, ranked: Sequence[Standing]) -> list[str]:
    """The far end of the ranking, for comparison."""
    if len(ranked) < 2 or focus not in ranked:
        return []
    lowest, highest = min(ranked, key=_Share), max(ranked, key=_Share)
    if _same(lowest, highest):
        return []
    low, high = _words(ranked)
    end, word = (lowest, low) if _same(focus, highest) else (highest, high)
    shared = "among the" if sum(_same(row, end) for row in ranked) > 1 else "the"
    count = f"{figure(end.secure)} of {figure(end.counted)}"
    return [f"In {inside(end.subject)}, {shared} {word}, it is {count}{in_brackets(end)}."]


def _words(ranked: Sequence[Standing]) -> tuple[str, str]:
    return ("lower", "higher") if len(ranked) == 2 else ("lowest", "highest")


def _nothing(row: Standing) -> Finding:
    pupils = f"None of the {count_of(row.population, 'pupil')} in view is counted in it."
    one = "The one pupil in view is not counted in it."
    return Finding(f"No mark in {inside(row.subject)} counts yet.", one if row.population == 1 else pupils)


def _cautions(focus: Standing, marked: Sequence[Standing]) -> str:
    missing = focus.population - focus.counted
    alone = _why_not_compared(marked)
    said = []
    if missing and not (alone and focus.counted >= FEW and not is_enough(focus)):
        verb = "is" if missing == 1 else "are"
        of = f"{figure(missing)} of {count_of(focus.population, 'pupil')}"
        said.append(f"{of} {verb} not counted in {inside(focus.subject)}.")
    if focus.counted < FEW:
        said.append(f"Fewer than {FEW} pupils are counted in {inside(focus.subject)}: read it with care.")
    return " ".join([*said, alone]).strip()


def _why_not_compared(marked: Sequence[Standing]) -> str:
    """Why several subjects with marks are not ranked; "" when they are, or when there is one."""
    short = [row for row in marked if not is_enough(row)]
    if len(marked) < 2 or len(marked) - len(short) > 1:
        return ""
    most = max(short, key=lambda row: row.counted)
    if most.counted < FEW:
        return "Subjects are not compared."
    of = f"{figure(most.counted)} of {count_of(most.population, 'pupil')} are counted"
    alike = len({row.counted for row in short}) == 1
    if alike and len(short) == len(marked):
        return f"Only {of}, so subjects are not compared."
    where = listed([inside(row.subject) for row in short])
    return f"In {where} {'only' if alike else 'at most'} {of}, so subjects are not compared."


@lru_cache(maxsize=256)
def inside(subject: str) -> str:
    """A subject in the middle of a sentence: "Writing" → "writing", but "English", "RE" and "Welsh" as they are."""
    first = subject.partition(" ")[0]
    keeps = first.lower() in PROPER or any(sign.isupper() for sign in subject[1:])
    return subject if keeps else f"{subject[:1].lower()}{subject[1:]}"


def listed(names: Sequence[str]) -> str:
    """ "Reading", "Reading and maths", "Reading, writing and maths"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
