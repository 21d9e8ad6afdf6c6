"""How the log tells what broke: where, and with what kind of error, never in the error's own words.

PostgreSQL repeats the row it refuses, a parser the file it cannot read, a dictionary the key it does not have. All of
that may be a pupil, so a message of an exception is left out and the names of table and constraint are put in. Links
sent by mail open accounts, so the part of an address that is a token is left out wherever an address is told.
"""

import logging
import re
from copy import copy
from traceback import extract_tb, format_list
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from logging import _SysExcInfoType


# 256 bits as an address spells them, as a part of its own.
TOKEN = re.compile(r"(?<=/)[A-Za-z0-9_-]{43}(?![\w.-])")


class Discreet(logging.Formatter):
    """`itrack.foundation.discretion.Discreet` as the `()` of a formatter in LOGGING."""

    def format(self, record: logging.LogRecord) -> str:
        # A handler asked before us may have left its own, wordier picture of the exception in the record.
        said = copy(record)
        said.exc_text = None
        return TOKEN.sub("…", super().format(said))

    def formatException(self, ei: "_SysExcInfoType") -> str:  # noqa: N802 - logging's own name
        return "\n".join(self._chain(ei[1])) if ei[1] is not None else ""

    def _chain(self, error: BaseException) -> list[str]:
        before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        told = [*self._chain(before), "which led to:"] if before is not None else []
        return [*told, *_where(error.__traceback__), _what(error)]


def _where(trace: TracebackType | None) -> list[str]:
    return [line.rstrip() for line in format_list(extract_tb(trace))]


def _what(error: BaseException) -> str:
    diagnosis = getattr(error, "diag", None)
    names = ("sqlstate", "table_name", "column_name", "constraint_name")
    known = [f"{name} {value}" for name in names if (value := getattr(diagnosis, name, None))]
    return f"{type(error).__module__}.{type(error).__qualname__}" + (f" ({', '.join(known)})" if known else "")
