"""The reader against bare lxml: `python -m benchmarks.reader --json`.

Both read the same file, each in a fresh process, by turns, and the best of three counts: what else the machine does
can only slow a run down. Bare means `iterparse` that clears each pupil and looks at nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from benchmarks.make_ctf import write_ctf

PUPILS: Final = 20_000
TURNS: Final = 3
LEAST_SHARE: Final = 0.5  # of the bare parser's speed
MOST_MIB: Final = 160
TARGET: Final = ">= 50 % of bare iterparse; <= 160 MiB"

_MEASURE: Final = r"""
import json, re, sys, time
from datetime import date
from lxml import etree
from itrack.imports.sources.ctf import open_ctf

def bare(path):
    for _, pupil in etree.iterparse(path, events=("end",), tag="Pupil"):
        pupil.clear()
        while pupil.getprevious() is not None:
            del pupil.getparent()[0]
        yield pupil

def ours(path):
    with open(path, "rb") as file:
        yield from open_ctf(file, today=date(2026, 11, 23))

started = time.perf_counter()
pupils = sum(1 for _ in {"bare": bare, "ours": ours}[sys.argv[1]](sys.argv[2]))
seconds = time.perf_counter() - started
kib = re.search(r"VmHWM:\s*(\d+)", open("/proc/self/status").read())[1]  # ru_maxrss would start from the parent's
print(json.dumps([seconds, int(kib) / 1024, pupils]))
"""


def measure(*, pupils: int = PUPILS) -> list[dict[str, object]]:
    """Seconds of ours and of the bare parser, the share of its speed that we reach, and our memory in MiB."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xml"
        write_ctf(path, pupils=pupils)
        turns = [(_run("bare", path), _run("ours", path)) for _ in range(TURNS)]
        size = path.stat().st_size
    floor, measured = (min(turn[which][0] for turn in turns) for which in (0, 1))
    resident = max(turn[1][1] for turn in turns)
    row = {
        "name": "reader",
        "measured": round(measured, 3),
        "floor": round(floor, 3),
        "ratio": round(floor / measured, 2),
        "unit": "seconds",
        "target": TARGET,
        "met": floor / measured >= LEAST_SHARE and resident <= MOST_MIB,
        "resident_mib": round(resident),
        "pupils": pupils,
        "file_mb": round(size / 1e6),
    }
    return [row]


def _run(which: str, path: Path) -> tuple[float, float]:
    """Seconds and MiB of one fresh process."""
    command = [sys.executable, "-c", _MEASURE, which, str(path)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[1])
    seconds, mib, _pupils = json.loads(answer.stdout)
    return seconds, mib


def main() -> None:
    """Print the figures, as JSON or as a sentence."""
    (found,) = measure()
    if "--json" in sys.argv:
        print(json.dumps(found))
    else:
        print(f"{found['measured']} s against {found['floor']} s, {found['resident_mib']} MiB, met: {found['met']}")


if __name__ == "__main__":
    main()
