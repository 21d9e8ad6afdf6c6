"""What the command line and the documents may ask of the promises."""

from itrack.promises.proof import prove, proved_in
from itrack.promises.queries import register

__all__ = ["prove", "proved_in", "register"]
