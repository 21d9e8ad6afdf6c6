"""What a framework's names, codes and statements may look like. Each fault is a sentence for whoever typed it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from itrack.frameworks.rules.scale import HIGHEST_DEPTH
from itrack.frameworks.rules.years import LADDER, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from itrack.frameworks.rules.content import About, StatementFacts, StrandFacts
    from itrack.frameworks.rules.scale import Depth

LONGEST_TITLE: Final = 60
LONGEST_VERSION: Final = 20
LONGEST_SUBJECT: Final = 40
LONGEST_STRAND: Final = 80
LONGEST_TEXT: Final = 200
LONGEST_POINTER: Final = 160
LONGEST_DEPTH: Final = 40
MOST_ROWS: Final = 5_000  # of a file
MOST_DEPTHS: Final = 8
YEARS: Final = range(1988, 2100)
KINDS: Final = ("curriculum", "early", "steps", "other")
CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,23}")
DEPTH_CODE: Final = re.compile(r"[A-Z0-9]")
# Line breaks, tabs and other control characters, and surrogates that stand alone.
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff\ufeff]")


def text_fault(what: str, text: str, longest: int, *, needed: bool = True) -> str:
    """What is wrong with one cell of text; "" when nothing is. `what` begins the sentence: "The statement"."""
    if _UNSEEN.search(text):
        return f"{what} holds a line break or a character that cannot be seen."
    if needed and not text:
        return f"{what} is empty."
    if len(text) > longest:
        return f"{what} has {len(text):,} characters; at most {longest} fit."
    return ""


def year_groups_fault(first: str, last: str) -> str:
    for code in (first, last):
        if code not in LADDER:
            return f"“{code[:10]}” is no year group here; they are {', '.join(LADDER[:3])} and 1 to {LADDER[-1]}."
    return "" if span(first, last) else f"The last year group, {last}, comes before the first, {first}."


def strand_faults(strand: StrandFacts) -> list[str]:
    found = [
        text_fault("The subject", strand.subject, LONGEST_SUBJECT),
        text_fault("The strand", strand.name, LONGEST_STRAND),
        year_groups_fault(strand.first, strand.last),
    ]
    return [fault for fault in found if fault]


def statement_faults(statement: StatementFacts) -> list[str]:
    """What is wrong with a statement by itself; whether its code is taken is not asked here."""
    found = [
        "" if CODE.fullmatch(statement.code) else CODE_FAULT,
        text_fault("The statement", statement.text, LONGEST_TEXT),
        text_fault("The pointer", statement.pointer, LONGEST_POINTER, needed=False),
    ]
    return [*strand_faults(statement.strand), *(fault for fault in found if fault)]


CODE_FAULT: Final = "A code is 1 to 24 letters, digits, dots, dashes or slashes, such as MA.3.NPV.04."


def about_faults(about: About) -> list[str]:
    years = [year for year in (about.from_year, about.until_year) if year is not None]
    found = [
        text_fault("The name", about.name, LONGEST_TITLE),
        text_fault("The version", about.version, LONGEST_VERSION, needed=False),
        "" if about.kind in KINDS else f"The kind is one of {', '.join(KINDS)}.",
        "" if all(year in YEARS for year in years) else "A school year is told by the year it starts in, such as 2028.",
        "The last school year comes before the first." if years != sorted(years) else "",
    ]
    return [fault for fault in found if fault]


def scale_faults(depths: Sequence[Depth]) -> list[str]:
    """What is wrong with a scale. One depth at least counts as secure, or no figure could ever rise."""
    found = [fault for depth in depths for fault in _depth_faults(depth)]
    codes = [depth.code for depth in depths]
    if len(codes) != len(set(codes)):
        found.append("Two depths have one code.")
    if len(depths) > MOST_DEPTHS:
        found.append(f"A scale has at most {MOST_DEPTHS} depths.")
    if not any(depth.secure for depth in depths):
        found.append("No depth counts as secure.")
    return found


def _depth_faults(depth: Depth) -> list[str]:
    found = [
        "" if DEPTH_CODE.fullmatch(depth.code) else "A depth's code is one capital letter or digit.",
        text_fault("A depth's name", depth.name, LONGEST_DEPTH),
        "" if 0 <= depth.value <= HIGHEST_DEPTH else f"A depth's value is from 0 to {HIGHEST_DEPTH}.",
        "What is not taught cannot count as secure." if depth.secure and not depth.taught else "",
    ]
    return [fault for fault in found if fault]
