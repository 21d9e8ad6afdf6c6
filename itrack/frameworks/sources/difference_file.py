"""What differs between two frameworks, as CSV and as JSON.

    what,subject,first year,last year,strand,code,statement,of it,before,now
    changed,Maths,3,3,Fractions,MA.3.FR.01,Count in tenths,Statement,Count up in tenths,Count in tenths

A changed statement has a row for each thing that changed of it. The framework itself, its scale and its strands come
first, with nothing in the columns of a statement.
"""

import csv
import json
from collections.abc import Iterator
from io import StringIO
from typing import Any, Final

from itrack.frameworks.rules.comparing import Comparison, Difference, Turn
from itrack.frameworks.sources.csv_file import BOM
from itrack.frameworks.sources.text import escaped

COLUMNS: Final = (
    *("what", "subject", "first year", "last year", "strand", "code", "statement"),
    *("of it", "before", "now"),
)


def difference_csv(found: Comparison) -> bytes:
    """UTF-8 with the mark that spreadsheet programs look for; only the headings where nothing differs."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for name, turns in _of_the_whole(found).items():
        writer.writerows([name, *[""] * 6, *_cells(turn)] for turn in turns)
    for each in found.statements:
        writer.writerows(_rows(each))
    return (BOM + out.getvalue()).encode()


def _of_the_whole(found: Comparison) -> dict[str, tuple[Turn, ...]]:
    return {"framework": found.about, "scale": found.scale, "strand": found.strands}


def _rows(each: Difference) -> Iterator[list[str]]:
    told, strand = each.told, each.told.strand
    place = [escaped(strand.subject), strand.first, strand.last, escaped(strand.name)]
    for turn in each.turns or (Turn("", "", ""),):
        yield [each.sort.value, *place, told.code, escaped(told.text), *_cells(turn)]


def _cells(turn: Turn) -> list[str]:
    return [turn.what, escaped(turn.was), escaped(turn.now)]


def difference_json(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def difference_told(old: str, new: str, found: Comparison) -> dict[str, Any]:
    """The same as values for JSON: what `new` has otherwise than `old`, both by their titles."""
    return {
        "before": old,
        "now": new,
        "same": found.is_empty,
        "framework": [_turn(turn) for turn in found.about],
        "scale": [_turn(turn) for turn in found.scale],
        "strands": [_turn(turn) for turn in found.strands],
        "statements": [_statement(each) for each in found.statements],
    }


def _turn(turn: Turn) -> dict[str, str]:
    return {"of it": turn.what, "before": turn.was, "now": turn.now}


def _statement(each: Difference) -> dict[str, Any]:
    told = each.told
    return {
        "what": each.sort.value,
        "subject": told.strand.subject,
        "first year": told.strand.first,
        "last year": told.strand.last,
        "strand": told.strand.name,
        "code": told.code,
        "statement": told.text,
        "changed": [_turn(turn) for turn in each.turns],
    }
