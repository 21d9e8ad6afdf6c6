"""Printing the reports of a class or of the school in the background, watched.

Each step is a window of its own: a class is read, the count goes up, the next is read. Nothing waits for the printing.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from itrack.foundation import audit, clock
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.parents.models import Run
from itrack.parents.queries.reports import for_school, logo_of, reports_of_class
from itrack.parents.rules.paper import reports_pdf
from itrack.parents.rules.report import Report, State
from itrack.pupils.api import ClassRow, classes
from itrack.schools.api import academic_year_on, school_row, year_title

KEPT_FOR = timedelta(days=1)
# A PDF of more pupils would take more memory than a worker should: about two megabytes each while it is set.
MOST = 500
STOPPED = "It was stopped. No file was made."
BROKEN = "Something went wrong while it was made. No file was made. Try again, and tell us if it happens twice."
NOBODY = "There is no report to print: nobody is in the class, or none has been read by the head yet."
TOO_MANY = f"That is more than {MOST} reports, which are too many for one file. Print them class by class."


@transaction.atomic
def ask_for_run(*, school: int, group: int | None, only_read: bool, by: int, at: datetime) -> int:
    """Puts a run in the queue; returns its id. `group` None: the whole school. Who may print it the view has asked."""
    on = clock.day_of(at)
    total = sum(row.pupils for row in _classes(school, group, on))
    if total > MOST:
        raise Refused(TOO_MANY)
    run = Run.objects.create(
        school_id=school, by_id=by, at=at, year=academic_year_on(on), group_id=group,
        only_read=only_read, total=total, beat_at=at,
    )  # fmt: skip
    app.configure_task("parents.print").defer(school=school, run=run.pk)
    told = {"reports": total}
    audit.record(
        school=school, by=by, at=at, verb="parent_reports.asked", subject="run", subject_id=run.pk, counts=told
    )
    return run.pk


@transaction.atomic
def ask_to_stop(*, school: int, run: int, by: int, at: datetime) -> None:
    """A run that is finished meanwhile stays finished."""
    Run.objects.filter(school_id=school, pk=run, by_id=by).update(stop_asked=True)
    audit.record(school=school, by=by, at=at, verb="parent_reports.stop_asked", subject="run", subject_id=run)


def print_queued(*, school: int, run: int) -> None:
    """The worker's part: makes the file, or notes in a sentence why there is none."""
    try:
        _made(school, run)
    except Refused as refusal:
        _give_up(school, run, refusal.sentence)
    except Exception:
        _give_up(school, run, BROKEN)
        raise


def _made(school: int, run: int) -> None:
    with reading(school):
        row = Run.objects.filter(school_id=school, pk=run, state=Run.State.QUEUED).defer("pdf").first()
        if row is None:
            return
        on = clock.day_of(row.at)
        beside, logo = for_school(school=school, year=row.year, on=on), logo_of(school=school)
        name, groups = school_row(school=school).name, [one.id for one in _classes(school, row.group_id, on)]
    found = _gathered(school, row, groups, on)
    _watch(school, run, len(found))
    pdf = reports_pdf(found, school=name, title=year_title(row.year), beside=beside, logo=logo, at=row.at)
    _watch(school, run, len(found))
    with writing(school):
        told = {"state": Run.State.MADE, "pdf": pdf, "done": len(found), "total": len(found)}
        Run.objects.filter(school_id=school, pk=run).update(**told)


def _gathered(school: int, row: Run, groups: list[int], on: date) -> list[Report]:
    found: list[Report] = []
    for group in groups:
        with reading(school):
            reports = reports_of_class(school=school, group=group, year=row.year, on=on)
        found += [one for one in reports if one.state == State.READ or not row.only_read]
        _watch(school, row.pk, len(found))
    if not found:
        raise Refused(NOBODY)
    return found


def _classes(school: int, group: int | None, on: date) -> list[ClassRow]:
    rows = classes(school=school, year=academic_year_on(on), on=on)
    return [row for row in rows if group is None or row.id == group]


def _watch(school: int, run: int, done: int) -> None:
    """Notes how far it has come, and stops when somebody asked for that."""
    with writing(school):
        rows = Run.objects.filter(school_id=school, pk=run)
        rows.update(done=done, beat_at=clock.now())
        if rows.filter(stop_asked=True).exists():
            raise Refused(STOPPED)


def _give_up(school: int, run: int, sentence: str) -> None:
    with writing(school):
        rows = Run.objects.filter(school_id=school, pk=run, state=Run.State.QUEUED)
        rows.update(state=Run.State.STOPPED, sentence=sentence[:300])


def forget_runs(*, school: int, at: datetime) -> int:
    """Throws away runs, and with them their files, that are older than a day. Returns how many."""
    return Run.objects.filter(school_id=school, at__lt=at - KEPT_FOR).delete()[0]
