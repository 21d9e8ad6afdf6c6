"""What other domains may ask of the turn of the year."""

from itrack.rollover.actions.applying import apply_plan, take_new_year_back
from itrack.rollover.actions.planning import (
    begin_again,
    save_classes,
    save_last_days,
    save_own_ways,
    save_points,
    save_routes,
    save_staff,
)
from itrack.rollover.queries.facts import year_to_plan
from itrack.rollover.queries.leaving import LeavingPage, OnePupil, leaving_changes, leaving_page, one_pupil
from itrack.rollover.queries.past import PastYear, past_years
from itrack.rollover.queries.plan import Plan, plan_of

__all__ = [
    "LeavingPage",
    "OnePupil",
    "PastYear",
    "Plan",
    "apply_plan",
    "begin_again",
    "leaving_changes",
    "leaving_page",
    "one_pupil",
    "past_years",
    "plan_of",
    "save_classes",
    "save_last_days",
    "save_own_ways",
    "save_points",
    "save_routes",
    "save_staff",
    "take_new_year_back",
    "year_to_plan",
]
