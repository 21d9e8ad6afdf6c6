"""Signing out everywhere at once."""

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest

from itrack.accounts.actions.stays import end_everywhere
from itrack.accounts.rules_sessions import Ended
from itrack.foundation import audit
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Viewer


@transaction.atomic
def leave_everywhere(*, request: HttpRequest, viewer: Viewer, at: datetime) -> None:
    """Ends every sign-in of the person, this one too, whatever school it is in."""
    end_everywhere(person=viewer.person, why=Ended.SIGNED_OUT, at=at)
    with writing(viewer.school):
        audit.record(
            school=viewer.school,
            by=viewer.member,
            at=at,
            verb="member.signed_out_everywhere",
            subject_id=viewer.sign_in,
        )
    request.session.flush()
