"""The oracles object: to each rule that is broken, and to each figure that nobody has foretold."""

from dataclasses import replace

import pytest
import time_machine

from itrack.foundation.tenancy.windows import reading
from itrack.reports.catalogue.all import REPORTS
from itrack.reports.rules.answer import Answer, Number, Row
from tests.cast import NOW, TODAY, Cast
from tests.oracle.asking import CLOSED, RWM, USUAL, Question, answer_to
from tests.oracle.broken import BROKEN, Broken
from tests.oracle.figures import disagreements
from tests.oracle.lived import Life, Lived, a_school
from tests.oracle.of_trust import add_up_autumn_1, dashboard_of
from tests.oracle.oracles import ELSEWHERE, OF_THE_SCHOOL, ORACLES, WITH_RWM, as_asked, foretold, usual
from tests.oracle.rows import Rows, rows_of
from tests.oracle.seen import beside
from tests.reports.trust import OakAndThorn

# In it much happens of which the broken rules speak; with another luck one or two might make no difference.
LIFE = Life(5, (*("joins", "leaves", "moves", "mark", "moves", "circumstance", "result", "sessions", "score", "copy"),
                *("moves", "leaves", "flag", "mark", "result", "score")) * 6)  # fmt: skip
READ_WITHOUT_NAMES = [report for report in ORACLES if REPORTS[report].anonymous]
QUIET = Life(7, ("mark", "leaves"))


def objects(report: str, school: Lived, rows: Rows) -> bool:
    """Whether the oracle has anything against the report's usual answers."""
    asked = [as_asked(one, school) for one in usual(report)]
    asked += [replace(one, subject=RWM) for one in asked if report in WITH_RWM]
    asked += [replace(one, whose="4A") for one in asked[1:2] if report not in OF_THE_SCHOOL]
    asked += [replace(one, chosen={"measure": name}) for one in asked[:1] for name in MEASURES.get(report, ())]
    return any(disagreements(answer_to(one, school.cast), foretold(one, rows)) for one in asked)


def unnoticed(broken: Broken, school: Lived, rows: Rows) -> list[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(broken.where, broken.by)
        return [report for report in broken.reports if not objects(report, school, rows)]


MEASURES = {"statutory-outcomes": ("rwm-expected", "tables-full", "phonics-year-1")}


def test_every_broken_rule_is_objected_to(cast: Cast) -> None:
    with a_school(cast, LIFE) as school, reading(school.school):
        rows = rows_of(school.school, TODAY)
        assert [report for report in ORACLES if objects(report, school, rows)] == []

        silent = [f"{one.words}: {report}" for one in BROKEN for report in unnoticed(one, school, rows)]

    assert "; ".join(silent) == ""
    assert {report for broken in BROKEN for report in broken.reports} == set(ORACLES)


def test_a_figure_that_nobody_foretold_is_objected_to(cast: Cast) -> None:
    with a_school(cast, QUIET, pupils=20) as school, reading(school.school):
        [question, _] = usual("attainment")
        answer, told = answer_to(question, cast), foretold(question, rows_of(school.school, TODAY))

    assert disagreements(answer, told) == []
    assert disagreements(with_one_more(answer), told) == [
        "nobody foretold ('', 'Drama', 'Below')",
        "nobody foretold ('', 'Drama', 'note')",
    ]
    without = replace(told, cells={key: one for key, one in told.cells.items() if key[-1] != "Counted"})
    assert all("nobody foretold" in one for one in disagreements(answer, without))


def with_one_more(answer: Answer) -> Answer:
    [first, *others] = answer.sections
    table = first.tables[0]
    narrow = replace(table, columns=table.columns[:2], rows=[Row(["Drama", Number(3)])])
    return replace(answer, sections=[replace(first, tables=[table, narrow]), *others])


def said_wrongly(report: str, cast: Cast) -> list[str]:
    question = Question(report, seen=CLOSED, slot=1, subject="Reading", chosen=USUAL.get(report, {}), who="gus")
    return beside(answer_to(question, cast), question, rows_of(cast.oakfield, CLOSED, named=False), 5)


def test_a_small_number_that_is_shown_is_objected_to(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("itrack.reports.catalogue.answering.settled", lambda *_, **__: frozenset())
    monkeypatch.setattr("itrack.statutory.queries.outcomes.hidden", lambda *_, **__: set())

    with a_school(cast, LIFE) as school, reading(school.school):
        silent = [report for report in READ_WITHOUT_NAMES if not said_wrongly(report, cast)]

    assert silent == []


def test_a_nought_in_the_place_of_what_is_held_back_is_objected_to(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("itrack.reports.rules.suppression.telling.Hidden", lambda: Number(0))

    with a_school(cast, QUIET, pupils=30) as school, reading(school.school):
        assert any("there stands Number(value=0" in one for one in said_wrongly("attainment", cast))


def test_a_school_that_holds_back_and_is_added_up_all_the_same_is_objected_to(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with time_machine.travel(NOW, tick=False):
        trust = OakAndThorn(cast)
        trust.gives(cast.thornhill)
        add_up_autumn_1(trust)
        assert dashboard_of(trust, "Reading").wrong({}) == []

        monkeypatch.setattr("itrack.reports.rules.pooled._sum", lambda parts: sum(part or 0 for part in parts))

        assert dashboard_of(trust, "Reading").wrong({})


def test_no_report_is_without_an_oracle() -> None:
    assert {*ORACLES, *ELSEWHERE} == set(REPORTS)
