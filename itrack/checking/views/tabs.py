"""The pages that check marks, as tabs of one another."""

from django.urls import reverse

from itrack.foundation.viewer import LEADERS, MARKERS, Access, Viewer
from itrack.ui.parts import Link

CHECKS: tuple[tuple[str, str, Access], ...] = (
    ("Who has not started", "completeness", MARKERS),
    ("Odd values", "odd-marks", MARKERS),
    ("Put marks right", "move-marks", LEADERS),
)


def check_tabs(viewer: Viewer, here: str) -> list[Link]:
    """Those this person may open; `here` is the name of the page shown."""
    return [Link(name, reverse(page), page == here) for name, page, may in CHECKS if may.admits(viewer)]
