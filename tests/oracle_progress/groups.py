"""Which groups a pupil belongs to on a day, as the law and the school's record have it, read off bare rows."""

from datetime import date

from itrack.foundation.clock import LONDON
from tests.oracle_progress.record import LADDER, Row, Then, _has

# Kind of group → its title, and its groups by code in the order of the page.
KINDS = {
    "sex": ("Sex", {"f": "Girls", "m": "Boys", "?": "Not stated"}),
    "disadvantage": ("Disadvantage", {"yes": "Disadvantaged", "no": "No, or none recorded", "?": "Not known"}),
    "meals": ("Free school meals", {"yes": "Free meals now", "no": "No, or none recorded", "?": "Not known"}),
    "sen": (
        "SEN",
        {"K": "SEN support", "E": "EHC plan or statement", "N": "No SEN", "?": "None recorded"},
    ),
    "care": ("Looked after", {"yes": "Looked after", "no": "No, or none recorded", "?": "Not known"}),
    "service": ("Service child", {"yes": "Service child", "no": "No, or none recorded", "?": "Not known"}),
    "language": ("First language", {"yes": "EAL", "no": "English", "?": "Not known"}),
    "born": ("Term of birth", {"autumn": "Autumn", "spring": "Spring", "summer": "Summer"}),
    "joined": (
        "Joined",
        {
            "usual": "At the usual time",
            "earlier": "Later, before this year",
            "now": "Later, in this year",
            "?": "Not known",
        },
    ),
}


# Kind of group → the flag by which the school may say another thing than the record.
FLAGS = {
    "disadvantage": "disadvantaged",
    "meals": "fsm",
    "sen": "sen",
    "care": "care",
    "service": "service",
    "language": "eal",
}
WORDS = {"unknown": "?"}  # "no" of SEN is N as in the record


def group_of(then: Then, kind: str, pupil: int, on: date) -> str:
    """The school's own word for the year, else what the record says."""
    if kind in FLAGS and (word := said(then, FLAGS[kind], pupil, year_of(on))):
        return {"no": "N"}.get(word, word) if kind == "sen" else word
    rule = {
        "sex": _sex, "disadvantage": _disadvantage, "meals": _meals, "sen": _sen, "care": _care,
        "service": _service, "language": _language, "born": _born, "joined": _joined,
    }[kind]  # fmt: skip
    return rule(then, pupil, on)


def year_of(day: date) -> int:
    return day.year if day.month >= 9 else day.year - 1


def said(then: Then, flag: str, pupil: int, year: int) -> str:
    """What the school says of a flag in a year, "" where it leaves that to the record."""
    rows = [row for row in then.held("flags", pupil) if (row["flag"], row["year"]) == (flag, year)]
    return WORDS.get(rows[0]["says"], rows[0]["says"]) if rows else ""


def _facts(then: Then, kind: str, pupil: int) -> list[Row]:
    return [row for row in then.held("circumstances", pupil) if row["kind"] == kind]


def _now(rows: list[Row], on: date) -> Row | None:
    """That which holds on the day; of several the one that began last."""
    return max((row for row in rows if _has(row, on)), key=lambda row: row["starts"], default=None)


def _sex(then: Then, pupil: int, on: date) -> str:
    return then.pupils[pupil]["sex"].lower() or "?"


def _meals(then: Then, pupil: int, on: date) -> str:
    return "yes" if _now(_facts(then, "fsm", pupil), on) else "no"


def _disadvantage(then: Then, pupil: int, on: date) -> str:
    """Ever-6, or in care, or out of care in a way that is not recorded."""
    return _any(ever_six(then, pupil, on), group_of(then, "care", pupil, on), after_care(then, pupil, on))


def premium(then: Then, pupil: int, on: date) -> str:
    """Any reason for which money is paid, a parent in the forces among them."""
    word = said(then, "premium", pupil, year_of(on))
    service = group_of(then, "service", pupil, on)
    return word or _any(
        ever_six(then, pupil, on), group_of(then, "care", pupil, on), after_care(then, pupil, on), service
    )


def _any(*answers: str) -> str:
    return "yes" if "yes" in answers else "?" if "?" in answers else "no"


def ever_six(then: Then, pupil: int, on: date) -> str:
    """Free meals on any day of the six years before, from Reception on; of each year the school's word goes first."""
    if word := said(then, "ever6", pupil, year_of(on)):
        return word
    reception = date(year_of(on) - (LADDER.index(then.year_group(pupil, year_of(on))) - LADDER.index("R")), 9, 1)
    begins = max(on.replace(year=on.year - 6), reception)
    years = range(year_of(begins), year_of(on) + 1)
    return _any(*(_meals_in(then, pupil, max(begins, date(y, 9, 1)), min(on, date(y + 1, 8, 31)), y) for y in years))


def _meals_in(then: Then, pupil: int, first: date, last: date, year: int) -> str:
    """Whether there were free meals on a day of that year, from the first to the last that counts."""
    rows = _facts(then, "fsm", pupil)
    held = any(row["starts"] <= last and (row["ends"] or last) >= first for row in rows)
    return said(then, "fsm", pupil, year) or ("yes" if held else "no")


def after_care(then: Then, pupil: int, on: date) -> str:
    """That care ended is recorded, and not whether it was for a family by an order: so it is not known."""
    word = said(then, "was_care", pupil, year_of(on))
    left = [row for row in _facts(then, "care", pupil) if row["code"] == "yes" and row["ends"] and row["ends"] < on]
    return word or ("?" if left else "no")


def _care(then: Then, pupil: int, on: date) -> str:
    held = _now(_facts(then, "care", pupil), on)
    return held["code"] if held else "no"


def _service(then: Then, pupil: int, on: date) -> str:
    held = _now(_facts(then, "service", pupil), on)
    return {"Y": "yes", "N": "no"}.get(held["code"], "?") if held else "no"


def _sen(then: Then, pupil: int, on: date) -> str:
    """Nothing recorded is not the same as no need."""
    held = _now(_facts(then, "sen", pupil), on)
    return held["code"] if held else "?"


def _language(then: Then, pupil: int, on: date) -> str:
    code = then.pupils[pupil]["first_language"]
    return "?" if not code else "no" if code == "ENG" else "yes"


def _born(then: Then, pupil: int, on: date) -> str:
    month = then.pupils[pupil]["dob"].month
    return "autumn" if month >= 9 else "spring" if month <= 4 else "summer"


def _joined(then: Then, pupil: int, on: date) -> str:
    """Up to the end of Reception is usual. A spell that begins on the day its file came in has no known beginning."""
    spells = [row for row in then.held("spells", pupil) if _has(row, on)]
    if not spells:
        return "?"
    spell = min(spells, key=lambda row: row["starts"])
    deed = next(row for row in then.lists["deeds"] if row["id"] == spell["added_by_id"])
    if deed["kind"] == "import" and spell["added_at"].astimezone(LONDON).date() == spell["starts"]:
        return "?"
    came, year = year_of(spell["starts"]), year_of(on)
    if LADDER.index(then.year_group(pupil, came)) <= LADDER.index("R"):
        return "usual"
    return "now" if came == year else "earlier"
