"""What changed in a report between two days, predicted from where each pupil stood at the end of either."""

import re

from tests.oracle_progress.record import Then
from tests.oracle_progress.walk import Line, Told

OF_A_DAY = re.compile(r"on roll on \d+ \w+ \d+")


def changes(then: Then, before: Told, now: Told) -> list[Line]:
    """By name, and of one pupil in the order of the report; that a roll was looked at on another day is no change."""
    places = dict.fromkeys((*now.standing, *before.standing))
    told = [
        (who, where, *(held.get(where, {}).get(who, "Not in view") for held in (before.standing, now.standing)))
        for where in places
        for who in {**before.standing.get(where, {}), **now.standing.get(where, {})}
    ]
    moved = [one for one in told if OF_A_DAY.sub("on roll", one[2]) != OF_A_DAY.sub("on roll", one[3])]
    heads = ("Pupil", "Where", "Then", "Now")
    return [Line(dict(zip(heads, one, strict=True))) for one in sorted(moved, key=lambda one: then.by_name(one[0]))]
