"""Reading, writing and maths looked at as one: only who has a band in all three is counted, in the lowest of them."""

from tests.oracle.asking import RWM, THREE
from tests.oracle.view import BANDS, Standing, View


def together(view: View) -> Standing:
    three = [view.standing(subject) for subject in THREE]
    out = {pupil: _why(three, pupil) for pupil in view.people if any(pupil in one.out for one in three)}
    lowest = {pupil: min(_place(one, pupil) for one in three) for pupil in view.people - out.keys()}
    bands = {band: frozenset(pupil for pupil, at in lowest.items() if at == place) for place, band in enumerate(BANDS)}
    return Standing(RWM, bands, out)


def _place(one: Standing, pupil: int) -> int:
    return next(place for place, band in enumerate(BANDS) if pupil in one.bands[band])


def _why(three: list[Standing], pupil: int) -> str:
    """The one reason for all three, or each reason with the subjects it is for."""
    reasons = {one.name: one.out[pupil] for one in three if pupil in one.out}
    if len(reasons) == 3 and len(set(reasons.values())) == 1:
        return reasons[three[0].name]
    said = []
    for why in dict.fromkeys(reasons.values()):
        first, *others = (name for name, reason in reasons.items() if reason == why)
        names = [first, *(name.lower() for name in others)]
        said.append(f"{' and '.join([', '.join(names[:-1]), names[-1]] if len(names) > 1 else names)}: {why}")
    return "; ".join(said)
