"""What the reader's report begins with."""

from collections.abc import Mapping
from datetime import datetime

from itrack.foundation.viewer import Viewer
from itrack.reports.models import UsualView
from itrack.reports.queries.asked import ask
from itrack.reports.queries.question import Asked, Asks, Offered, Unclear

# The point is always the one that is open: remembered, it would show last term's figures as this term's.
NOT_REMEMBERED = frozenset({"year", "point", "as_at", "since"})


def to_remember(asked: Asked) -> dict[str, str]:
    """Of this question the filters that can be remembered: none for who is asked nothing but point and subject."""
    return {} if asked.anonymous else {name: text for name, text in asked.address.items() if name not in NOT_REMEMBERED}


def usual_filters(*, viewer: Viewer, report: str) -> dict[str, str]:
    """The filters this member asked to be remembered, {} for none."""
    kept = UsualView.objects.filter(school_id=viewer.school, member_id=viewer.member, report=report)
    filters = kept.values_list("filters", flat=True).first() or {}
    return {name: str(text) for name, text in filters.items() if text and name not in NOT_REMEMBERED}


def ask_usually(
    *, viewer: Viewer, said: Mapping[str, str], usual: Mapping[str, str], now: datetime, asks: Asks
) -> tuple[Asked, Offered]:
    """Like `ask`, but an address that says nothing means the remembered filters, as far as they still mean something.

    A class of last year, or one that is somebody else's now, is left out without a word.
    """
    if any(name in said for name in asks.fields):
        return ask(viewer=viewer, said=said, now=now, asks=asks)
    filters = dict(usual)
    while filters:
        try:
            return ask(viewer=viewer, said=filters, now=now, asks=asks)
        except Unclear as unclear:
            filters = {name: text for name, text in filters.items() if name != unclear.field}
    return ask(viewer=viewer, said={}, now=now, asks=asks)
