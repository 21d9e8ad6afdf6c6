"""What other domains may ask of accounts."""

from itrack.accounts.actions.doors import doors_shut
from itrack.accounts.actions.holdups import TooManyTries, count_wrong, counted_against, forgive, hold_back, wait_for
from itrack.accounts.actions.people import add_member
from itrack.accounts.actions.places import PlaceFacts, change_place, end_place, restore_place, take_places
from itrack.accounts.actions.roles import settle_role
from itrack.accounts.actions.signing_in import Step, sign_in
from itrack.accounts.actions.stays import arrive, begin_stay, end_everywhere, end_stay, move_stay
from itrack.accounts.queries.people import member_row, teachers, viewer_named, viewers_named, viewers_of
from itrack.accounts.queries.presence import OnNow, presence_kept, who_is_on
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
    "OnNow",
    "PlaceFacts",
    "PlaceRow",
    "Step",
    "TooManyTries",
    "accounts_of",
    "add_member",
    "address_of",
    "arrive",
    "begin_stay",
    "change_place",
    "count_wrong",
    "counted_against",
    "doors_shut",
    "end_everywhere",
    "end_place",
    "end_stay",
    "first_joined",
    "forgive",
    "hold_back",
    "member_row",
    "members_to_tell",
    "move_stay",
    "place",
    "places",
    "presence_kept",
    "restore_place",
    "roles_with_factor",
    "settle_role",
    "sign_in",
    "take_places",
    "teachers",
    "viewer_named",
    "viewers_named",
    "viewers_of",
    "wait_for",
    "who_is_on",
]
