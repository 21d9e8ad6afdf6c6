"""Reading a file, comparing it with the roll and keeping the comparison until somebody decides. Changes no pupil."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import batched
from typing import Any, BinaryIO

from django.db import transaction

from itrack.assessment.api import held_results
from itrack.foundation import audit, bulk
from itrack.foundation.clock import day_of
from itrack.foundation.promise import keeps
from itrack.foundation.refusal import Refused
from itrack.imports.models import Batch, StagedPupil
from itrack.imports.rules.admit import Admission
from itrack.imports.rules.compare import Comparison, compare
from itrack.imports.rules.entries import roll_difference
from itrack.imports.rules.matching import Match, RollIndex
from itrack.imports.rules.payload import packed
from itrack.imports.rules.raw import Facts, RawPupil
from itrack.imports.rules.rows import SHEET, Header, PupilRow, Rejected, SchoolRef
from itrack.imports.rules.warn import for_another_school
from itrack.imports.sources import ctf as source
from itrack.pupils.api import HeldPupil, held_pupils, known_pupils, roll_version
from itrack.schools.api import SchoolRow, academic_year_on, school_row

AT_ONCE = 1000
Verdict = StagedPupil.Verdict
COLUMNS = (
    *("school_id", "batch_id", "position", "line", "verdict", "pupil_id", "name", "choice"),
    *("payload", "differences", "conflict"),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A pupil of the file with what the roll says to it."""

    row: PupilRow
    match: Match
    comparison: Comparison | None

    @property
    def verdict(self) -> str:
        if self.match.suggestions or (self.comparison and self.comparison.conflicts):
            return Verdict.CONFLICT
        if self.comparison is None:
            return Verdict.NEW
        return Verdict.CHANGED if self.comparison.differences else Verdict.UNCHANGED


@keeps("only_data_contained_in_the_transfer_file_is_processed")
@transaction.atomic
def preview(*, school: int, file: BinaryIO, by: int, at: datetime) -> int:
    """Reads a transfer file and stages its pupils; returns the batch's id. Refused if the file as a whole is."""
    try:
        ctf = source.open_ctf(file, today=day_of(at))
        batch = _new_batch(school, ctf.header, by, at)
        counts = _stage(batch, ctf)
    except source.Refused as refusal:
        raise Refused(str(refusal)) from None
    batch.ignored = dict(ctf.ignored)
    batch.warnings = ctf.warnings + for_another_school(ctf.header, school_row(school=school))
    return _note(batch, {**counts, "results": ctf.results}, by, at)


@keeps("only_data_contained_in_the_transfer_file_is_processed")
@transaction.atomic
def preview_sheet(
    *,
    school: int,
    pupils: Iterable[RawPupil],
    ignored: Mapping[str, int],
    warnings: Sequence[str],
    by: int,
    at: datetime,
) -> int:
    """Stages the pupils of a spreadsheet's rows by the rules of a partial file; returns the batch's id.

    `ignored` counts the cells of columns that were read past, by the columns' names.
    """
    year = academic_year_on(day_of(at))
    header = Header("", at, "partial", SHEET, SchoolRef("", "", "", "A spreadsheet"), SchoolRef("", "", "", ""), year)
    batch = _new_batch(school, header, by, at)
    batch.ignored, batch.warnings = dict(ignored), list(warnings)
    admit = Admission(Facts(today=day_of(at), full=False, academic_year=year)).admit
    return _note(batch, {**_stage(batch, map(admit, pupils)), "results": 0}, by, at)


def _note(batch: Batch, counts: dict[str, int], by: int, at: datetime) -> int:
    batch.counts = counts
    batch.save(update_fields=["ignored", "warnings", "counts"])
    audit.record(
        school=batch.school_id, by=by, at=at, verb="import.read", subject="import", subject_id=batch.pk, counts=counts
    )
    return batch.pk


def _new_batch(school: int, header: Header, by: int, at: datetime) -> Batch:
    told = asdict(header) | {"made_at": header.made_at.isoformat() if header.made_at else ""}
    return Batch.objects.create(
        school_id=school, by_id=by, at=at, roll_version=roll_version(school=school), header=told
    )


def _stage(batch: Batch, pupils: Iterable[PupilRow | Rejected]) -> dict[str, int]:
    index = RollIndex(known_pupils(school=batch.school_id))
    seen: dict[int, int] = {}
    counts = Counter({verdict.value: 0 for verdict in Verdict})
    for start, chunk in enumerate(batched(pupils, AT_ONCE)):
        staged = list(_staged(batch, index, chunk, seen))
        for position, row in enumerate(staged, start=start * AT_ONCE):
            row.position = position
        bulk.insert(StagedPupil, columns=COLUMNS, rows=[_columns(row) for row in staged])
        counts.update(row.verdict for row in staged)
    return {"pupils": counts.total(), **counts}


def _columns(row: StagedPupil) -> tuple[Any, ...]:
    as_json = (json.dumps(value, ensure_ascii=False) for value in (row.payload, row.differences, row.conflict))
    plain = (row.school_id, row.batch_id, row.position, row.line, row.verdict, row.pupil_id, row.name, row.choice)
    return (*plain, *as_json)


def _staged(
    batch: Batch, index: RollIndex, chunk: Sequence[PupilRow | Rejected], seen: dict[int, int]
) -> Iterator[StagedPupil]:
    admitted = [row for row in chunk if isinstance(row, PupilRow)]
    judged = iter(judge(batch.school_id, index, admitted, day_of(batch.at)))
    for row in chunk:
        if isinstance(row, Rejected):
            yield _refused(batch, row)
            continue
        told = next(judged)
        first = seen.setdefault(told.match.pupil, row.line) if told.match.pupil else row.line
        yield _refused(batch, _same_again(row, first)) if first != row.line else _kept(batch, told)


def judge(school: int, index: RollIndex, rows: Sequence[PupilRow], on: date) -> list[Judged]:
    """Matches rows to the roll and compares them, in a fixed number of queries. `on` is the day they would come in."""
    matches = [index.find(row) for row in rows]
    ids = [match.pupil for match in matches if match.pupil is not None]
    held: dict[int, HeldPupil] = held_pupils(school=school, pupils=ids) if ids else {}
    results: dict[int, Any] = held_results(school=school, pupils=ids) if ids else {}
    ours = school_row(school=school)
    return [
        Judged(row, match, _compared(row, held[match.pupil], results, ours, on) if match.pupil is not None else None)
        for row, match in zip(rows, matches, strict=True)
    ]


def _compared(row: PupilRow, held: HeldPupil, results: Mapping[int, Any], ours: SchoolRow, on: date) -> Comparison:
    found = compare(row, held, results.get(held.id, {}))
    found.differences += roll_difference(row, held, ours, on)
    return found


def _same_again(row: PupilRow, first: int) -> Rejected:
    return Rejected(row.line, name_in_file(row), "UPN", f"This is the same pupil as the one at line {first}.")


def name_in_file(row: PupilRow) -> str:
    return f"{row.fields['legal_forename']} {row.fields['legal_surname']}"


def _refused(batch: Batch, rejected: Rejected) -> StagedPupil:
    return StagedPupil(
        school_id=batch.school_id,
        batch=batch,
        line=rejected.line,
        name=rejected.pupil[:210],
        verdict=Verdict.REJECTED,
        conflict={"field": rejected.field, "reason": rejected.reason},
    )


def _kept(batch: Batch, judged: Judged) -> StagedPupil:
    staged = StagedPupil(
        school_id=batch.school_id,
        batch=batch,
        line=judged.row.line,
        name=name_in_file(judged.row)[:210],
        payload=packed(judged.row),
    )
    judge_onto(staged, judged)
    return staged


def judge_onto(staged: StagedPupil, judged: Judged) -> None:
    """Writes a judgement onto a staged pupil, anew when the roll has moved since."""
    found = judged.comparison or Comparison()
    staged.verdict = judged.verdict
    staged.pupil_id = judged.match.pupil
    staged.differences = [difference.as_list() for difference in found.differences]
    staged.conflict = {}
    if judged.match.suggestions:
        staged.conflict = {"who": list(judged.match.suggestions)}
    elif found.conflicts:
        staged.conflict = {"fields": [difference.as_list() for difference in found.conflicts]}
