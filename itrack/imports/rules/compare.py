"""What a file would change, field by field, and where a person must choose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from itrack.imports.rules.rows import PupilRow
from itrack.pupils.rules_entry import HeldPupil

# Who a child is rests on these: a difference is for a person to settle, not for a file.
IDENTITY = ("dob", "sex")
CIRCUMSTANCE_KEY, ATTENDANCE_KEY, SCHOOL_KEY, RESULT_KEY = 2, 3, 4, 6
RESULT_DATE = 3  # its place among a result's values


@dataclass(frozen=True, slots=True)
class Difference:
    """`what` is "legal_surname", or a kind of fact with its key: "sen:2025-09-01". Texts are as stored."""

    what: str
    held: str
    said: str

    def as_list(self) -> list[str]:
        return [self.what, self.held, self.said]


@dataclass(slots=True)
class Comparison:
    differences: list[Difference] = field(default_factory=list)
    conflicts: list[Difference] = field(default_factory=list)


def compare(row: PupilRow, held: HeldPupil, results: dict[tuple[Any, ...], tuple[Any, ...]]) -> Comparison:
    """Holds one pupil of a file against the record. `results` are the standing ones, key → values."""
    found = Comparison()
    for name, said in stated_fields(row, held).items():
        ours = str(held.fields[name])
        if said != ours:
            (found.conflicts if _must_choose(name, ours) else found.differences).append(Difference(name, ours, said))
    for kind, said_facts, held_facts, width in (
        ("", circumstance_rows(row), held.circumstances, CIRCUMSTANCE_KEY),
        ("attendance", attendance_rows(row), held.attendance, ATTENDANCE_KEY),
        ("school", school_rows(row), held.schools, SCHOOL_KEY),
        ("result", result_rows(row, results), results, RESULT_KEY),
    ):
        found.differences += _facts(kind, said_facts, held_facts, width)
    return found


def _must_choose(name: str, held: str) -> bool:
    return name in IDENTITY and held != ""


def stated_fields(row: PupilRow, held: HeldPupil | None) -> dict[str, str]:
    """The file's fields with its numbers. A held permanent number never gives way to a former one."""
    fields = dict(row.fields)
    if row.upn and (held is None or held.fields["former_upn"] != row.upn):
        fields["upn"] = row.upn
        if held is not None and held.fields["upn"] not in ("", row.upn):
            fields["former_upn"] = held.fields["upn"]
    if row.former_upn and row.former_upn != fields.get("upn"):
        fields.setdefault("former_upn", row.former_upn)
    return fields


def _facts(
    kind: str, said: Iterable[tuple[Any, ...]], held: dict[tuple[Any, ...], tuple[Any, ...]], width: int
) -> list[Difference]:
    found = []
    for row in said:
        key, values = row[:width], row[width:]
        ours = held.get(key)
        if ours != values:
            found.append(
                Difference(":".join([*([kind] if kind else []), *_texts(key)]), _said(ours or ()), _said(values))
            )
    return found


def _said(values: Sequence[Any]) -> str:
    return " ".join(_texts(value for value in values if value not in (None, "", True)))


def _texts(values: Iterable[Any]) -> list[str]:
    return ["" if value is None else str(value) for value in values]


def circumstance_rows(row: PupilRow) -> list[tuple[Any, ...]]:
    return [
        (c.kind, c.key, c.code, c.detail, c.rank, c.starts, c.ends, c.checked_on, c.recognised)
        for c in row.circumstances
    ]


def attendance_rows(row: PupilRow) -> list[tuple[Any, ...]]:
    return [(a.year, a.la, a.estab, a.possible, a.authorised, a.attended, a.unauthorised) for a in row.attendance]


def school_rows(row: PupilRow) -> list[tuple[Any, ...]]:
    return [(s.la, s.estab, s.name, s.entry, s.urn, s.leaving, s.reason, s.last_school) for s in row.schools]


def result_rows(row: PupilRow, held: dict[tuple[Any, ...], tuple[Any, ...]] | None = None) -> list[tuple[Any, ...]]:
    """Key (stage, year, subject, method, component, qualifier), then locale, status, result, date, recognised.

    A result older than the one we hold says nothing new: the later date stands.
    """
    rows = [
        (
            *(r.stage, r.year, r.subject, r.method, r.component, r.qualifier),
            *(r.locale, r.status, r.result, r.result_date, r.recognised),
        )
        for r in row.results
    ]
    return [told for told in rows if not _older(told, (held or {}).get(told[:RESULT_KEY]))]


def _older(told: tuple[Any, ...], ours: tuple[Any, ...] | None) -> bool:
    said_on, held_on = told[RESULT_KEY + RESULT_DATE], ours[RESULT_DATE] if ours else None
    return said_on is not None and held_on is not None and said_on < held_on
