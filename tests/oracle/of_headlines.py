"""Headlines: each subject and all three together now, the last statutory results, and how many marks are in."""

from itrack.statutory.rules.measures import MEASURES
from tests.cast import TODAY
from tests.oracle import sums
from tests.oracle.asking import Question
from tests.oracle.figures import Exact, Foretold, Oracle, Who
from tests.oracle.of_attainment import out_of
from tests.oracle.of_entered import expected_of
from tests.oracle.of_statutory import Outcome, Published, outcome
from tests.oracle.rows import Rows
from tests.oracle.together import together
from tests.oracle.view import Standing

LAST = 2026
SHOWN = {
    "gld": "Good level, Reception",
    "phonics-year-1": "Phonics, Year 1",
    "phonics-year-2": "Phonics by Year 2",
    "tables-average": "Times tables, average",
    "tables-full": "Times tables, full marks",
    "rwm-expected": "KS2 RWM, expected",
    "rwm-higher": "KS2 RWM, higher",
}


def headlines(rows: Rows, question: Question) -> Oracle:
    view = question.view(rows)
    stands = [view.standing(subject) for subject in rows.subjects]
    counted = frozenset().union(*(one.counted for one in stands))
    told = Oracle(people=view.people, counted=counted, out=out_of(stands))
    for stands_at in (*stands, together(view)):
        _now(told, stands_at)
    if rows.seen == TODAY and not question.anonymous:
        _marks(told, rows, question)
    for measure in SHOWN:
        one = outcome(rows, measure, LAST)
        if question.anonymous:
            _without_names(told, one, Published(rows))
        else:
            _statutory(told, one)
    return told


def _now(told: Oracle, one: Standing) -> None:
    share = sums.share(len(one.secure), len(one.counted))
    cells: dict[str, Foretold] = {"Pupils": Who(one.secure, one.counted), "Of": Who(one.counted)}
    told.say("", f"{one.name}: at expected or above", cells | {"Figure": Exact(share, sums.percent(share))})
    if one.counted:
        label = "All three together" if " and " in one.name else one.name
        told.drawn["share", "", label] = len(one.secure), len(one.counted)


def _marks(told: Oracle, rows: Rows, question: Question) -> None:
    """Of today alone."""
    every = expected_of(rows, question, rows.main)
    done, total = sum(len(one.marked) for one in every), sum(len(one.pupils) for one in every)
    share = sums.share(done, total)
    cells: dict[str, Foretold] = {"Pupils": Exact(done, f"{done:,}"), "Of": Exact(total, f"{total:,}")}
    told.say("", "Marks entered", cells | {"Figure": Exact(share, sums.percent(share))})
    if total:
        told.drawn["share", "", "Marks entered"] = done, total


def title_of(measure: str) -> str:
    title = MEASURES[measure].title
    return f"{MEASURES[measure].within}: {title[:1].lower()}{title[1:]}"


def _statutory(told: Oracle, one: Outcome) -> None:
    head = title_of(one.measure)
    if not one.counted:
        told.say("", head, {"Pupils": "", "Of": "", "Figure": "–"})
    elif one.is_average:
        value = Exact(one.value, sums.mean(one.value))
        told.say("", head, {"Pupils": "", "Of": Who(one.counted), "Figure": value})
    else:
        cells: dict[str, Foretold] = {"Pupils": Who(one.achieved, one.counted), "Of": Who(one.counted)}
        told.say("", head, cells | {"Figure": Exact(one.value, sums.percent(one.value))})
        told.drawn["share", "", SHOWN[one.measure]] = len(one.achieved), len(one.counted)
    told.people |= one.counted | one.out.keys()
    told.counted |= one.counted
    told.out |= {(pupil, head, why) for pupil, why in one.out.items()}


def _without_names(told: Oracle, one: Outcome, given: Published) -> None:
    """A percentage or an average and no count; and the official figures, if there are any."""
    head, official = title_of(one.measure), given.official(one)
    told.say("", head, {"Figure": one.own(named=False)})
    told.speaks_of["", head, "Figure"] = one.sizes
    if any(given.official(outcome(given.rows, name, LAST)) is not None for name in SHOWN):
        said = sums.mean(official) if one.is_average else sums.published(official, average=False)
        told.cells["", head, "Official figure"] = said if official is not None else ""
