"""Runs that print reports, as pages show them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from itrack.foundation.viewer import Viewer
from itrack.parents.models import Run
from itrack.pupils.api import may_see_class, sees_every_class

SILENT_AFTER = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class RunLine:
    """`silent`: its worker has said nothing for a while, so it may be asked for again."""

    id: int
    at: datetime
    group: int | None
    group_name: str
    only_read: bool
    state: str
    done: int
    total: int
    stopping: bool
    silent: bool
    sentence: str


def run_line(*, viewer: Viewer, run: int, at: datetime) -> RunLine | None:
    """One's own run: nobody else's reports can be fetched by guessing a number."""
    row = Run.objects.filter(school_id=viewer.school, pk=run, by_id=viewer.member).select_related("group").first()
    return _line(row, at) if row else None


def own_runs(*, viewer: Viewer, at: datetime) -> list[RunLine]:
    rows = Run.objects.filter(school_id=viewer.school, by_id=viewer.member).select_related("group").order_by("-pk")
    return [_line(row, at) for row in rows.defer("pdf")[:5]]


def file_of_run(*, viewer: Viewer, run: int) -> bytes:
    """The PDF while the asker still sees the class; b"" when there is none."""
    told = Run.objects.filter(school_id=viewer.school, pk=run, by_id=viewer.member, state=Run.State.MADE)
    found = told.values_list("pdf", "group_id").first()
    if found is None or not may_print(viewer=viewer, group=found[1]):
        return b""
    return bytes(found[0])


def may_print(*, viewer: Viewer, group: int | None) -> bool:
    """A class by whoever sees it; the whole school by whoever sees every class."""
    return sees_every_class(viewer) if group is None else may_see_class(viewer=viewer, group=group)


def _line(row: Run, at: datetime) -> RunLine:
    silent = row.state == Run.State.QUEUED and at - row.beat_at > SILENT_AFTER
    name = row.group.name if row.group else "Whole school"
    return RunLine(
        row.pk, row.at, row.group_id, name, row.only_read, row.state,
        row.done, row.total, row.stop_asked, silent, row.sentence,
    )  # fmt: skip
