"""Who is in the school: everybody on roll on the day, by every kind of group, by year group and by class."""

from tests.oracle.asking import Question
from tests.oracle.circumstances import GROUPS, YES, ever_six, group_of, year_group, year_group_words
from tests.oracle.figures import Foretold, Oracle, Who
from tests.oracle.rows import Rows
from tests.oracle.view import NO_CLASS

SIX_YEARS = "Free meals in six years"
SAYS_SIX = {"Ever 6": YES, "No, or none recorded": "no", "Not known": "unknown"}
# (kind, group, what it is called in a column)
MEASURED = (
    ("Sex", "Girls", "Girls"),
    ("Sex", "Boys", "Boys"),
    ("Disadvantage", "Disadvantaged", "Disadvantaged"),
    (SIX_YEARS, "Ever 6", SIX_YEARS),
    ("Free school meals", "Free meals now", "Free school meals now"),
    ("SEN", "SEN support", "SEN support"),
    ("SEN", "EHC plan or statement", "EHC plan or statement"),
    ("First language", "EAL", "EAL"),
    ("Looked after", "Looked after", "Looked after"),
    ("Service child", "Service child", "Service child"),
    ("Joined", "At the usual time", "Joined at the usual time"),
)
LISTED_IF_ANYBODY = ("No, or none recorded", "Not known", "Not stated", "None recorded")
Parts = dict[str, frozenset[int]]


def context(rows: Rows, question: Question) -> Oracle:
    here = frozenset(pupil for pupil in rows.spells if rows.on_roll(pupil, rows.seen) and _is_of(rows, pupil, question))
    told = Oracle(people=here, counted=here)
    if here:
        kinds = _kinds(rows, here, question)
        told.standing = {kind: _said(parts) for kind, parts in kinds.items()}
        measured = [(kinds[kind][words], head) for kind, words, head in MEASURED if kind in kinds]
        _all(told, here, measured)
        _by_year(told, rows, here, [] if question.anonymous else measured, question)
        _every_group(told, here, kinds)
    return told


def _is_of(rows: Rows, pupil: int, question: Question) -> bool:
    if question.whose.startswith("year-"):
        return year_group(rows, pupil) == question.whose.removeprefix("year-")
    return question.whose in ("all", rows.class_on(pupil, rows.seen))


def _kinds(rows: Rows, here: frozenset[int], question: Question) -> dict[str, Parts]:
    """Every kind the reader is told of; of free meals in six years who may know why somebody is disadvantaged."""
    found = {
        kind: {words: frozenset(one for one in here if group_of(rows, kind, one, rows.seen) == words) for words in of}
        for kind, of in GROUPS.items()
        if kind in question.told
    }
    if question.who == "hana":
        says = {one: ever_six(rows, one, rows.seen) for one in here}
        found[SIX_YEARS] = {
            words: frozenset(one for one in here if says[one] == code) for words, code in SAYS_SIX.items()
        }
    return found


def _said(parts: Parts) -> dict[int, str]:
    return {pupil: words for words, who in parts.items() for pupil in who}


def _all(told: Oracle, here: frozenset[int], measured: list[tuple[frozenset[int], str]]) -> None:
    told.say("", "On roll", {"Pupils": Who(here)})
    for who, head in measured:
        told.say("", head, {"Pupils": Who(who, here)})
        told.drawn["share", "", head] = len(who), len(here)


def _by_year(
    told: Oracle, rows: Rows, here: frozenset[int], measured: list[tuple[frozenset[int], str]], question: Question
) -> None:
    """By year group, and by class where that divides them otherwise."""
    years = _divided(here, {one: year_group_words(year_group(rows, one)) for one in here})
    classes = _divided(here, {one: rows.class_on(one, rows.seen) or NO_CLASS for one in here})
    divided = {"Year group": years}
    if not question.anonymous and set(years.values()) != set(classes.values()):
        divided["Class"] = classes
    for kind, parts in divided.items():
        for words, members in parts.items():
            cells: dict[str, Foretold] = {head: Who(who & members, members) for who, head in measured}
            told.say(kind, words, {"On roll": Who(members), **cells}, len(members))


def _divided(here: frozenset[int], of: dict[int, str]) -> Parts:
    return {words: frozenset(one for one in here if of[one] == words) for words in set(of.values())}


def _every_group(told: Oracle, here: frozenset[int], kinds: dict[str, Parts]) -> None:
    """Also those of whom nothing is recorded, so that each kind adds up to everybody."""
    for kind, parts in kinds.items():
        for words, who in parts.items():
            if who or words not in LISTED_IF_ANYBODY:
                told.say(kind, words, {"Pupils": Who(who, here)})
