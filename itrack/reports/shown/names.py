"""The names behind a figure: who is counted in it and where they stand, or who is not and why."""

from collections import defaultdict
from dataclasses import dataclass

from itrack.reports.queries.question import Unclear
from itrack.reports.rules.answer import Answer, Count, Person
from itrack.ui.words import upper_first

COUNTED, OUT = "counted", "out"


@dataclass(frozen=True, slots=True)
class Named:
    """A pupil on the page of names, and where they stand in what the figure is about."""

    pupil: Person
    stands: str


def named(answer: Answer, key: str) -> tuple[str, list[Named]]:
    """What a figure is of, in words, and the pupils behind it, by name. Raises Unclear for a figure there is not."""
    if key in ("", COUNTED):
        return "Counted", _listed(answer, answer.counted, _why(answer))
    if key == OUT:
        why = _why(answer)
        return "Not counted", _listed(answer, frozenset(why), why)
    figure = next((one for one in answer.figures() if one.key == key), None)
    if figure is None:
        raise Unclear("cell", "There is no such figure in this report, or there is no longer.", elsewhere=True)
    return upper_first(figure.spoken), _listed(answer, figure.pupils, _stands(answer, figure))


def _listed(answer: Answer, pupils: frozenset[int], stands: dict[int, str]) -> list[Named]:
    rows = sorted((answer.people[pupil] for pupil in pupils), key=lambda one: one.order)
    return [Named(one, stands.get(one.id, "")) for one in rows]


def _stands(answer: Answer, figure: Count) -> dict[int, str]:
    return dict(answer.standing.get(figure.about, {}))


def _why(answer: Answer) -> dict[int, str]:
    why: defaultdict[int, list[str]] = defaultdict(list)
    for line in answer.out:
        why[line.pupil].append(f"{line.where}: {line.reason}" if line.where else line.reason)
    return {pupil: "; ".join(reasons) for pupil, reasons in why.items()}
