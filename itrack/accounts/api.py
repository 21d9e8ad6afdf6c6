"""What other domains may ask of accounts."""

from itrack.accounts.actions import add_member, sign_in, sign_out
from itrack.accounts.queries import role_of, teachers, viewer_named, viewers_of

__all__ = ["add_member", "role_of", "sign_in", "sign_out", "teachers", "viewer_named", "viewers_of"]
