"""Figures and dates as the house writes them: 57%, −3, 1 pupil, 23 November 2026, Fri 4 Dec. Pure; no Django."""

from datetime import date, datetime

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MINUS = "−"
NOTHING_TO_COUNT = "–"
# A spreadsheet program takes text that begins like this for a formula, or drops the sign and looks again.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def plural(n: int, noun: str) -> str:
    """The noun as n of them are called: "pupil", "pupils". An odd plural is given with it: "child/children"."""
    one, _, many = noun.partition("/")
    return one if n == 1 else many or _regular(one)


def _regular(one: str) -> str:
    if one.endswith("y") and one[-2:-1] not in set("aeiou"):
        return f"{one[:-1]}ies"
    return f"{one}es" if one.endswith(("s", "x", "ch", "sh")) else f"{one}s"


def count_of(n: int, noun: str) -> str:
    """The number with its noun: "1 pupil", "1,204 pupils"."""
    return f"{figure(n)} {plural(n, noun)}"


def figure(n: int) -> str:
    return f"{n:,}".replace("-", MINUS)


def signed(n: int) -> str:
    """A difference in points: "+10", "−10", "0"."""
    return f"+{n:,}" if n > 0 else figure(n)


def rounded_percent(part: int, whole: int) -> int:
    """The share in whole per cent, halves rounded up. Integers throughout, so no float tips a half the wrong way."""
    return (200 * part + whole) // (2 * whole)


def percent(part: int, whole: int) -> str:
    """The share as "57%"; a dash where there is nobody to count."""
    return f"{rounded_percent(part, whole)}%" if whole else NOTHING_TO_COUNT


def upper_first(words: str) -> str:
    """ "expected in reading" → "Expected in reading"."""
    return f"{words[:1].upper()}{words[1:]}"


def long_date(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1][:3]}"


def harmless(text: str) -> str:
    """Text that no spreadsheet program takes for a formula: one that begins like it gets an apostrophe before it.

    So does one with apostrophes there already, so that `unharmed` can tell ours from the text's own.
    """
    return f"'{text}" if _begins_a_formula(text.lstrip("'")) else text


def unharmed(text: str) -> str:
    """What `harmless` was given."""
    return text[1:] if text.startswith("'") and _begins_a_formula(text.lstrip("'")) else text


def _begins_a_formula(text: str) -> bool:
    return text.lstrip(" ").startswith(STARTS_A_FORMULA) or text.startswith(STARTS_A_FORMULA)


def clock_time(moment: datetime) -> str:
    return f"{moment:%H:%M}"
