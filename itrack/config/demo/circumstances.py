"""Free school meals and special educational needs of invented children, as spells with dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from itrack.config.demo.child import Spell

if TYPE_CHECKING:
    from random import Random

    from itrack.config.demo.child import Family

PLAN, SUPPORT, SUPPORT_ENDED = 0.045, 0.175, 0.03  # shares of children
# Types of need with how often each is the first of a child's, per hundred of those with needs (national, rounded).
NEEDS = {"SLCN": 30, "SEMH": 20, "SPLD": 14, "MLD": 12, "ASD": 14, "PD": 3, "HI": 2, "VI": 2, "OTH": 3}


def meals_of(family: Family, reception: int, lot: Random) -> tuple[Spell, ...]:
    """A family's spell holds for each of its children, from when they are at school."""
    if family.meals_from is None:
        return ()
    starts = date(max(family.meals_from, reception), lot.choice((9, 11, 12)), lot.randint(2, 27))
    ends = date(family.meals_until, 7, 18) if family.meals_until else None
    if ends and ends <= starts:
        return ()
    return (Spell(starts, ends),)


def sen_of(reception: int, draw: float, lot: Random) -> tuple[Spell, ...]:
    """None, support, support that ended, or support that led to a plan. Few are noticed in Reception, most by Year 3.

    `draw` is a number from 0 to 1 that decides which.
    """
    began = _school_day(reception + lot.choice((0, 0, 1, 1, 2, 3)), lot)
    if draw < PLAN:
        plan = _school_day(began.year + 1, lot)
        return (Spell(began, plan - timedelta(days=1), "K"), Spell(plan, None, "E"))
    if draw < PLAN + SUPPORT:
        return (Spell(began, None, "K"),)
    if draw < PLAN + SUPPORT + SUPPORT_ENDED:
        over = date(began.year + 2, 7, 18)
        return (Spell(began, over, "K"), Spell(date(began.year + 2, 7, 19), None, "N"))
    return ()


def _school_day(year: int, lot: Random) -> date:
    return date(year, lot.choice((9, 10, 11)), lot.randint(2, 27))


def needs_of(spells: tuple[Spell, ...], lot: Random) -> tuple[str, ...]:
    """The types of need by rank, for a child with support or a plan."""
    if not any(spell.code in "KE" for spell in spells):
        return ()
    first = lot.choices(list(NEEDS), list(NEEDS.values()))[0]
    second = lot.choices(list(NEEDS), list(NEEDS.values()))[0]
    return (first, second) if second != first and lot.random() < 0.45 else (first,)
