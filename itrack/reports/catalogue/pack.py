"""The governor pack: what governors are shown of a point, in one document, in the order they read it.

Whoever opens it sees exactly what a governor sees.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import LEADERS, Access, Role, Viewer
from itrack.reports.catalogue.all import REPORTS
from itrack.reports.catalogue.answering import as_seen, hold_back
from itrack.reports.catalogue.declared import Report, Section
from itrack.reports.catalogue.elsewhere import Elsewhere
from itrack.reports.queries.asked import ask
from itrack.reports.queries.question import Asked, Asks, NothingYet, Offered, Subject
from itrack.reports.rules.answer import Answer
from itrack.reports.rules.declared import ANONYMOUS
from itrack.reports.rules.plain import answer_data
from itrack.schools.api import year_title

# In this order, as far as the reader may read them.
IN_THE_PACK = ("headlines", "attainment", "groups", "rwm", "statutory-outcomes", "context")
ASKS = Asks(subject=Subject.NONE)


@dataclass(frozen=True, slots=True)
class Part:
    """One report of the pack: what was asked of it and what it answers."""

    report: Report
    asked: Asked
    answer: Answer


def ask_pack(*, viewer: Viewer, said: Mapping[str, str], now: datetime) -> tuple[Asked, Offered]:
    """Of which point the pack is."""
    return ask(viewer=as_governor(viewer), said=said, now=now, asks=ASKS)


def governor_pack(asked: Asked) -> list[Part]:
    """The reports of the pack, answered. Those that cannot be asked yet are left out."""
    return list(_parts(asked))


def as_governor(viewer: Viewer) -> Viewer:
    """The same person with a governor's eyes."""
    return viewer if viewer.role in ANONYMOUS else replace(viewer, role=Role.GOVERNOR)


def _parts(asked: Asked) -> Iterator[Part]:
    said = {"year": str(asked.point.year), "point": str(asked.point.slot)}
    held = hold_back(asked)
    for report in (REPORTS[name] for name in IN_THE_PACK if REPORTS[name].may.admits(asked.viewer)):
        try:
            own, _ = ask(viewer=asked.viewer, said=said, now=asked.now, asks=report.asks)
            yield Part(report, own, as_seen(report, own, held))
        except NothingYet:
            continue


def _data(viewer: Viewer, said: Mapping[str, str], now: datetime, names: bool) -> dict[str, Any]:
    if unfit := [name for name in said if name not in ("year", "point")]:
        raise Refused(f"The governor pack is of the whole school at one point: {unfit[0]} has no place in it.")
    if names:
        raise Refused("The governor pack names nobody. Ask without names.")
    asked, _ = ask_pack(viewer=viewer, said=said, now=now)
    parts = [{"title": one.report.title, **answer_data(one.answer, names=False)} for one in governor_pack(asked)]
    about = {"school": asked.viewer.school_name, "year": year_title(asked.point.year), "point": asked.point.name}
    return {"report": GOVERNOR_PACK.name, **about, "as_at": asked.seen.isoformat(), "parts": parts}


GOVERNOR_PACK = Elsewhere(
    name="governor-pack",
    title="Governor pack",
    answers="What governors are shown of an assessment point, in one document to print: no names, no small numbers.",
    may=Access(ANONYMOUS | LEADERS.roles),
    section=Section.SCHOOL,
    data=_data,
)
