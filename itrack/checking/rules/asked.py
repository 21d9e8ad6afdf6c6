"""Ids out of the words of an address."""

import re
from collections.abc import Mapping
from typing import Final

# Eighteen digits fit the database's numbers; a longer one is nobody's id.
NUMBER: Final = re.compile(r"[0-9]{1,18}")
NOBODY: Final = -1


def number(said: Mapping[str, str], name: str) -> int:
    """The id under that name: 0 when nothing is said, and nobody's when it is no number."""
    text = said.get(name, "")
    return int(text) if NUMBER.fullmatch(text) else NOBODY if text else 0
