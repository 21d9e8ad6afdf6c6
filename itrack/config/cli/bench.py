"""`itrack bench`: our speed beside its floor, in one run."""

import sys
from argparse import Namespace
from importlib import import_module
from pathlib import Path
from typing import Any

from itrack.foundation.refusal import Refused

ROOT = Path(__file__).resolve().parents[3]
USUAL = ("name", "measured", "floor", "ratio", "unit", "target", "met")


def bench(asked: Namespace) -> tuple[Any, str]:
    """Runs the named comparisons, or all of them, one after the other."""
    sys.path.insert(0, str(ROOT))
    known: dict[str, str] = import_module("benchmarks").COMPARISONS
    if strange := [name for name in asked.names if name not in known]:
        raise Refused(f"There is no comparison {', '.join(strange)}. There are: {', '.join(known)}.")
    rows = []
    for name in asked.names or known:
        for row in _measured(known[name]):
            rows.append(row)
            if not asked.json:
                print(_line(row), flush=True)  # all of them take minutes, and a later one may break
    return rows, f"{len(rows)} measured, {sum(row['met'] for row in rows)} met."


def _measured(where: str) -> list[dict[str, Any]]:
    module, _, function = where.partition(":")
    rows: list[dict[str, Any]] = getattr(import_module(f"benchmarks.{module}"), function or "measure")()
    return rows


def _line(row: dict[str, Any]) -> str:
    """The comparison, and below it what else was counted."""
    met = "met" if row["met"] else "NOT met"
    line = (
        f"{row['name']:<16} {row['measured']:>9} {row['unit']}, floor {row['floor']:>9}, "
        f"ratio {row['ratio']:>6}, target {row['target']}: {met}"
    )
    more = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in row.items() if name not in USUAL)
    return f"{line}\n    {more}" if more else line
