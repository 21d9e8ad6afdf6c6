"""Asking the product and the oracle the same questions: of each report those that its filters allow."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from itrack.reports.catalogue.all import REPORTS
from itrack.reports.catalogue.answering import understand, work_out
from itrack.reports.rules.answer import Answer
from tests.cast import NOW, Cast
from tests.oracle_progress.of_aims import objectives, targets
from tests.oracle_progress.of_lists import class_list, meeting
from tests.oracle_progress.of_odd import SORTS, odd_values
from tests.oracle_progress.of_progress import between, matrix
from tests.oracle_progress.of_scores import CHECKS, scatter
from tests.oracle_progress.of_sides import side_by_side
from tests.oracle_progress.of_time import flight_path, over_time
from tests.oracle_progress.record import Then
from tests.oracle_progress.results import TITLES
from tests.oracle_progress.view import Question
from tests.oracle_progress.walk import Told

type Offered = Mapping[str, Sequence[str]]
ORDERS = ("name", "class", "lowest", "highest", "fell", "rose")


@dataclass(frozen=True)
class Asked:
    """A report with its oracle. `subjects`: how many of the first subjects are asked about, `every`: or all at once.

    `choices` are those of its own filters that can be asked of a point of that year and half term.
    """

    oracle: Callable[[Question], Told]
    subjects: int = 0
    every: bool = True
    choices: Callable[[Then, int, int], Offered] = lambda *_: {}


def _before(then: Then, year: int, slot: int) -> list[str]:
    return [f"point-{one.year}-{one.slot}" for one in then.points if (2025, 4) <= (one.year, one.slot) < (year, slot)]


def _starts(then: Then, year: int, slot: int) -> Offered:
    subject = next(iter(then.subjects))
    points = (then.point(2025, 6), then.point(year, slot))
    tests = [
        f"also-{row['id']}-{at.year}-{at.slot}"
        for row in then.assessments[1:] for at in points if then.marked(at, subject, row["id"])
    ]  # fmt: skip
    return {"start": [*_before(then, year, slot), *TITLES, *tests]}


def _scores(then: Then, year: int, slot: int) -> Offered:
    """Tests that somebody has taken in the first subject; and beside them checks, and codes, which it refuses."""
    subject = next(iter(then.subjects))
    tests = [row["id"] for row in then.assessments[1:]]
    here, earlier = then.point(year, slot), then.point(2025, 4)
    now = [f"also-{one}-{year}-{slot}" for one in tests if then.marked(here, subject, one)]
    before = [f"also-{one}-2025-4" for one in (*tests, then.main) if then.marked(earlier, subject, one)]
    return {
        "now": now or ["phonics"],
        "before": [*before, *(one for one in CHECKS if now or one != "phonics")],
        "by": ["none", "sex", "sen"],
    }


REPORTS_ASKED = {
    "progress-matrix": Asked(matrix, 1, every=False, choices=_starts),
    "progress-between": Asked(between, choices=lambda *at: {"start": _before(*at)}),
    "progress-over-time": Asked(over_time, 3, choices=lambda *_: {"whom": ["then", "back"]}),
    "flight-path": Asked(flight_path, 3, every=False, choices=lambda *_: {"sort": ORDERS}),
    "scatter": Asked(scatter, 1, every=False, choices=_scores),
    "triangulation": Asked(side_by_side, 3, every=False),
    "target-analysis": Asked(targets, 2, choices=lambda *_: {"target": ["2", "6", "6"]}),
    "objectives-report": Asked(
        objectives, choices=lambda then, *_: {"strand": [f"{row['id']}" for row in then.lists["strands"]]}
    ),
    "odd-values": Asked(odd_values, choices=lambda *_: {"sort": ["all", *SORTS]}),
    "class-list": Asked(class_list),
    "meeting-sheet": Asked(meeting),
}


def question(report: str, then: Then, chance: Random) -> Question:
    """One that can be asked of the report, of the whole school, a year group or a class."""
    one = REPORTS_ASKED[report]
    reader, own = chance.choice(("hana", "hana", "tom")), taught_by_tom(then)
    year, slot = chance.choice(((2026, 2), (2026, 2), (2026, 1), *([(2025, 6)] if reader == "hana" else [])))
    subjects = list(then.subjects)[: one.subjects] + ([0] if one.every else [])
    groups = [row["id"] for row in then.lists["groups"] if row["year"] == year]
    whose = chance.choice(("all", "all", "year-4", f"class-{chance.choice(groups)}"))
    whose = f"class-{own}" if reader == "tom" else whose
    chosen = {name: chance.choice(list(values)) for name, values in one.choices(then, year, slot).items()}
    if whose.startswith("class") and "whom" in chosen:
        chosen["whom"] = "back"  # a class is one of one year
    if "target" in chosen:
        slot = max((at.slot for at in then.points if at.year == year and at.opens <= then.seen), default=1)
    whose = "all" if report == "odd-values" else whose
    return Question(then, year, slot, whose, chance.choice(subjects), chosen, reader, own)


def taught_by_tom(then: Then) -> int:
    return next(row["id"] for row in then.lists["groups"] if row["teacher_id"])


def answer(cast: Cast, report: str, asked: Question, since: Then | None = None) -> Answer:
    """What the product answers, beside an earlier day if wanted. The school's reading window must be open."""
    declared = REPORTS[report]
    usual = {
        "year": f"{asked.year}",
        "point": f"{asked.slot}",
        "pupils": asked.whose,
        "subject": f"{asked.subject or ''}",
        "as_at": asked.then.seen.isoformat(),
        "since": since.seen.isoformat() if since else "",
    }
    said = {name: text for name, text in usual.items() if name in declared.asks.fields}
    understood, _ = understand(declared, viewer=cast.people[asked.reader], said=said | (asked.chosen or {}), now=NOW)
    return work_out(declared, understood)


def is_of_today(report: str) -> bool:
    return not REPORTS[report].as_at
