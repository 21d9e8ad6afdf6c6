"""Who may be judged by what and what stands, asked before a save: six questions, whatever the number of cells."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from itrack.accounts.api import member_row
from itrack.foundation import clock
from itrack.foundation.models import ChangeSet
from itrack.foundation.viewer import Role
from itrack.frameworks.api import depth_rows, statement_rows
from itrack.frameworks.rules.years import subject_key
from itrack.objectives.models import StatementMark
from itrack.objectives.queries.use import used_subjects
from itrack.objectives.rules.depth import NOT_FOR_THEM
from itrack.objectives.rules.marking import Cell, LastChange, Marking, Standing, StatementFacts
from itrack.pupils.api import pupils_to_mark
from itrack.schools.api import academic_year_on

JUDGES_ALL = frozenset({Role.ADMINISTRATOR, Role.HEAD, Role.SENCO})
JUDGES_OWN = frozenset({Role.TEACHER, Role.ASSISTANT})


def marking(*, school: int, cells: Collection[Cell], by: int, at: datetime, taken_on: date) -> Marking:
    """Locks the pupils until the transaction ends, then reads what stands, so nobody can come between."""
    day = clock.day_of(at)
    here = pupils_to_mark(
        school=school, pupils={pupil for pupil, _ in cells}, member=by, on=day, year=academic_year_on(day)
    )
    role = member_row(school=school, member=by).values_list("role", flat=True).get()
    theirs = {pupil for pupil, own in here.items() if role in JUDGES_ALL or (role in JUDGES_OWN and own)}
    statements = _statements(school, {statement for _, statement in cells})
    return Marking(
        pupils=theirs,
        statements=statements,
        scales=_scales(school, {facts.framework for facts in statements.values()}),
        stands=_stands(school, theirs, statements),
        taken_on=taken_on,
    )


def _statements(school: int, wanted: Collection[int]) -> dict[int, StatementFacts]:
    used = used_subjects(school=school)
    rows = statement_rows(school=school).filter(pk__in=wanted)
    told = rows.values_list("pk", "framework_id", "strand__subject", "framework__archived_on", "retired_on")
    return {
        pk: StatementFacts(framework, subject_key(subject) in used, archived is not None, retired_on)
        for pk, framework, subject, archived, retired_on in told
    }


def _scales(school: int, frameworks: Collection[int]) -> dict[int, dict[str, int]]:
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    rows = depth_rows(school=school).filter(framework_id__in=frameworks).order_by("position", "pk")
    for framework, code, pk in rows.values_list("framework_id", "code", "pk"):
        found[framework][code.upper()] = pk
    return dict(found)


def _stands(school: int, pupils: Collection[int], statements: Collection[int]) -> dict[Cell, Standing]:
    rows = StatementMark.objects.filter(
        school_id=school, pupil_id__in=pupils, statement_id__in=statements, ended_at__isnull=True
    )
    told = rows.values_list("pupil_id", "statement_id", "depth__code", "taken_on", "pk")
    return {
        (pupil, statement): Standing(code.upper() if code else NOT_FOR_THEM.code, taken_on, pk)
        for pupil, statement, code, taken_on, pk in told
    }


def last_changes(*, school: int, cells: Collection[Cell], now: datetime) -> dict[Cell, LastChange]:
    """Who last typed in or emptied each of the cells."""
    rows = StatementMark.objects.filter(
        school_id=school,
        pupil_id__in={pupil for pupil, _ in cells},
        statement_id__in={statement for _, statement in cells},
    )
    begun = ("added_by__by_id", "added_by__by__name", "added_at")
    ended = ("ended_by__by_id", "ended_by__by__name", "ended_at")
    # In the order they were made, so the last of a cell's versions remains.
    told = rows.order_by("pk").values_list("pupil_id", "statement_id", "pk", *begun, *ended)
    return {(row[0], row[1]): _change(row[6:] if row[8] else row[3:6], row[2], now) for row in told}


def _change(told: tuple[int, str, datetime], mark: int, now: datetime) -> LastChange:
    by, name, at = told
    return LastChange(by, name, said_when(at, now), mark)


def said_when(at: datetime, now: datetime) -> str:
    """ "at 10:02" of today, "on 20 November" of another day."""
    here = at.astimezone(clock.LONDON)
    return f"at {here:%H:%M}" if clock.day_of(at) == clock.day_of(now) else f"on {here.day} {here:%B}"


def last_own_change(*, school: int, statements: Collection[int], pupils: Collection[int], by: int) -> int | None:
    """The change set with which this person last touched these statements' marks, if it still holds."""
    marks = StatementMark.objects.filter(school_id=school, pupil_id__in=pupils, statement_id__in=statements)
    touched = marks.filter(Q(added_by_id=OuterRef("pk")) | Q(ended_by_id=OuterRef("pk")))
    own = ChangeSet.objects.filter(school_id=school, by_id=by, kind=ChangeSet.Kind.STATEMENTS, undone_at__isnull=True)
    return own.filter(Exists(touched)).order_by("-pk").values_list("pk", flat=True).first()
