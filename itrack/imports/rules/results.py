"""Statutory results: all seven fields kept as written, one result for each test or judgement."""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from itrack.imports.rules import codes
from itrack.imports.rules.rows import ResultRow
from itrack.imports.rules.text import day, whole_number

if TYPE_CHECKING:
    from itrack.imports.rules.raw import RawPupil, Texts

result_key: Final = attrgetter("stage", "year", "subject", "method", "component", "qualifier")
"""What makes two rows one result. A getter, not a function: it runs a dozen times for every pupil."""


def result_row(raw: RawPupil, stage: str, texts: Texts) -> ResultRow | None:
    """One result as a row, or None (with a warning) where it has no year or no result to keep."""
    year, written = whole_number(texts.get("year", "")), texts.get("result", "")
    if year is None or not written:
        what = "year" if year is None else "result"
        raw.warnings.append(f"A {stage or 'statutory'} entry has no {what} we can read. It is left out.")
        return None
    return ResultRow(
        stage=stage,
        year=year,
        result=written,
        result_date=_result_date(raw, texts),
        recognised=_recognised(stage, texts),
        **{key: texts.get(key, "") for key in _AS_WRITTEN},
    )


def is_whole(texts: Texts) -> bool:
    """Whether `result_row` makes a row of these texts without a warning, at whatever stage."""
    written = texts.get("result_date", "")
    has_year = whole_number(texts.get("year", "")) is not None
    return bool(has_year and texts.get("result") and (not written or day(written)))


def settled(raw: RawPupil) -> tuple[ResultRow, ...]:
    """The results with repeats settled: of two for one test the later dated stays, else the later in the file."""
    if not raw.results:
        return ()
    unknown = len([row for row in raw.results if not row.recognised])
    if unknown:
        count = "1 result uses a code" if unknown == 1 else f"{unknown} results use codes"
        raw.warnings.append(f"{count} not on our list. Kept as written.")
    distinct = set(map(result_key, raw.results))
    return tuple(raw.results) if len(distinct) == len(raw.results) else _without_repeats(raw)


def _without_repeats(raw: RawPupil) -> tuple[ResultRow, ...]:
    kept: dict[object, ResultRow] = {}
    for row in raw.results:
        earlier = kept.setdefault(result_key(row), row)
        if earlier == row:
            continue
        raw.warnings.append(f"A {row.stage} result for {row.year} is in the file twice. The later one is kept.")
        if (row.result_date or date.min) >= (earlier.result_date or date.min):
            kept[result_key(row)] = row
    return tuple(kept.values())


def _result_date(raw: RawPupil, texts: Texts) -> date | None:
    written = texts.get("result_date", "")
    if written and day(written) is None:
        raw.warnings.append(f"The date of a result is written “{written}”. The result is kept without it.")
    return day(written) if written else None


def _recognised(stage: str, texts: Texts) -> bool:
    """Whether stage, subject, method, component and result are all of the published lists.

    Qualifiers are not looked at: only one of them (MT) is published to us.
    """
    return (
        stage in codes.STAGES
        and texts.get("subject", "") in codes.SUBJECTS
        and texts.get("method", "") in codes.METHODS
        and codes.COMPONENTS.fullmatch(texts.get("component", "")) is not None
        and codes.RESULTS.fullmatch(texts["result"]) is not None
    )


_AS_WRITTEN = ("locale", "subject", "method", "component", "status", "qualifier")
