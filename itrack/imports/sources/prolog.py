"""Looks at what stands before the first element, and at that element's name, before a parser is let near the file."""

from __future__ import annotations

import re
from typing import Final

from itrack.imports.sources.refused import Refused

LONGEST_PROLOG: Final = 1 << 16  # bytes; declarations and comments before the first element
NOT_XML: Final = "This is not a Common Transfer File: it is not XML. Choose the .xml file that the other school sent."

_BEFORE_ROOT: Final = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ROOT: Final = re.compile(r"<(?:[\w.-]{1,80}:)?([\w.-]{1,40})")


def check_prolog(head: str) -> None:
    """Raise Refused unless the text starts as a transfer file does: no document type, first element `CTfile`.

    A transfer file never needs a document type. It is what entity tricks are made with, so a file with one is refused
    whatever it says.
    """
    start = _BEFORE_ROOT.match(head)
    rest = head[start.end() :] if start else head
    if rest[:9].upper() == "<!DOCTYPE":
        raise Refused("The file brings its own document type (DOCTYPE), which no Common Transfer File does.")
    root = _ROOT.match(rest)
    if root is None:
        raise Refused(NOT_XML)
    if root[1] != "CTfile":
        raise Refused(f"This is not a Common Transfer File: its first element is “{root[1]}”, not “CTfile”.")
