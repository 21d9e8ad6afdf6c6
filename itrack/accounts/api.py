"""What other domains may ask of accounts."""

from itrack.accounts.actions.people import add_member
from itrack.accounts.actions.roles import settle_role
from itrack.accounts.actions.signing_in import Step, sign_in
from itrack.accounts.actions.stays import arrive, end_everywhere, end_stay, move_stay
from itrack.accounts.queries.people import member_row, teachers, viewer_named, viewers_named, viewers_of

__all__ = [
    "Step",
    "add_member",
    "arrive",
    "end_everywhere",
    "end_stay",
    "member_row",
    "move_stay",
    "settle_role",
    "sign_in",
    "teachers",
    "viewer_named",
    "viewers_named",
    "viewers_of",
]
