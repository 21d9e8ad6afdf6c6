"""Editing the statements of a school's own framework one at a time. Each deed is a change set, so it can be undone."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from itrack.foundation import clock
from itrack.foundation.changes.actions import close_change_set, open_change_set
from itrack.foundation.changes.alter import alter
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed
from itrack.frameworks.actions.store import store_strands
from itrack.frameworks.models import Statement, Strand
from itrack.frameworks.queries.content import strand_facts
from itrack.frameworks.queries.editing import OpenedStatement, opened_statement, order_seen
from itrack.frameworks.queries.lines import FrameworkLine, statements, strands
from itrack.frameworks.queries.lines import framework as framework_line
from itrack.frameworks.rules.codes import next_code
from itrack.frameworks.rules.content import StatementFacts, StrandFacts
from itrack.frameworks.rules.editing import JUDGED, one_up, words_fault
from itrack.schools.api import take_settings

MEANWHILE = "Somebody else has changed this since you opened it. Nothing was changed. Open it again and look."


@transaction.atomic
def reword_statement(
    *, school: int, framework: int, statement: int, text: str, pointer: str, seen: str, by: int, at: datetime
) -> int | None:
    """Gives a statement other words while nobody is judged by it; the change set, None when they are the same."""
    held = _opened(school, framework, statement, seen)
    if (text, pointer) == (held.told.text, held.told.pointer):
        return None
    if held.judged and text != held.told.text:
        raise Refused(JUDGED)
    _check(replace(held.facts, text=text, pointer=pointer), held)
    row = _row(school, statement)
    row.text, row.pointer = text, pointer
    return _altered(school, [row], ["text", "pointer"], {"statements reworded": 1}, by, at)


@transaction.atomic
def replace_statement(
    *, school: int, framework: int, statement: int, text: str, pointer: str, seen: str, by: int, at: datetime
) -> int | None:
    """Retires a statement and puts one with other words in its place, under a code of its own.

    Where only what it serves is another, that is stored with the statement itself.
    """
    held = _opened(school, framework, statement, seen)
    if text == held.told.text:
        told: dict[str, Any] = {"text": text, "pointer": pointer, "seen": seen, "by": by, "at": at}
        return reword_statement(school=school, framework=framework, statement=statement, **told)
    wanted = StatementFacts(held.facts.strand, _free_code(school, framework, held.facts.strand), text, pointer)
    _check(wanted, held)
    row = _row(school, statement)
    row.retired_on = row.retired_on or clock.day_of(at)
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.FRAMEWORK, by=by, at=at)
    alter(Statement, deed=Deed(school, change_set.pk, at), rows=[row], fields=["retired_on"])
    _store(school, framework, wanted, held.told.strand.id, row.position, change_set)
    close_change_set(change_set, counts={"statements replaced": 1})
    return change_set.pk


@transaction.atomic
def retire_statement(
    *, school: int, framework: int, statement: int, on: date | None, seen: str, by: int, at: datetime
) -> int | None:
    """Stops offering a statement from that day, or with None offers it again; its marks stay."""
    held = _opened(school, framework, statement, seen)
    if (held.told.retired_on is None) == (on is None):
        return None
    if on is None:
        _check(replace(held.facts, retired_on=None), held)
    row = _row(school, statement)
    row.retired_on = on
    counts = {"statements brought back": 1} if on is None else {"statements retired": 1}
    return _altered(school, [row], ["retired_on"], counts, by, at)


@transaction.atomic
def move_statement_up(*, school: int, framework: int, statement: int, seen: str, by: int, at: datetime) -> int | None:
    """Puts a statement a place earlier in its strand. `seen` tells the order the page showed."""
    held = _opened(school, framework, statement)
    every = statements(school=school, framework=framework, retired=True)
    lines = [line for line in every if line.strand.id == held.told.strand.id]
    if seen != order_seen(lines):
        raise Refused(MEANWHILE)
    order = [line.id for line in lines]
    first = min(line.position for line in lines)
    places = {one: first + place for place, one in enumerate(one_up(order, statement))}
    if list(places) == order:
        return None
    rows = list(Statement.objects.select_for_update().filter(school_id=school, pk__in=order))
    moved = [row for row in rows if row.position != places[row.pk]]
    for row in moved:
        row.position = places[row.pk]
    return _altered(school, moved, ["position"], {"statements moved": 1}, by, at)


@transaction.atomic
def add_statement(
    *, school: int, framework: int, strand: StrandFacts, text: str, pointer: str, by: int, at: datetime
) -> int:
    """Adds a statement at the end of a strand, which is made where the framework has it not."""
    _editable(school, framework)
    held = {strand_facts(line): line.id for line in strands(school=school, framework=framework)}
    beside = [(line.code, line.text) for line in statements(school=school, framework=framework)
              if line.strand.id == held.get(strand)]  # fmt: skip
    wanted = StatementFacts(strand, _free_code(school, framework, strand), text, pointer)
    if fault := words_fault(wanted, beside):
        raise Refused(fault)
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.FRAMEWORK, by=by, at=at)
    where = held.get(strand) or _new_strand(school, framework, strand, change_set)
    _store(school, framework, wanted, where, _last(Statement, school, framework) + 1, change_set)
    close_change_set(change_set, counts={"statements put in": 1})
    return change_set.pk


def _opened(school: int, framework: int, statement: int, seen: str | None = None) -> OpenedStatement:
    _editable(school, framework)
    # Held against a mark that is being entered at this moment: whether pupils are judged by it is asked behind this.
    list(Statement.objects.select_for_update().filter(school_id=school, pk=statement).values_list("pk"))
    held = opened_statement(school=school, framework=framework, statement=statement)
    if seen is not None and seen != held.seen:
        raise Refused(MEANWHILE)
    return held


def _editable(school: int, framework: int) -> FrameworkLine:
    take_settings(school=school)
    line = framework_line(school=school, framework=framework)
    if line.locked:
        raise Refused(f"{line.title} is read here and not changed. Nothing was changed. Copy it and change the copy.")
    if line.archived_on:
        raise Refused(f"{line.title} is put away. Nothing was changed. Take it up again first.")
    return line


def _check(wanted: StatementFacts, held: OpenedStatement) -> None:
    if fault := words_fault(wanted, [(one.code, one.text) for one in held.beside]):
        raise Refused(fault)


def _row(school: int, statement: int) -> Statement:
    return Statement.objects.get(school_id=school, pk=statement)


def _free_code(school: int, framework: int, strand: StrandFacts) -> str:
    taken = Statement.objects.filter(school_id=school, framework_id=framework).values_list("code", flat=True)
    return next_code(strand, set(taken))


def _store(
    school: int, framework: int, wanted: StatementFacts, strand: int, position: int, change_set: ChangeSet
) -> None:
    Statement.objects.create(
        school_id=school,
        framework_id=framework,
        strand_id=strand,
        code=wanted.code,
        text=wanted.text,
        pointer=wanted.pointer,
        position=position,
        added_by=change_set,
    )


def _new_strand(school: int, framework: int, strand: StrandFacts, change_set: ChangeSet) -> int:
    after = _last(Strand, school, framework)
    made = store_strands(school=school, framework=framework, strands=[strand], after=after, change_set=change_set)
    return made[strand].pk


def _last(model: type[Statement] | type[Strand], school: int, framework: int) -> int:
    rows = model._default_manager.filter(school_id=school, framework_id=framework)
    return rows.aggregate(last=Max("position"))["last"] or 0


def _altered(
    school: int, rows: list[Statement], fields: list[str], counts: dict[str, int], by: int, at: datetime
) -> int:
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.FRAMEWORK, by=by, at=at)
    alter(Statement, deed=Deed(school, change_set.pk, at), rows=rows, fields=fields)
    close_change_set(change_set, counts=counts)
    return change_set.pk
