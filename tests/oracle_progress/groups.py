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


def group_of(then: Then, kind: str, pupil: int, on: date) -> str:
    rule = {
        "sex": _sex, "disadvantage": _disadvantage, "meals": _meals, "sen": _sen, "care": _care,
        "service": _service, "language": _language, "born": _born, "joined": _joined,
    }[kind]  # fmt: skip
    return rule(then, pupil, on)


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
    """Ever-6, or in care today."""
    return "yes" if ever_six(then, pupil, on) or _care(then, pupil, on) == "yes" else "no"


def ever_six(then: Then, pupil: int, on: date) -> bool:
    """Free meals on any day of the six years before, not counting the time before Reception."""
    year = on.year if on.month >= 9 else on.year - 1
    reception = date(year - (LADDER.index(then.year_group(pupil, year)) - LADDER.index("R")), 9, 1)
    begins = max(on.replace(year=on.year - 6), reception)
    return any(row["starts"] <= on and (row["ends"] or on) >= begins for row in _facts(then, "fsm", pupil))


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
    came, year = (day.year if day.month >= 9 else day.year - 1 for day in (spell["starts"], on))
    if LADDER.index(then.year_group(pupil, came)) <= LADDER.index("R"):
        return "usual"
    return "now" if came == year else "earlier"
