"""What other domains may ask of staff."""

from itrack.staff.actions.inviting import NewPerson, invite_again, invite_person, invite_rows
from itrack.staff.actions.people import Moved, bring_back, change_person, remove_person, take_move_back
from itrack.staff.actions.reviews import KEEP, REMOVE, Counted, Reminded, remind, sign_review
from itrack.staff.queries.moves import (
    MoveDone,
    MoveLine,
    history,
    move_done,
    moves,
    moves_told,
    roles_that_differ,
)
from itrack.staff.queries.people import Asked, Person, State, class_choices, known, people
from itrack.staff.queries.reviews import (
    Review,
    Signed,
    reminders_sent,
    review_now,
    review_title,
    reviews,
    signed_reviews,
)

__all__ = [
    "KEEP",
    "REMOVE",
    "Asked",
    "Counted",
    "MoveDone",
    "MoveLine",
    "Moved",
    "NewPerson",
    "Person",
    "Reminded",
    "Review",
    "Signed",
    "State",
    "bring_back",
    "change_person",
    "class_choices",
    "history",
    "invite_again",
    "invite_person",
    "invite_rows",
    "known",
    "move_done",
    "moves",
    "moves_told",
    "people",
    "remind",
    "reminders_sent",
    "remove_person",
    "review_now",
    "review_title",
    "reviews",
    "roles_that_differ",
    "sign_review",
    "signed_reviews",
    "take_move_back",
]
