"""What is true of a pupil for a time, in words: "SEN support, from 1 September 2024".

The codes are those of a transfer file. One that is not on our list is shown as it was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

SEN: Final = {
    "N": "No special educational need",
    "K": "SEN support",
    "E": "Education, health and care plan",
    "S": "Statement",
    "A": "School Action",
    "P": "School Action Plus",
}
NEEDS: Final = {
    "SPLD": "Specific learning difficulty",
    "MLD": "Moderate learning difficulty",
    "SLD": "Severe learning difficulty",
    "PMLD": "Profound and multiple learning difficulty",
    "SEMH": "Social, emotional and mental health",
    "BESD": "Behaviour, emotional and social difficulties",
    "SLCN": "Speech, language and communication needs",
    "HI": "Hearing impairment",
    "VI": "Vision impairment",
    "MSI": "Multi-sensory impairment",
    "PD": "Physical disability",
    "ASD": "Autistic spectrum disorder",
    "DS": "Down syndrome",
    "OTH": "Other difficulty or disability",
    "NSA": "SEN support, type of need not yet assessed",
}
COUNTRIES: Final = {"ENG": "England", "WLS": "Wales", "SCT": "Scotland", "NIR": "Northern Ireland"}
CARE: Final = {"yes": "In care", "no": "Not in care"}
SERVICE: Final = {"Y": "Yes", "N": "No", "U": "Not known", "R": "Not said"}
STAGES: Final = {
    "A": "New to the language",
    "B": "Early acquisition",
    "C": "Developing competence",
    "D": "Competent",
    "E": "Fluent",
}
LANGUAGES: Final = {
    "ENG": "English",
    "ENB": "Believed to be English",
    "OTB": "Believed to be other than English",
    "OTH": "Other than English",
    "CLSF": "Not yet known",
    "NOT": "Not known",
    "REF": "Not said",
    "CYM": "Welsh",
    "ARA": "Arabic",
    "BNG": "Bengali",
    "GUJ": "Gujarati",
    "PNJ": "Panjabi",
    "POL": "Polish",
    "SOM": "Somali",
    "URD": "Urdu",
}

# Kind of circumstance → what it is called, the words for its codes. The order is that of a page.
KINDS: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "fsm": ("Free school meals", COUNTRIES),
    "sen": ("SEN provision", SEN),
    "sen_need": ("SEN need", NEEDS),
    "care": ("Care", CARE),
    "service": ("Service child", SERVICE),
    "aln": ("Additional learning needs", {"IDP": "Individual development plan"}),
    "aln_need": ("Additional learning need", NEEDS),
    "eal_stage": ("Stage of English or Welsh", STAGES),
}


@dataclass(frozen=True, slots=True)
class Circumstance:
    """A circumstance as recorded; `starts` and `ends` are the first and last day, None for not said."""

    kind: str
    code: str
    detail: str
    rank: int | None
    starts: date | None
    ends: date | None
    checked_on: date | None
    recognised: bool
    source: str = ""


@dataclass(frozen=True, slots=True)
class InWords:
    """`title` says what it is about, `words` what holds, `source` where it came from.

    `recognised` False: the code is shown as it was written.
    """

    title: str
    words: str
    starts: date | None
    ends: date | None
    checked_on: date | None
    recognised: bool
    source: str = ""


def in_words(told: Circumstance) -> InWords:
    title, codes = KINDS[told.kind]
    said = codes.get(told.code, told.code) or "Yes"
    more = _more(told)
    recognised = told.recognised and (not told.code or told.code in codes)
    words = f"{said}, {more}" if more else said
    return InWords(title, words, told.starts, told.ends, told.checked_on, recognised=recognised, source=told.source)


def _more(told: Circumstance) -> str:
    if told.rank is not None:
        return {1: "the main need", 2: "the second need"}.get(told.rank, f"need {told.rank}")
    if told.kind == "care" and told.detail:
        return f"authority {told.detail}"
    return f"category {told.detail}" if told.detail else ""
