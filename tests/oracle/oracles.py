"""Which oracle foretells which report, and what each may be asked."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st

from itrack.statutory.rules.measures import MEASURES
from tests.cast import TODAY
from tests.oracle.asking import RWM, THREE, Question
from tests.oracle.figures import Oracle, Shown
from tests.oracle.lived import Lived
from tests.oracle.of_attainment import attainment
from tests.oracle.of_attendance import attendance
from tests.oracle.of_context import context
from tests.oracle.of_entered import entered
from tests.oracle.of_groups import CROSSED, groups
from tests.oracle.of_headlines import headlines
from tests.oracle.of_rwm import rwm
from tests.oracle.of_statutory import statutory
from tests.oracle.of_the_year import performance, single_subject
from tests.oracle.rows import Rows
from tests.reports.history import FIRST

ORACLES: dict[str, Callable[..., Oracle]] = {
    "attainment": attainment,
    "groups": groups,
    "headlines": headlines,
    "context": context,
    "rwm": rwm,
    "single-subject": single_subject,
    "test-performance": performance,
    "statutory-outcomes": statutory,
    "attendance": attendance,
    "marks-entered": entered,
}
# Foretold elsewhere: of progress and of single pupils (tests/oracle_progress), and of a trust (of_trust).
ELSEWHERE = (
    *("triangulation", "objectives-report", "progress-matrix", "progress-between", "progress-over-time"),
    *("flight-path", "scatter", "target-analysis", "class-list", "meeting-sheet", "odd-values", "trust"),
)
# What is measured from, and what is drawn, rests for who sees no names on what they see.
RESTS_ON_SHOWN = ("groups", "statutory-outcomes")
OF_TODAY = ("marks-entered",)
OF_THE_SCHOOL = ("headlines", "statutory-outcomes")
WITH_RWM = ("groups", "attendance")
OWN_FILTERS: dict[str, dict[str, tuple[str, ...]]] = {
    "groups": {"measure": ("expected", "greater"), "crossed": ("alone", *CROSSED)},
    "rwm": {"level": ("expected", "greater")},
    "statutory-outcomes": {"measure": tuple(MEASURES)},
    "attendance": {"sessions": ("2025",)},
}
TESTS = ("Main assessment", "Standardised test", "Practice test (scaled score)")
OF_A_TEST = ("test-performance", "marks-entered")
WHOSE = ("all", "4A", "5A", "RA", "year-4", "year-R")


def foretold(question: Question, rows: Rows, shown: Shown | None = None) -> Oracle:
    oracle = ORACLES[question.report]
    return oracle(rows, question, shown) if question.report in RESTS_ON_SHOWN else oracle(rows, question)


def questions(report: str) -> st.SearchStrategy[Question]:
    """Any day of the autumn, either point, anybody's, with any of the report's own filters."""
    subjects = ("Reading", "Writing", "Maths", "Science", *([RWM] if report in WITH_RWM else []))
    chosen = {name: st.sampled_from(values) for name, values in OWN_FILTERS.get(report, {}).items()}
    chosen |= {"assessment": st.sampled_from(TESTS)} if report in OF_A_TEST else {}
    return st.builds(
        Question,
        report=st.just(report),
        seen=st.just(TODAY) if report in OF_TODAY else st.dates(FIRST, TODAY),
        slot=st.sampled_from((1, 2)),
        whose=st.sampled_from(("all",) if report in OF_THE_SCHOOL else WHOSE),
        subject=st.sampled_from(subjects[:1] if report == "test-performance" else subjects),
        chosen=st.fixed_dictionaries(chosen),
    )


def usual(report: str) -> list[Question]:
    """The whole school today, at the point that is open and at the one that has closed."""
    chosen = {name: values[0] for name, values in OWN_FILTERS.get(report, {}).items()}
    chosen |= {"assessment": TESTS[1 if report == "test-performance" else 0]} if report in OF_A_TEST else {}
    return [Question(report, slot=slot, subject=THREE[0], chosen=chosen) for slot in (2, 1)]


def of_a_teacher(question: Question) -> Question:
    """The same, as Tom asks it of his class."""
    return replace(question, who="tom", whose="4B")


def as_asked(question: Question, school: Lived) -> Question:
    """An assessment is asked for by its id."""
    name = question.chosen.get("assessment")
    return replace(question, chosen={**question.chosen, "assessment": str(school.tests[name].id)}) if name else question
