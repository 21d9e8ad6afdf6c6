"""What other domains may ask of accounts."""

from itrack.accounts.actions.advising import take_advice
from itrack.accounts.actions.arriving import invite_first_again, take_on
from itrack.accounts.actions.defaults import recall, remembering, set_look
from itrack.accounts.actions.doors import doors_shut
from itrack.accounts.actions.factors import add_app
from itrack.accounts.actions.forgetting import forget_factors
from itrack.accounts.actions.holdups import TooManyTries, count_wrong, counted_against, forgive, hold_back, wait_for
from itrack.accounts.actions.invitations import invite, resend_invitation, withdraw_invitation
from itrack.accounts.actions.links import use_link
from itrack.accounts.actions.lost import ask_for_help, set_lost_password
from itrack.accounts.actions.passwords import breached_passwords, set_password
from itrack.accounts.actions.people import add_member
from itrack.accounts.actions.places import PlaceFacts, change_place, end_place, restore_place, take_places
from itrack.accounts.actions.posting import post_invitation, post_new_password, post_user_name
from itrack.accounts.actions.proving import prove
from itrack.accounts.actions.roles import settle_role
from itrack.accounts.actions.signing_in import Step, finish, go_on, sign_in
from itrack.accounts.actions.stays import arrive, begin_stay, end_everywhere, end_stay, move_stay
from itrack.accounts.actions.taking_up import accept, take_up
from itrack.accounts.queries.defaults import remembered
from itrack.accounts.queries.holdups import tries_kept
from itrack.accounts.queries.people import (
    class_staff,
    granted_schools,
    is_read_by,
    member_row,
    members,
    teachers,
    viewer_named,
    viewers_named,
    viewers_of,
)
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
    standing,
)
from itrack.accounts.queries.stays import live_sign_ins

__all__ = [
    "AccountRow",
    "OnNow",
    "PlaceFacts",
    "PlaceRow",
    "Step",
    "TooManyTries",
    "accept",
    "accounts_of",
    "add_app",
    "add_member",
    "address_of",
    "arrive",
    "ask_for_help",
    "begin_stay",
    "breached_passwords",
    "change_place",
    "class_staff",
    "count_wrong",
    "counted_against",
    "doors_shut",
    "end_everywhere",
    "end_place",
    "end_stay",
    "finish",
    "first_joined",
    "forget_factors",
    "forgive",
    "go_on",
    "granted_schools",
    "hold_back",
    "invite",
    "invite_first_again",
    "is_read_by",
    "live_sign_ins",
    "member_row",
    "members",
    "members_to_tell",
    "move_stay",
    "place",
    "places",
    "post_invitation",
    "post_new_password",
    "post_user_name",
    "presence_kept",
    "prove",
    "recall",
    "remembered",
    "remembering",
    "resend_invitation",
    "restore_place",
    "roles_with_factor",
    "set_look",
    "set_lost_password",
    "set_password",
    "settle_role",
    "sign_in",
    "standing",
    "take_advice",
    "take_on",
    "take_places",
    "take_up",
    "teachers",
    "tries_kept",
    "use_link",
    "viewer_named",
    "viewers_named",
    "viewers_of",
    "wait_for",
    "who_is_on",
    "withdraw_invitation",
]
