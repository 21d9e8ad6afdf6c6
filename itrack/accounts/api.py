"""What other domains may ask of accounts."""

from itrack.accounts.actions import add_member, sign_in, sign_out
from itrack.accounts.queries import member_row, teachers, viewer_named, viewers_named, viewers_of

__all__ = ["add_member", "member_row", "sign_in", "sign_out", "teachers", "viewer_named", "viewers_named", "viewers_of"]
