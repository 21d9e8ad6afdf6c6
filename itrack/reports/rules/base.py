"""Which group of a kind the others are measured from.

base_of([support, none, unknown]) → none, or unknown where fewer than five of those are counted
"""

from collections.abc import Callable, Mapping, Sequence

from itrack.pupils.rules_answers import NO, UNKNOWN
from itrack.pupils.rules_groups import BORN, CARE, DISADVANTAGE, JOINED, LANGUAGE, MEALS, SEN, SERVICE, SEX
from itrack.pupils.rules_joining import USUAL
from itrack.reports.rules.finding import FEW
from itrack.reports.rules.groups import Group

# Few records say in so many words that a pupil has no SEN, so without five such pupils the gap is to those of whom
# nothing is recorded, under that name. Classes and year groups have no such group: they differ in age and size.
BASES: Mapping[str, tuple[str, ...]] = {
    SEX.code: ("m",),
    DISADVANTAGE.code: (NO,),
    MEALS.code: (NO,),
    SEN.code: ("none", UNKNOWN),
    CARE.code: (NO,),
    SERVICE.code: (NO,),
    LANGUAGE.code: ("english",),
    BORN.code: ("autumn",),
    JOINED.code: (USUAL,),
}
ACROSS = "."  # between the codes of two kinds that are crossed


def base_of(alike: Sequence[Group], tells: Callable[[Group], bool] | None = None) -> Group | None:
    """Of the groups of one kind that which the others are measured from: the usual one, or who stands in for it.

    With `tells`, for who sees no small numbers: the first that is told, so that the choice rests on nothing hidden.
    """
    usual = BASES.get(alike[0].division.code.rpartition(ACROSS)[2], ())
    there = [one for code in usual for one in alike if one.part.code == code]
    if tells is not None:
        return next(filter(tells, there), None)
    return next((one for one in there if len(one.tally.counted) >= FEW), there[0] if there else None)
