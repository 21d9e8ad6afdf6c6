"""Which figures are held back over several reports at once, so that no report costs another its figures.

    settled({"attainment": [overview], "rwm": [combined]}, upto=5)

Reports are taken in their order. One that would make those before it hold back much more than they do by themselves is
shown to nobody without names: in a small school a report of small numbers would take the large ones of another along.
"""

from collections.abc import Mapping, Sequence

from itrack.reports.rules.answer import Answer
from itrack.reports.rules.suppression.figures import figures_of
from itrack.reports.rules.suppression.holding import FEW, held_back

# The share of the figures still shown in the reports before that one more report may cost them.
MUCH = (1, 10)


def settled(views: Mapping[str, Sequence[Answer]], *, upto: int = FEW) -> frozenset[str]:
    """The keys of all that is held back. Views are answers by report."""
    taken: dict[str, Sequence[Answer]] = {}
    held: frozenset[str] = frozenset()
    closed: set[str] = set()
    known: set[str] = set()
    for name, answers in views.items():
        own = {cell.key for answer in answers for cell in answer.figures()}
        more = held_back(figures_of({**taken, name: answers}), upto=upto)
        if known and is_much(lost=len((more & known) - held), of=len(known - held)):
            closed |= own - known
        else:
            taken, held, known = {**taken, name: answers}, more, known | own
    return held | closed


def is_much(*, lost: int, of: int) -> bool:
    part, whole = MUCH
    return lost * whole > of * part
