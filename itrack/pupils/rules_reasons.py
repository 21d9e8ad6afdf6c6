"""An answer in words: what it says, why, and where that came from.

reason(answer) → "Ever-6: free meals until 14 July 2023"
source_in_words(Source("import", date(2026, 11, 3), "Olu Office")) → "transfer file of 3 November 2026"
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from itrack.pupils.rules_answers import NO, PLAN, SUPPORT, UNKNOWN, YES, Flag, Ground
from itrack.pupils.rules_circumstances import LANGUAGES
from itrack.pupils.rules_circumstances import SEN as SEN_CODES
from itrack.pupils.rules_circumstances import SERVICE as SERVICE_CODES
from itrack.ui.words import long_date

if TYPE_CHECKING:
    from itrack.pupils.rules_answers import Answer, Fact, Source

TITLES: Final[dict[str, str]] = {
    Flag.FREE_MEALS: "Free school meals",
    Flag.EVER_SIX: "Ever-6 free meals",
    Flag.CARE: "Looked after",
    Flag.AFTER_CARE: "Previously looked after",
    Flag.DISADVANTAGED: "Disadvantaged",
    Flag.SERVICE: "Service child",
    Flag.PREMIUM: "Pupil premium",
    Flag.LANGUAGE: "EAL",
    Flag.SEN: "SEN",
}
# What each flag means, in a sentence.
MEANS: Final[dict[str, str]] = {
    Flag.FREE_MEALS: "Free school meals on the day. A spell carries on until the record ends it.",
    Flag.EVER_SIX: "Ever-6: free school meals on any day of the last six years, not counting nursery.",
    Flag.CARE: "In the care of a local authority on the day.",
    Flag.AFTER_CARE: "Adopted from care, or left it by a guardianship or arrangements order. No transfer file says so.",
    Flag.DISADVANTAGED: "Ever-6, or looked after, or left care by an order.",
    Flag.SERVICE: "A parent serves in the armed forces.",
    Flag.PREMIUM: "Ever-6, looked after, left care by an order, or a service child. Money "
    "follows the January census, so this need not be what is paid.",
    Flag.LANGUAGE: "English as an additional language: the first language is known and is not English.",
    Flag.SEN: "SEN support, or an education, health and care plan or statement.",
}
SAYS: Final = {YES: "Yes", NO: "No", UNKNOWN: "Not known", SUPPORT: "SEN support", PLAN: "EHC plan"}
WITHHELD: Final = "The reason is not shown to your role."
_NOTHING: Final = "nothing recorded"
_ABOUT: Final[dict[str, str]] = {
    Flag.FREE_MEALS: "free meals",
    Flag.EVER_SIX: "free meals",
    Flag.CARE: "in care",
    Flag.AFTER_CARE: "in care",
}
_SHORT: Final[dict[str, str]] = {
    Flag.FREE_MEALS: "free meals ",
    Flag.EVER_SIX: "Ever-6: ",
    Flag.AFTER_CARE: "previously looked after: ",
    Flag.SERVICE: "service child: ",
}
_CODES: Final[dict[str, dict[str, str]]] = {Flag.SEN: SEN_CODES, Flag.SERVICE: SERVICE_CODES, Flag.LANGUAGE: LANGUAGES}
_BROUGHT_BY: Final = {
    "import": "transfer file of {on}",
    "sheet": "spreadsheet of {on}",
    "joiner": "typed in by {by}, {on}",
    "merge": "two records made one by {by}, {on}",
    "flags": "set by {by}, {on}",
}


def says(answer: Answer) -> str:
    return SAYS[answer.says]


def reason(answer: Answer) -> str:
    """Why, in words that stand after a colon or alone once their first letter is made large."""
    if answer.ground == Ground.SET:
        return f"set by the school for {answer.year}/{(answer.year + 1) % 100:02d}"
    if answer.ground == Ground.OTHERS:
        return "; ".join(_SHORT.get(one.flag, "") + reason(one) for one in answer.of) or "none of its reasons holds"
    if answer.ground == Ground.EARLY:
        return "not yet in Reception, from where it counts"
    if answer.fact is None or answer.ground == Ground.NOTHING:
        return _NOTHING
    return _of_fact(answer, answer.fact)


def _of_fact(answer: Answer, fact: Fact) -> str:
    codes = _CODES.get(answer.flag)
    if codes is not None:
        said = codes.get(fact.code, fact.code)
        words = f"recorded as {said}" if answer.flag == Flag.SERVICE else said
    else:
        words = "not in care" if answer.flag == Flag.CARE and fact.code == "no" else _ABOUT[answer.flag]
    if answer.flag == Flag.AFTER_CARE:
        return f"{words} until {_day(fact)}, and how it ended is not recorded"
    return words + _when(fact)


def _when(fact: Fact) -> str:
    if fact.ends is not None:
        return f" until {_day(fact)}"
    return f" since {long_date(fact.starts)}" if fact.starts else ""


def _day(fact: Fact) -> str:
    return long_date(fact.ends) if fact.ends else ""


def source_of(answer: Answer) -> Source | None:
    """Where the answer came from; of one that follows from others, where the first of them did."""
    if answer.source is not None or answer.fact is not None:
        return answer.source or (answer.fact.source if answer.fact else None)
    return next((source_of(one) for one in answer.of), None)


def source_in_words(source: Source | None) -> str:
    """ "" where there is nothing to tell of."""
    if source is None:
        return ""
    return _BROUGHT_BY.get(source.kind, "changed by {by}, {on}").format(by=source.by, on=long_date(source.on))
