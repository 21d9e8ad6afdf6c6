"""The files that wait for somebody to decide, for a page that reminds them."""

from collections import Counter
from dataclasses import dataclass

from itrack.imports.models import Batch, StagedPupil
from itrack.imports.rules.entries import is_settled
from itrack.imports.rules.rows import SHEET


@dataclass(frozen=True, slots=True)
class WaitingImport:
    """A file compared and not yet applied or thrown away. `open_choices` are pupils somebody must choose about."""

    id: int
    is_sheet: bool
    source: str
    pupils: int
    open_choices: int


def waiting_imports(*, school: int) -> list[WaitingImport]:
    """Oldest first, in two questions."""
    rows = Batch.objects.filter(school_id=school, state=Batch.State.READY).order_by("pk")
    conflicts = StagedPupil.objects.filter(school_id=school, verdict=StagedPupil.Verdict.CONFLICT)
    staged = conflicts.filter(batch__state=Batch.State.READY)
    told = staged.values_list("batch_id", "choice", "conflict")
    unsettled = Counter(batch for batch, choice, conflict in told if not is_settled(choice, conflict))
    return [_line(row, unsettled[row.pk]) for row in rows]


def _line(row: Batch, open_choices: int) -> WaitingImport:
    source = row.header["source"]
    name = source["name"] or f"{source['la']}/{source['estab']}"
    return WaitingImport(row.pk, row.header["supplier"] == SHEET, name, row.counts.get("pupils", 0), open_choices)
