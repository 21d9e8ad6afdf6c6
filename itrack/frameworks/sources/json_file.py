"""A framework as JSON: one object, its statements strand by strand.

{"framework": "National curriculum", "version": "2014", "strands": [{"subject": "Maths", "first year": "3",
 "last year": "3", "strand": "Fractions", "statements": [{"code": "MA.3.FR.01", "statement": "Count …"}]}]}
"""

import json
from typing import Any

from itrack.frameworks.rules.content import About, Content, StatementFacts, StrandFacts, by_strand
from itrack.frameworks.rules.scale import Depth
from itrack.frameworks.sources.reading import Gathering, ReadFramework, day_of, tidied, year_group_of, year_of
from itrack.frameworks.sources.text import UnreadableFileError, decoded

NOT_OURS = "The file is JSON, but no framework: it has no list called “strands”. Nothing was stored."


def read_json(file: bytes) -> ReadFramework:
    """Every statement that can be used; UnreadableFileError where the file as a whole cannot. Rows are counted."""
    told = _parsed(decoded(file))
    taken = Gathering()
    taken.about = About(
        tidied(told.get("framework")),
        tidied(told.get("version")),
        tidied(told.get("kind")) or "other",
        year_of(tidied(told.get("from year"))),
        year_of(tidied(told.get("until year"))),
    )
    for depth in _objects(told.get("depths", [])):
        taken.depths.append(_depth(depth))
    row = 0
    for strand in _objects(told["strands"]):
        row = _take_strand(taken, row, strand)
    return taken.done()


def _parsed(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise UnreadableFileError(f"The file is no JSON that can be read{where}. Nothing was stored.") from error
    if not isinstance(told, dict) or not isinstance(told.get("strands"), list):
        raise UnreadableFileError(NOT_OURS)
    return told


def _objects(rows: Any) -> list[dict[str, Any]]:
    """The rows as objects; what is none of them becomes an empty one, which the checks refuse in its place."""
    return [row if isinstance(row, dict) else {} for row in rows] if isinstance(rows, list) else []


def _take_strand(taken: Gathering, row: int, told: dict[str, Any]) -> int:
    """Takes a strand with its statements; returns the number of the last row."""
    first, last = year_group_of(tidied(told.get("first year"))), year_group_of(tidied(told.get("last year")))
    strand = StrandFacts(tidied(told.get("subject")), first, last or first, tidied(told.get("strand")))
    statements = _objects(told.get("statements", []))
    if not statements:
        taken.count_row()
        taken.take_strand(row + 1, strand)
        return row + 1
    for number, each in enumerate(statements, start=row + 1):
        taken.count_row()
        _take_statement(taken, number, strand, each)
    return row + len(statements)


def _take_statement(taken: Gathering, row: int, strand: StrandFacts, told: dict[str, Any]) -> None:
    code, text, pointer = (tidied(told.get(name)) for name in ("code", "statement", "programme of study"))
    try:
        retired = day_of(tidied(told.get("retired on")))
    except ValueError:
        taken.refuse(row, code or text, "The day it was retired is no date; write it as 2027-08-31.")
        return
    taken.take_statement(row, StatementFacts(strand, code, text, pointer, retired))


def _depth(told: dict[str, Any]) -> Depth:
    value = told.get("value")
    known = isinstance(value, int) and not isinstance(value, bool)
    code, name = tidied(told.get("code")), tidied(told.get("name"))
    return Depth(code, name, int(value or 0) if known else -1, told.get("taught") is True, told.get("secure") is True)


def written_json(content: Content) -> bytes:
    """`read_json` reads the same content back."""
    about = content.about
    told = {
        "framework": about.name,
        "version": about.version,
        "kind": about.kind,
        "from year": about.from_year,
        "until year": about.until_year,
        "depths": [
            {"code": each.code, "name": each.name, "value": each.value, "taught": each.taught, "secure": each.secure}
            for each in content.depths
        ],
        "strands": [_strand(strand, held) for strand, held in by_strand(content).items()],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _strand(strand: StrandFacts, held: list[StatementFacts]) -> dict[str, Any]:
    return {
        "subject": strand.subject,
        "first year": strand.first,
        "last year": strand.last,
        "strand": strand.name,
        "statements": [_statement(each) for each in held],
    }


def _statement(told: StatementFacts) -> dict[str, str | None]:
    retired = told.retired_on.isoformat() if told.retired_on else None
    return {"code": told.code, "statement": told.text, "programme of study": told.pointer, "retired on": retired}
