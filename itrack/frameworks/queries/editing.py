"""A statement opened to be edited, and what its page and deeds must know of it."""

from dataclasses import dataclass

from django.db.models import F
from django.http import Http404

from itrack.foundation.models import Replaced
from itrack.frameworks.models import Statement
from itrack.frameworks.queries.content import strand_facts
from itrack.frameworks.queries.lines import FrameworkLine, StatementLine, statements, used_statements
from itrack.frameworks.queries.lines import framework as framework_line
from itrack.frameworks.rules.content import StatementFacts
from itrack.schools.rules import fingerprint


@dataclass(frozen=True, slots=True)
class OpenedStatement:
    """`judged`: pupils have marks for it. `beside` are the others of its strand that are not retired."""

    line: FrameworkLine
    told: StatementLine
    beside: list[StatementLine]
    judged: bool

    @property
    def facts(self) -> StatementFacts:
        told = self.told
        return StatementFacts(strand_facts(told.strand), told.code, told.text, told.pointer, told.retired_on)

    @property
    def band(self) -> str:
        return f"{self.told.strand.from_year_group}-{self.told.strand.to_year_group}"

    @property
    def seen(self) -> str:
        """Another word once somebody changes what is shown of the statement."""
        return fingerprint([self.facts])


def opened_statement(*, school: int, framework: int, statement: int) -> OpenedStatement:
    """404 when this school has no such framework, or the framework no such statement."""
    line = framework_line(school=school, framework=framework)
    every = statements(school=school, framework=framework, retired=True)
    told = next((one for one in every if one.id == statement), None)
    if told is None:
        raise Http404
    beside = [one for one in every if one.strand.id == told.strand.id and one.id != statement and not one.retired_on]
    return OpenedStatement(line, told, beside, statement in used_statements(school=school))


def order_seen(lines: list[StatementLine]) -> str:
    """Another word once the statements of a strand, or their order, change."""
    return fingerprint([line.id for line in lines])


def judged_since_reworded(*, school: int, change_set: int) -> bool:
    """Whether pupils have been judged by words that the change set gave a statement."""
    table = Statement._meta.db_table
    kept = Replaced.objects.filter(school_id=school, change_set_id=change_set, table=table)
    before = {row: old["text"] for row, old in kept.values_list("row_id", "before")}
    now = Statement.objects.filter(school_id=school, pk__in=before).values_list("pk", F("text"))
    reworded = {statement for statement, text in now if before[statement] != text}
    return bool(reworded) and not reworded.isdisjoint(used_statements(school=school))
