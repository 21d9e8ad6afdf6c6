"""Reads a file from end to end and keeps only the receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itrack.imports.rules.receipt import Receipt, source_of

if TYPE_CHECKING:
    from itrack.imports.sources.ctf import CtfFile


def check(ctf: CtfFile) -> Receipt:
    """The receipt of a file. Raises Refused where the file turns out broken on the way."""
    receipt = Receipt(version=ctf.header.version, source=source_of(ctf.header))
    for pupil in ctf:
        receipt.take(pupil)
    receipt.ignored = dict(ctf.ignored)
    receipt.results = ctf.results
    receipt.warnings = [*ctf.warnings, *receipt.warnings]
    return receipt
