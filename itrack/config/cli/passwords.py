"""`itrack passwords filter`: a list of passwords known from breaches becomes a file that new ones are compared with."""

from argparse import Namespace
from typing import Any

from itrack.accounts.sources.breached import Unusable, write_filter
from itrack.foundation.refusal import Refused


def make_filter(asked: Namespace) -> tuple[Any, str]:
    """Needs no database. The list is read once; the file appears whole or not at all."""
    try:
        built = write_filter(asked.source, asked.out, at_least=asked.at_least)
    except Unusable as reason:
        raise Refused(str(reason)) from None
    told = {"file": str(asked.out), "passwords": built.passwords, "bytes": built.size, "one_in": built.one_in}
    return told, (
        f"{asked.out}: {built.passwords:,} passwords in {built.size:,} bytes. A password that is not in the list is "
        f"taken for one that is once in {built.one_in:,} times. Name the file in ITRACK_BREACHED_PASSWORDS."
    )
