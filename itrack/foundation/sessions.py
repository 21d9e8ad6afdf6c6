"""What a page puts into the session before its reading window opens is stored then."""

from typing import Any


def store_now(request: Any) -> None:
    """Stores a changed session now, and not after the page. A new one waits: its cookie goes out with the page."""
    session = getattr(request, "session", None)
    if session is not None and session.modified and session.session_key:
        session.save()
        session.modified = False
