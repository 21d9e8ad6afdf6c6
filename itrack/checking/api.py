"""What checking does and answers, for its pages and for the domains above it."""

from itrack.checking.actions import move_marks, take_move_back
from itrack.checking.queries.moving import Asked, Offered, Preview, moves, offered_to_move, preview_of

__all__ = [
    "Asked",
    "Offered",
    "Preview",
    "move_marks",
    "moves",
    "offered_to_move",
    "preview_of",
    "take_move_back",
]
