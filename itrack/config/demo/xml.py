"""Small helps for writing XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml.etree import SubElement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element


def put(parent: _Element, name: str, text: object = None) -> _Element:
    """Adds an element; dates are written yyyy-mm-dd, truths true or false."""
    element = SubElement(parent, name)
    if text is not None:
        element.text = str(text).lower() if isinstance(text, bool) else str(text)
    return element


def put_all(parent: _Element, texts: Mapping[str, object]) -> None:
    """Adds an element for each name whose text is not empty."""
    for name, text in texts.items():
        if text is not None and text != "":
            put(parent, name, text)
