"""In which group a pupil is on a day, as the definitions have it, read off the bare rows.

What is not recorded is never taken for no. The school's own word on a flag, for the year of the day, goes first.
"""

from collections.abc import Callable
from datetime import date, timedelta

from tests.oracle.rows import Fact, Rows, covers

YES, NO, UNKNOWN = "yes", "no", "unknown"
LADDER = ("E1", "E2", "N1", "N2", "R", *(str(year) for year in range(1, 14)))
# Each kind's groups in the words of the report.
GROUPS = {
    "Sex": ("Girls", "Boys", "Not stated"),
    "Disadvantage": ("Disadvantaged", "No, or none recorded", "Not known"),
    "Free school meals": ("Free meals now", "No, or none recorded", "Not known"),
    "SEN": ("SEN support", "EHC plan or statement", "No SEN", "None recorded"),
    "Looked after": ("Looked after", "No, or none recorded", "Not known"),
    "Service child": ("Service child", "No, or none recorded", "Not known"),
    "First language": ("EAL", "English", "Not known"),
    "Term of birth": ("Autumn", "Spring", "Summer"),
    "Joined": ("At the usual time", "Later, before this year", "Later, in this year", "Not known"),
}
# Left out of a breakdown where everybody is in one group.
SPARE = ("Free school meals", "Looked after", "Service child", "Joined")


def group_of(rows: Rows, kind: str, pupil: int, day: date) -> str:
    asked = kind, pupil, day
    if asked not in rows.known:
        rows.known[asked] = _GROUP_OF[kind](rows, pupil, day)
    return rows.known[asked]


def school_year(day: date) -> int:
    return day.year if day >= date(day.year, 9, 1) else day.year - 1


def year_group(rows: Rows, pupil: int, year: int = 2026) -> str:
    """As recorded for the year; else counted up or down from the nearest year recorded, the earlier of two."""
    told = {int(one.key): one.code for one in rows.of_kind(pupil, "year")}
    if year in told or not told:
        return told.get(year) or _by_age(rows.pupils[pupil]["dob"], year)
    nearest = min(told, key=lambda said: (abs(said - year), said))
    place = LADDER.index(told[nearest]) + year - nearest
    return LADDER[place] if 0 <= place < len(LADDER) else ""


def _by_age(born: date, year: int) -> str:
    place = LADDER.index("R") + year - _reception_by_age(born)
    return LADDER[place] if 0 <= place < len(LADDER) else ""


def _reception_by_age(born: date) -> int:
    return school_year(born.replace(day=1)) + 5


def year_group_words(code: str) -> str:
    return "Reception" if code == "R" else f"Year {code}" if code else "No year group"


def _word(rows: Rows, pupil: int, flag: str, day: date) -> str:
    return rows.words.get((pupil, flag, school_year(day)), "")


def _now(rows: Rows, pupil: int, kind: str, day: date) -> Fact | None:
    """Of the facts that cover the day that which began last."""
    here = [one for one in rows.of_kind(pupil, kind) if covers(one, day)]
    return max(here, key=lambda one: (one.starts or date.min, one.code), default=None)


def _sex(rows: Rows, pupil: int, day: date) -> str:
    return {"F": "Girls", "M": "Boys"}.get(rows.pupils[pupil]["sex"], "Not stated")


def meals(rows: Rows, pupil: int, day: date) -> str:
    return _word(rows, pupil, "fsm", day) or (YES if _now(rows, pupil, "fsm", day) else NO)


def ever_six(rows: Rows, pupil: int, day: date) -> str:
    """Meals on any day of the six years before, but not before Reception; the school's word stands for its year."""
    if said := _word(rows, pupil, "ever6", day):
        return said
    code = year_group(rows, pupil, school_year(day))
    back = LADDER.index(code) - LADDER.index("R") if code in LADDER else None
    reception = school_year(day) - back if back is not None else _reception_by_age(rows.pupils[pupil]["dob"])
    first = max(day.replace(year=day.year - 6), date(reception, 9, 1))
    said = {_meals_in(rows, pupil, year, first, day) for year in range(school_year(first), school_year(day) + 1)}
    return YES if YES in said else UNKNOWN if UNKNOWN in said else NO


def _meals_in(rows: Rows, pupil: int, year: int, first: date, last: date) -> str:
    """Whether there were meals on a day of that school year between the two days."""
    if first > last:
        return NO
    if (pupil, "fsm", year) in rows.words:
        return rows.words[pupil, "fsm", year]
    since, until = max(first, date(year, 9, 1)), min(last, date(year + 1, 8, 31))
    days = [since + timedelta(days=n) for n in range((until - since).days + 1)]
    return YES if any(covers(one, day) for one in rows.of_kind(pupil, "fsm") for day in days) else NO


def care(rows: Rows, pupil: int, day: date) -> str:
    here = _now(rows, pupil, "care", day)
    return _word(rows, pupil, "care", day) or (YES if here and here.code == "yes" else NO)


def left_care(rows: Rows, pupil: int, day: date) -> str:
    """How care ended is never recorded, so whether it was by an order is not known."""
    over = [one for one in rows.of_kind(pupil, "care") if one.code == "yes" and one.ends and one.ends < day]
    return _word(rows, pupil, "was_care", day) or (UNKNOWN if over else NO)


def disadvantaged(rows: Rows, pupil: int, day: date) -> str:
    if said := _word(rows, pupil, "disadvantaged", day):
        return said
    any_of = {one(rows, pupil, day) for one in (ever_six, care, left_care)}
    return YES if YES in any_of else UNKNOWN if UNKNOWN in any_of else NO


def _service(rows: Rows, pupil: int, day: date) -> str:
    here = _now(rows, pupil, "service", day)
    told = {"Y": YES, "N": NO}.get(here.code, UNKNOWN) if here else NO
    return _word(rows, pupil, "service", day) or told


def _sen(rows: Rows, pupil: int, day: date) -> str:
    """Support or a plan of the day; who had some and has it no more has none, of others nothing is recorded."""
    words = {"K": "SEN support", "E": "EHC plan or statement", "S": "EHC plan or statement", "N": "No SEN"}
    if said := _word(rows, pupil, "sen", day):
        return {**words, NO: "No SEN"}.get(said, "None recorded")
    if here := _now(rows, pupil, "sen", day):
        return words.get(here.code, "None recorded")
    over = any(one.ends and one.ends < day for one in rows.of_kind(pupil, "sen"))
    return "No SEN" if over else "None recorded"


def _language(rows: Rows, pupil: int, day: date) -> str:
    code = rows.pupils[pupil]["first_language"]
    told = UNKNOWN if code in ("", "NOT", "REF", "CLSF") else NO if code in ("ENG", "ENB") else YES
    return {YES: "EAL", NO: "English", UNKNOWN: "Not known"}[_word(rows, pupil, "eal", day) or told]


def _born(rows: Rows, pupil: int, day: date) -> str:
    month = rows.pupils[pupil]["dob"].month
    return "Autumn" if month >= 9 else "Spring" if month <= 4 else "Summer"


def _joined(rows: Rows, pupil: int, day: date) -> str:
    """The usual time is up to the end of Reception."""
    here = rows.on_roll(pupil, day)
    year = school_year(here.starts) if here else 0
    code = year_group(rows, pupil, year) if here and not here.unsaid else ""
    if not code:
        return "Not known"
    if LADDER.index(code) <= LADDER.index("R"):
        return "At the usual time"
    return "Later, in this year" if year == school_year(day) else "Later, before this year"


def _in_words(kind: str, says: Callable[[Rows, int, date], str]) -> Callable[[Rows, int, date], str]:
    words = dict(zip((YES, NO, UNKNOWN), GROUPS[kind], strict=True))
    return lambda rows, pupil, day: words[says(rows, pupil, day)]


_GROUP_OF: dict[str, Callable[[Rows, int, date], str]] = {
    "Sex": _sex,
    "Disadvantage": _in_words("Disadvantage", disadvantaged),
    "Free school meals": _in_words("Free school meals", meals),
    "SEN": _sen,
    "Looked after": _in_words("Looked after", care),
    "Service child": _in_words("Service child", _service),
    "First language": _language,
    "Term of birth": _born,
    "Joined": _joined,
}
