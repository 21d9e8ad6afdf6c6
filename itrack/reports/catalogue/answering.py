"""One way from a question to an answer, for page, file, command line and whoever else shows a report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache

from itrack.foundation.changes.queries import state_of_record
from itrack.foundation.viewer import Role, Viewer
from itrack.reports.catalogue.all import REPORTS
from itrack.reports.catalogue.declared import Report
from itrack.reports.queries.asked import ask
from itrack.reports.queries.question import Asked, NothingYet, Offered, Subject
from itrack.reports.queries.small_numbers import small_numbers
from itrack.reports.queries.usual import ask_usually
from itrack.reports.rules.answer import Answer
from itrack.reports.rules.beside import beside
from itrack.reports.rules.changed import changes_section
from itrack.reports.rules.suppression.settling import settled
from itrack.reports.rules.suppression.telling import without_named, without_names
from itrack.ui.words import long_date


def understand(
    report: Report,
    *,
    viewer: Viewer,
    said: Mapping[str, str],
    now: datetime,
    usual: Mapping[str, str] | None = None,
) -> tuple[Asked, Offered]:
    """What is asked, from the words of an address; `usual` are the filters an address without any means."""
    if usual:
        return ask_usually(viewer=viewer, said=said, usual=usual, now=now, asks=report.asks)
    return ask(viewer=viewer, said=said, now=now, asks=report.asks)


def work_out(report: Report, asked: Asked) -> Answer:
    """The answer as this reader may see it. The number of queries is the same for any number of pupils."""
    if report.across:
        return report.work_out(asked)
    if asked.anonymous:
        return as_seen(report, asked, hold_back(asked))
    answer = report.work_out(asked)
    if asked.since is None:
        return answer
    then = report.work_out(asked.then)
    section = changes_section(then, answer, long_date(asked.since))
    answer = beside(then, answer, asked.since)
    return replace(answer, sections=[*answer.sections, section], findings=[*answer.findings, *section.findings])


@dataclass(frozen=True, slots=True)
class HeldBack:
    """The keys of the figures that are held back at a point, being small (one to `upto`) or telling of a small one."""

    keys: frozenset[str]
    upto: int


@dataclass(frozen=True, slots=True)
class Settling:
    """What decides which figures are held back. With the same of all this they are the same."""

    school: int
    role: Role
    year: int
    slot: int
    as_at: date | None
    subjects: tuple[tuple[int, str], ...]
    upto: int
    record: tuple[int, int, int]
    asked: Asked = field(compare=False)


def hold_back(asked: Asked) -> HeldBack:
    """What is held back at this point: settled at once for all that anybody can see of it, in any report.

    It takes reading every report, so it is kept as long as nobody does anything to the school's record.
    """
    upto, record = small_numbers(school=asked.school), state_of_record(school=asked.school)
    point = asked.point.year, asked.point.slot
    of = Settling(asked.school, asked.viewer.role, *point, asked.as_at, tuple(asked.subjects), upto, record, asked)
    return HeldBack(_settled(of), upto)


@lru_cache(maxsize=256)
def _settled(of: Settling) -> frozenset[str]:
    seen = {one.name: _views(one, of.asked) for one in REPORTS.values() if one.anonymous}
    return settled(seen, upto=of.upto)


def as_seen(report: Report, asked: Asked, held: HeldBack) -> Answer:
    """The answer for a reader without names."""
    return without_names(report.work_out(asked), held.keys, upto=held.upto)


def _views(report: Report, asked: Asked) -> Sequence[Answer]:
    """All that can be seen of a report at the point: its figures subject by subject, whichever is looked at now."""
    said = {"year": str(asked.point.year), "point": str(asked.point.slot)}
    try:
        alike, _ = ask(viewer=asked.viewer, said=said, now=asked.now, asks=report.asks)
        found = report.views(alike) if report.views else [report.work_out(one) for one in _each_subject(alike)]
    except NothingYet:
        return ()
    return [without_named(answer) for answer in found]


def _each_subject(asked: Asked) -> list[Asked]:
    if asked.asks.subject == Subject.NONE:
        return [asked]
    return [replace(asked, subject=subject) for subject in asked.subjects]
