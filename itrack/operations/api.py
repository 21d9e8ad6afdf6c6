"""What other domains may ask of operations."""

from itrack.operations.actions.forgetting import forget_old_entries
from itrack.operations.queries.looks import Asked, looks

__all__ = ["Asked", "forget_old_entries", "looks"]
