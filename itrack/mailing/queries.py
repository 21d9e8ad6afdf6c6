"""The trial's outbox."""

from pathlib import Path

from django.conf import settings

from itrack.mailing.sources.outbox import Mail, mails_in

MOST_SHOWN = 50


def outbox() -> list[Mail]:
    """The latest mails the trial wrote, newest first; none before the first, and none in live use."""
    folder = Path(settings.OUTBOX) if settings.OUTBOX else None
    if folder is None or not folder.is_dir():
        return []
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    return [mail for file in files[:MOST_SHOWN] for mail in reversed(mails_in(file.read_bytes()))]
