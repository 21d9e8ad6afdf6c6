"""What checking does and answers, for its pages and for the domains above it."""

from itrack.checking.actions import move_marks, take_move_back
from itrack.checking.queries.completeness import Completeness, Looked, Missing, asked_for, completeness, look, missing
from itrack.checking.queries.moving import Asked, Offered, Preview, moves, offered_to_move, preview_of
from itrack.checking.queries.odd import OddAsked, OddLine, OddPage, odd_page

__all__ = [
    "Asked",
    "Completeness",
    "Looked",
    "Missing",
    "OddAsked",
    "OddLine",
    "OddPage",
    "Offered",
    "Preview",
    "asked_for",
    "completeness",
    "look",
    "missing",
    "move_marks",
    "moves",
    "odd_page",
    "offered_to_move",
    "preview_of",
    "take_move_back",
]
