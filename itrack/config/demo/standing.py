"""How well an invented child does, so that their judgements and test results tell one story.

A child's place is a number around 0 with a spread of about 1: ability, drift over the years, a lean for the subject
and a little luck on the day. The luck is drawn from the child's own number, so the order of asking does not matter.
"""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

from itrack.config.demo.child import YEAR_GROUPS

if TYPE_CHECKING:
    from itrack.config.demo.child import Child

SUBJECTS = ("Reading", "Writing", "Maths", "Science")
LUCK = 0.28
# Where greater depth, expected and working towards begin, by subject: writing is the hardest, as nationally.
CUTS = {
    "Reading": (0.95, -0.64, -1.95),
    "Writing": (1.10, -0.44, -1.80),
    "Maths": (1.00, -0.60, -1.95),
    "Science": (1.12, -0.80, -2.10),
}
LETTERS = ("G", "E", "W", "B")
# Whoever stands so far behind, from Year 3 on, is judged against the curriculum of two years earlier.
FAR_BEHIND, YOUNGEST_JUDGED_ELSEWHERE, EARLIER, CATCHES_UP = -2.7, 3, 2, 1.6
AWAY, NOT_YET = 0.012, 0.012  # shares of children away in an assessment's week, and of cells left for later


def place(child: Child, subject: str, *, years: float, event: str) -> float:
    """Where the child stands in a subject, that many years after starting Reception, at the named event."""
    gifts = child.gifts
    lean = gifts.leans[SUBJECTS.index(subject)]
    luck = Random(f"{child.upn}|{subject}|{event}").gauss(0, LUCK)  # noqa: S311 - invents data
    return gifts.ability + lean + gifts.drift * years + luck


def judgement(child: Child, subject: str, *, year: int, slot: int, whole: bool) -> str:
    """The letter a teacher gives at an assessment point, "A" for a child who was away.

    "" for one not yet judged, unless the class is to be `whole`.
    """
    event = f"{year}.{slot}"
    draw = Random(f"{child.upn}|{event}").random()  # noqa: S311 - invents data
    if draw < AWAY:
        return "A"
    if not whole and Random(f"{child.upn}|{event}|{subject}|left").random() < NOT_YET:  # noqa: S311 - invents data
        return ""
    stands = place(child, subject, years=year - child.reception + slot / 6, event=event)
    if stands < FAR_BEHIND and year - child.reception >= YOUNGEST_JUDGED_ELSEWHERE:
        # Says more than "below": where in an earlier year's curriculum the child is.
        return f"{YEAR_GROUPS[year - child.reception - EARLIER]}:{letter(stands + CATCHES_UP, subject)}"
    return letter(stands, subject)


def letter(stands: float, subject: str) -> str:
    """The band's letter for somebody who stands there."""
    return next((band for band, cut in zip(LETTERS, CUTS[subject], strict=False) if stands >= cut), LETTERS[-1])


def score_in_test(child: Child, subject: str, day: date) -> str:
    """A standardised score of that day's test, of which 100 is the average; "A" for who was away."""
    if Random(f"{child.upn}|{day}|test").random() < AWAY:  # noqa: S311 - invents data
        return "A"
    years = (day - date(child.reception, 9, 1)).days / 365
    stands = place(child, subject, years=years, event=f"test {day}")
    return str(min(130, max(70, round(100 + 13 * stands))))
