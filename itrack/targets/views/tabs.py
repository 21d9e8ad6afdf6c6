"""The pages of targets, as tabs of one another."""

from django.urls import reverse

from itrack.foundation.viewer import MARKERS, Access, Viewer
from itrack.ui.parts import Link

PARTS: tuple[tuple[str, str, Access], ...] = (("Pupils", "targets", MARKERS),)


def target_tabs(viewer: Viewer, here: str) -> list[Link]:
    """Those this person may open; `here` is the name of the page shown."""
    return [Link(name, reverse(page), page == here) for name, page, may in PARTS if may.admits(viewer)]
