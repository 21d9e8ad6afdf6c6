"""What other domains may ask of mailing."""

from itrack.mailing.actions import send

__all__ = ["send"]
