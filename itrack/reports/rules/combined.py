"""What is said of reading, writing and maths together: how many reach all three, and who lacks one of them.

combined_findings([reading, writing, maths], AT_EXPECTED, where="in Year 4")
"""

from collections.abc import Mapping, Sequence

from itrack.reports.rules.finding import FEW, Finding, Standing, in_brackets, inside, listed
from itrack.reports.rules.measure import AT_EXPECTED, AT_GREATER, Measure
from itrack.reports.rules.tally import SubjectTally
from itrack.reports.rules.together import regions, together
from itrack.ui.words import count_of, figure, upper_first

EVERY = frozenset({0, 1, 2})


def region_words(places: frozenset[int], names: Sequence[str]) -> str:
    """ "reading and writing, not maths", as it stands in the middle of a sentence."""
    if places in (EVERY, frozenset()):
        return "all three" if places else "none of the three"
    there = listed([inside(names[place]) for place in sorted(places)])
    gone = inside(names[next(iter(EVERY - places))])
    return f"{there} only" if len(places) == 1 else f"{there}, not {gone}"


def combined_findings(three: Sequence[SubjectTally], measure: Measure, *, where: str) -> list[Finding]:
    """Empty when nobody is counted in all three."""
    whole = together(three)
    if not whole.counted:
        return []
    care = _care(whole)
    return [_found(whole, three, measure, where, high=True, others=True), *([Finding("", care)] if care else [])]


def told_combined(
    three: Sequence[SubjectTally], measure: Measure, *, where: str, high: bool, others: bool
) -> list[Finding]:
    """The same for who sees no small numbers and is shown how many reach all three. `high`: how many are at greater
    depth as well, `others`: how many are in two of the three."""
    return [_found(together(three), three, measure, where, high=high, others=others)]


def _found(
    whole: SubjectTally, three: Sequence[SubjectTally], measure: Measure, where: str, *, high: bool, others: bool
) -> Finding:
    parts = {places: len(pupils) for places, pupils in regions(three, measure).items()}
    two = _of_others(parts, three, measure) if others else []
    return Finding("", " ".join([_reached(whole, measure, where, high=high), *two]))


def _reached(whole: SubjectTally, measure: Measure, where: str, *, high: bool) -> str:
    row, at_greater = _standing(whole, measure), _standing(whole, AT_GREATER)
    also = ""
    if measure is AT_EXPECTED and row.secure and high:
        deep = figure(at_greater.secure) if at_greater.secure else "none"
        also = f", and {deep} at greater depth{in_brackets(at_greater)}"
    return f"{upper_first(where)}, {_who(row)} {measure.words} in all three subjects{in_brackets(row)}{also}."


def _standing(whole: SubjectTally, measure: Measure) -> Standing:
    return Standing(whole.name, len(measure.reached(whole)), len(whole.counted), whole.population)


def _who(row: Standing) -> str:
    if row.counted == 1:
        return f"the one pupil counted is{'' if row.secure else ' not'}"
    said = figure(row.secure) if row.secure else "none"
    return f"{said} of {figure(row.counted)} pupils counted {'is' if row.secure < 2 else 'are'}"


def _of_others(parts: Mapping[frozenset[int], int], three: Sequence[SubjectTally], measure: Measure) -> list[str]:
    """Those in two of the three, by the one that is missing, the commonest first."""
    lacking = [(parts[EVERY - {place}], place) for place in range(3) if parts[EVERY - {place}]]
    if not lacking:
        return []
    lacking.sort(key=lambda row: (-row[0], row[1]))
    total = sum(n for n, _ in lacking)
    by_subject = listed([f"{figure(n)} {inside(three[place].name)}" for n, place in lacking])
    if total == 1:
        return [f"One more is {measure.words} in two of the three and lacks {inside(three[lacking[0][1]].name)}."]
    if len(lacking) == 1:
        by_subject = f"{'both' if total == 2 else f'all {figure(total)}'} lack {inside(three[lacking[0][1]].name)}"
        return [f"{figure(total)} more are {measure.words} in two of the three: {by_subject}."]
    first, *rest = by_subject.split(" ", 1)
    return [
        f"{figure(total)} more are {measure.words} in two of the three: "
        f"{first} {'lacks' if first == '1' else 'lack'} {' '.join(rest)}."
    ]


def _care(whole: SubjectTally) -> str:
    said = []
    if whole.out:
        verb = "is" if len(whole.out) == 1 else "are"
        said.append(
            f"{figure(len(whole.out))} of {count_of(whole.population, 'pupil')} {verb} not counted in all three and "
            f"{verb} left out."
        )
    if len(whole.counted) < FEW:
        said.append(f"Fewer than {FEW} pupils are counted: read it with care.")
    return " ".join(said)
