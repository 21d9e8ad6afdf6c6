"""Imports as pages show them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404

from itrack.imports.models import Batch, Progress, StagedPupil
from itrack.imports.rules.entries import is_settled
from itrack.imports.rules.rows import SHEET
from itrack.imports.rules.wording import ignored_words, meant, said, what_differs
from itrack.pupils.api import Known, known_pupils, roll_version, year_group_name
from itrack.schools.api import year_title

A_PAGE = 50
SILENT_AFTER = timedelta(seconds=30)
Verdict = StagedPupil.Verdict
SHOWN_TOO = frozenset(
    {"middle_names", "preferred_surname", "preferred_forename", "sex", "ethnicity", "first_language", "enrol_status"}
)


@dataclass(frozen=True, slots=True)
class BatchLine:
    """`source` is whom the file is from, as a table says it, and `origin` as a sentence does."""

    id: int
    at: datetime
    by: str
    source: str
    origin: str
    state: str
    state_words: str
    pupils: int
    change_set: int | None
    undone: bool


@dataclass(frozen=True, slots=True)
class Change:
    what: str
    held: str
    said: str


@dataclass(frozen=True, slots=True)
class StagedLine:
    id: int
    name: str
    line: int
    verdict: str
    pupil: int | None
    changes: list[Change]
    facts: dict[str, str]
    conflicts: list[Change]
    who: list[tuple[str, str]]
    choice: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProgressLine:
    done: int
    total: int
    silent: bool
    stopping: bool
    sentence: str


def batches(*, school: int) -> list[BatchLine]:
    """Every import of the school, newest first."""
    rows = Batch.objects.filter(school_id=school).select_related("by", "change_set").order_by("-pk")[:100]
    return [_line(row) for row in rows]


def batch_line(*, school: int, batch: int) -> tuple[BatchLine, Batch]:
    """One import and its row; 404 when this school has no such import."""
    row = Batch.objects.filter(school_id=school, pk=batch).select_related("by", "applied_by", "change_set").first()
    if row is None:
        raise Http404
    return _line(row), row


def _line(row: Batch) -> BatchLine:
    source = row.header["source"]
    name = source["name"] or f"{source['la']}/{source['estab']}"
    undone = row.change_set is not None and row.change_set.undone_at is not None
    return BatchLine(
        id=row.pk,
        at=row.at,
        by=row.by.name,
        source=name,
        origin="a spreadsheet" if row.header["supplier"] == SHEET else name,
        state="undone" if undone else row.state,
        state_words="Taken back" if undone else row.get_state_display(),
        pupils=row.counts.get("pupils", 0),
        change_set=row.change_set_id,
        undone=undone,
    )


def is_stale(*, school: int, row: Batch) -> bool:
    """Whether the roll has moved since the preview was made."""
    return row.roll_version != roll_version(school=school)


def staged_page(*, school: int, batch: int, verdict: str, number: str) -> Page[Any]:
    """One page of a batch's pupils of that verdict, in the order of the file; 404 for a verdict there is not."""
    if verdict not in Verdict.values:
        raise Http404
    return Paginator(_rows(school, batch, verdict), A_PAGE).get_page(number)


def staged_lines(*, school: int, batch: int, verdict: str, most: int = 0) -> list[StagedLine]:
    """The batch's pupils of that verdict, the first `most` of them if given."""
    rows = _rows(school, batch, verdict)
    return lines_of(school=school, rows=list(rows[:most] if most else rows))


def _rows(school: int, batch: int, verdict: str) -> QuerySet[StagedPupil]:
    return StagedPupil.objects.filter(school_id=school, batch_id=batch, verdict=verdict).order_by("position")


def lines_of(*, school: int, rows: list[StagedPupil]) -> list[StagedLine]:
    """Rows as lines. The roll is read once, and only if somebody must be chosen from it."""
    names = {}
    if any("who" in row.conflict for row in rows):
        names = {pupil.id: _told_apart(pupil) for pupil in known_pupils(school=school)}
    return [_staged(row, names) for row in rows]


def _told_apart(pupil: Known) -> str:
    """Name, birthday and number: enough to tell two of one name apart."""
    return f"{pupil.forename} {pupil.surname}, born {said(str(pupil.dob))}, {pupil.upn or 'no UPN'}"


def _staged(row: StagedPupil, names: dict[int, str]) -> StagedLine:
    applied = not row.payload
    return StagedLine(
        id=row.pk,
        name=row.name,
        line=row.line,
        verdict=row.verdict,
        pupil=row.pupil_id,
        changes=[_change([one, "", ""] if applied else one) for one in row.differences],
        facts=_facts(row.payload),
        conflicts=[_change(one) for one in row.conflict.get("fields", [])],
        who=[(f"pupil:{pupil}", names.get(pupil, "a pupil")) for pupil in row.conflict.get("who", [])],
        choice=row.choice,
        reason=row.conflict.get("reason", ""),
    )


def _change(one: list[str]) -> Change:
    return Change(what_differs(one[0]), meant(one[0], one[1]), meant(one[0], one[2]))


def _facts(payload: dict[str, Any]) -> dict[str, str]:
    """What a preview says of a new pupil at a glance."""
    if not payload:
        return {}
    kinds = [what_differs(fact[0]) for fact in payload["circumstances"] if fact[0] != "year"]
    year = next((fact[2] for fact in payload["circumstances"] if fact[0] == "year"), "")
    facts = {
        "UPN": payload["upn"] or "none in the file",
        "Born": said(payload["fields"]["dob"]),
        "Year group": year_group_name(year) if year else "",
        **{
            what_differs(name): meant(name, text)
            for name, text in payload["fields"].items()
            if name in SHOWN_TOO and text
        },
        "Results": str(len(payload["results"]) or ""),
        "Also": ", ".join(dict.fromkeys(kinds)),
        "Sessions": ", ".join(f"{year_title(fact[0])}: {fact[5]} of {fact[3]}" for fact in payload["attendance"]),
        "Schools": ", ".join(fact[3] or f"{fact[0]}/{fact[1]}" for fact in payload["schools"]),
        "Look at": " ".join(payload["warnings"]),
    }
    return {term: value for term, value in facts.items() if value}


def how_many_to_store(*, school: int, row: Batch) -> int:
    """How many pupils an apply would touch, by the choices made so far."""
    rows = StagedPupil.objects.filter(school_id=school, batch=row)
    settled = rows.filter(verdict=Verdict.CONFLICT).values_list("choice", "conflict")
    counted = rows.filter(verdict__in=[Verdict.NEW, Verdict.CHANGED]).count()
    return counted + sum(is_settled(choice, conflict) for choice, conflict in settled)


def worth_a_look(*, school: int, batch: int, most: int) -> list[tuple[int, str, str]]:
    """(line, pupil, warning) of what the file said oddly, in the order of the file; gone once it is decided."""
    rows = StagedPupil.objects.filter(school_id=school, batch_id=batch, payload__warnings__0__isnull=False)
    told = rows.order_by("position").values_list("line", "name", "payload__warnings")[:most]
    return [(line, name, warning) for line, name, warnings in told for warning in warnings]


def ignored(row: Batch) -> list[tuple[str, int]]:
    """What the file held and nothing of ours stores, in words, the most frequent first."""
    return sorted(((ignored_words(path), n) for path, n in row.ignored.items()), key=lambda told: (-told[1], told[0]))


def progress_of(*, school: int, batch: int, at: datetime) -> ProgressLine | None:
    row = Progress.objects.filter(school_id=school, batch_id=batch).first()
    if row is None:
        return None
    return ProgressLine(row.done, row.total, at - row.beat_at > SILENT_AFTER, row.stop_asked, row.sentence)


def receipt_counts(*, school: int, batch: int) -> dict[str, Any]:
    """The numbers and refusals of a batch for the command line's receipt."""
    row = Batch.objects.get(school_id=school, pk=batch)
    refused = StagedPupil.objects.filter(school_id=school, batch_id=batch, verdict=Verdict.REJECTED)
    return {
        "version": row.header["version"],
        "source": f"{row.header['source']['la']}/{row.header['source']['estab']}",
        "pupils": row.counts["pupils"],
        "admitted": row.counts["pupils"] - row.counts["rejected"],
        "rejected": [
            {"line": one.line, "pupil": one.name, "field": one.conflict["field"], "reason": one.conflict["reason"]}
            for one in refused.order_by("position")
        ],
        "ignored": row.ignored,
        "results": row.counts["results"],
        "warnings": row.warnings + _warnings(school, batch),
        **{verdict: row.counts[verdict] for verdict in ("new", "changed", "unchanged", "conflict")},
    }


def _warnings(school: int, batch: int) -> list[str]:
    told = worth_a_look(school=school, batch=batch, most=1000)
    return [f"Line {line}: {warning}" for line, _, warning in told]
