"""Large files: memory stays flat, and lines are right past the 65,535 that the parser can count."""

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.make_ctf import write_ctf
from itrack.imports.rules.rows import Rejected
from itrack.imports.sources.ctf import open_ctf
from tests.imports.ctf_maker import TODAY, ctf, element, opened, pupil, result, results

# The parser's tree lies outside what Python counts, so a fresh process reports the most it ever held: its own peak
# resident size, as `ru_maxrss` starts from that of the process that made it.
PEAK = r"""
import re, sys
from datetime import date
from itrack.imports.sources.ctf import open_ctf
with open(sys.argv[1], "rb") as file:
    pupils = sum(1 for _ in open_ctf(file, today=date(2026, 11, 23)))
print(pupils, re.search(r"VmHWM:\s*(\d+)", open("/proc/self/status").read())[1])
"""


def pupils_and_peak(path: Path) -> tuple[int, int]:
    """How many pupils a file has, and the most KiB a process held while reading it."""
    answer = subprocess.run(
        [sys.executable, "-c", PEAK, str(path)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    pupils, peak = answer.stdout.split()
    return int(pupils), int(peak)


def test_eight_times_the_file_takes_no_more_memory(tmp_path: Path) -> None:
    small, large = tmp_path / "small.xml", tmp_path / "large.xml"
    write_ctf(small, pupils=1_000)
    write_ctf(large, pupils=8_000)

    few, little = pupils_and_peak(small)
    many, much = pupils_and_peak(large)

    assert (few, many) == (1_000, 8_000)
    assert much < little + 3_000


def test_pupils_are_delivered_before_the_rest_of_the_file_is_parsed() -> None:
    data = io.BytesIO(ctf(*[pupil() for _ in range(5000)]).encode())
    file = open_ctf(data, today=TODAY)

    next(iter(file))

    assert data.tell() < len(data.getvalue()) / 4


SHAPES = {
    "indented": element("Pupil", "\n    ", "<Surname>Ashdown</Surname>\n\n", "    <Forename>Ifan</Forename>\n  ")
    + "\n",
    "all in a line": element("Pupil", "<Surname>Ashdown</Surname><Forename>Ifan</Forename>") + "\n\n",
    "blank lines first": element("Pupil", "\n\n\n<Surname>Ashdown</Surname><Forename>Ifan</Forename>") + "\n",
    "with results": element(
        "Pupil", "\n<Surname>Ashdown</Surname>\n<Forename>Ifan</Forename>\n", results(result().replace("><", ">\n<"))
    )
    + "\n",
}


def true_lines(text: str) -> Iterator[int]:
    yield from (number for number, line in enumerate(text.split("\n"), 1) if "<Pupil>" in line)


@pytest.mark.parametrize("shape", SHAPES)
def test_lines_are_right_past_what_the_parser_can_count(shape: str) -> None:
    text = ctf("\n" * 65_000, *[SHAPES[shape]] * 600)

    rows = list(opened(text))

    assert all(isinstance(row, Rejected) for row in rows)
    assert [row.line for row in rows] == list(true_lines(text))
    assert rows[-1].line > 66_000


def test_damage_is_told_by_its_line_past_what_the_parser_can_count() -> None:
    text = ctf("\n" * 70_000, pupil(surname="&").replace("&amp;", "&"))

    with pytest.raises(Exception, match="damaged at line 70004"):
        list(opened(text))
