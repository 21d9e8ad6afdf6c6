"""An answer as plain data, ready for JSON: the page's own figures under the page's own heads."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from itrack.reports.rules.answer import (
    Answer,
    Cell,
    Count,
    Hidden,
    Mark,
    Mean,
    Nothing,
    Percent,
    Person,
    Row,
    Table,
    filed,
)
from itrack.reports.rules.pooled import Pooled
from itrack.ui.words import rounded_percent


def answer_data(answer: Answer, *, names: bool) -> dict[str, Any]:
    """`tables` with a row an object, its cells by column head; `in_view` and `counted` pupils; the finding as text.

    A figure that counts pupils is {"n"}, with "of" and "percent" (whole, halves up) where it is a share, and with
    `names` the pupils themselves. A figure held back is {"hidden": true}, one that there is not {"why": …}. "then"
    holds the figures of the earlier day the report is compared with.
    """
    told = answer.people if names else {}
    data: dict[str, Any] = {
        "denominator": answer.denominator,
        "finding": answer.finding,
        **_in_and_out(answer),
        "tables": [_table(table, told) for table in answer.tables],
        "rules": list(answer.rules),
    }
    if answer.empty:
        data["empty"] = " ".join(answer.empty)
    if answer.groups_on:
        data["groups_on"] = answer.groups_on.isoformat()
    return data | ({"out": _out(answer)} if names else {})


def _in_and_out(answer: Answer) -> dict[str, Any]:
    """How many are in view and counted; or, for who is not told, what is held back and the reasons many share."""
    held = answer.held
    if held is None:
        return {"in_view": len(answer.people), "counted": len(answer.counted)}
    reasons = [{"reason": reason, "n": n} for reason, n in held.reasons]
    return {"held_back": {"up_to": held.upto, "figures": held.hidden}, "not_counted": reasons}


def _out(answer: Answer) -> list[dict[str, Any]]:
    lines = sorted(answer.out, key=lambda line: answer.people[line.pupil].order)
    return [{**_person(answer.people[line.pupil]), "where": line.where, "reason": line.reason} for line in lines]


def _person(one: Person) -> dict[str, str]:
    return {"pupil": one.name, "class": one.class_name}


def _table(table: Table, told: Mapping[int, Person]) -> dict[str, Any]:
    return {"title": table.title, "rows": [_row(row, table, told) for row in table.rows]}


def _row(row: Row, table: Table, told: Mapping[int, Person]) -> dict[str, Any]:
    cells = {
        column.head: _cell(cell, told) for column, cell in zip(table.columns, row.cells, strict=True) if column.filed
    }
    group = {"by": row.group} if row.group else {}
    before = zip(table.columns, row.then or [None] * len(row.cells), strict=True)
    then = {column.head: _cell(cell, {}) for column, cell in before if cell is not None}
    return group | cells | ({"then": then} if then else {}) | ({"note": row.note} if row.note else {})


def _cell(cell: Cell, told: Mapping[int, Person]) -> Any:
    match cell:
        case Count() | Pooled():
            return _counted(cell, told)
        case Person():
            return _called(cell, told)
        case Percent():
            return _percent(cell)
        case Mark():
            return {"mark": cell.code, "band": cell.band}
        case Hidden():
            return {"hidden": True}
        case Nothing():
            return {"why": cell.why}
        case date():
            return cell.isoformat()
        case _:
            value = filed(cell)
            return float(value) if isinstance(value, Decimal) else value


def _called(one: Person, told: Mapping[int, Person]) -> str:
    return one.name if told else f"pupil {one.id}"


def _counted(cell: Count | Pooled, told: Mapping[int, Person]) -> dict[str, Any]:
    if isinstance(cell, Pooled):
        return _part(cell.n, cell.of)
    if isinstance(cell, Mean):
        return {"mean": float(cell.decimal) if cell.decimal is not None else None} | _count(cell, told)
    return _count(cell, told)


def _percent(cell: Percent) -> int | float | None:
    if cell.share is None:
        return None
    return float(100 * cell.share) if cell.places else rounded_percent(cell.share.numerator, cell.share.denominator)


def _count(cell: Count, told: Mapping[int, Person]) -> dict[str, Any]:
    data = _part(cell.n, None if cell.of is None else len(cell.of))
    return data | ({"pupils": _names(cell.pupils, told)} if told else {})


def _part(n: int, of: int | None) -> dict[str, Any]:
    return {"n": n} if of is None else {"n": n, "of": of, "percent": rounded_percent(n, of) if of else None}


def _names(pupils: frozenset[int], told: Mapping[int, Person]) -> Sequence[str]:
    return [one.name for one in sorted((told[pupil] for pupil in pupils), key=lambda one: one.order)]
