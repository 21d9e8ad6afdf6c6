"""Findings of evidence in words."""

from collections.abc import Sequence

MOST_NAMED = 5


def listed(found: Sequence[str]) -> str:
    """ "none", or how many and which: "2 (a, b)"."""
    if not found:
        return "none"
    more = ", …" if len(found) > MOST_NAMED else ""
    return f"{len(found)} ({', '.join(found[:MOST_NAMED])}{more})"
