"""The national figures a report of Year 6 compares with, as a text to begin with: what the record knows, and no more.

national_words({("rwm-expected", 2025): National(Decimal(62), "DfE, …", "release 2024/25")}, upto=2027)
→ "2025, pupils who reached the expected standard: 62% in reading, writing and maths combined. Source: DfE, …"
"""

from collections.abc import Mapping
from typing import Final

from itrack.statutory.rules.national import National

# What the school's own figures are given of, in the words that follow "the expected standard in".
COMPARED: Final = {
    "reading-expected": "reading",
    "writing-expected": "writing",
    "maths-expected": "maths",
    "rwm-expected": "reading, writing and maths combined",
}


def national_words(figures: Mapping[tuple[str, int], National], *, upto: int) -> str:
    """Of the last year up to `upto` of which any of them is known; "" when none is. Figures of two years never mix."""
    years = [year for measure, year in figures if measure in COMPARED and year <= upto]
    if not years:
        return ""
    known = {name: one for name in COMPARED if (one := figures.get((name, max(years))))}
    said = "; ".join(f"{one.value.normalize():f}% in {COMPARED[name]}" for name, one in known.items())
    sources = dict.fromkeys(", ".join(filter(None, (one.source, one.published))) for one in known.values())
    return f"{max(years)}, pupils who reached the expected standard: {said}. Source: {'; '.join(sources)}."
