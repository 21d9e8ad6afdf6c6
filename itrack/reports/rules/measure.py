"""What a report counts of the marks of a subject: at expected or above, or at greater depth."""

from dataclasses import dataclass

from itrack.curriculum.rules import GREATER, SECURE
from itrack.reports.rules.tally import SubjectTally


@dataclass(frozen=True, slots=True)
class Measure:
    """`title` heads a column, `words` stand in a sentence, `css` picks the colour of the band it begins at.

    `key` ends the key of a figure of it: the same wherever it stands, and none that another figure has.
    """

    code: str
    key: str
    title: str
    short: str
    words: str
    css: str
    bands: frozenset[str]

    def reached(self, one: SubjectTally) -> frozenset[int]:
        if self.bands is SECURE:
            return one.secure
        return frozenset().union(*(pupils for band, pupils in one.bands.items() if band in self.bands))


AT_EXPECTED = Measure("expected", "secure", "Expected or above", "E or G", "at expected or above", "e", SECURE)
AT_GREATER = Measure("greater", GREATER.code, "Greater depth", "G", "at greater depth", "g", frozenset({GREATER.code}))
MEASURES = {measure.code: measure for measure in (AT_EXPECTED, AT_GREATER)}
