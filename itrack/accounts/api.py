"""What other domains may ask of accounts."""

from itrack.accounts.actions.people import add_member
from itrack.accounts.actions.places import PlaceFacts, change_place, end_place, restore_place, take_places
from itrack.accounts.actions.roles import settle_role
from itrack.accounts.actions.signing_in import Step, sign_in
from itrack.accounts.actions.stays import arrive, end_everywhere, end_stay, move_stay
from itrack.accounts.queries.people import member_row, teachers, viewer_named, viewers_named, viewers_of
from itrack.accounts.queries.staff import (
    AccountRow,
    PlaceRow,
    accounts_of,
    address_of,
    first_joined,
    members_to_tell,
    place,
    places,
    roles_with_factor,
)

__all__ = [
    "AccountRow",
    "PlaceFacts",
    "PlaceRow",
    "Step",
    "accounts_of",
    "add_member",
    "address_of",
    "arrive",
    "change_place",
    "end_everywhere",
    "end_place",
    "end_stay",
    "first_joined",
    "member_row",
    "members_to_tell",
    "move_stay",
    "place",
    "places",
    "restore_place",
    "roles_with_factor",
    "settle_role",
    "sign_in",
    "take_places",
    "teachers",
    "viewer_named",
    "viewers_named",
    "viewers_of",
]
