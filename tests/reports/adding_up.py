"""What must add up in what a governor sees, from the meaning of its columns alone: each equation comes to nought."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from tests.reports.governor import BAND_HEADS, COUNTED, REGION, ROLL, RWM, SECURE, Haul, Place, whole_of

Equation = dict[Place, int]
YEAR_GROUP, REACHED = "Year group", "Pupils"
THREE = ("Reading", "Writing", "Maths")
# Lines above the groups of the roll → the group they count.
COLUMNS = {
    "Girls": ("Sex", "Girls"),
    "Boys": ("Sex", "Boys"),
    "Disadvantaged": ("Disadvantage", "Disadvantaged"),
    "SEN support": ("SEN", "SEN support"),
    "EHC plan or statement": ("SEN", "EHC plan or statement"),
    "EAL": ("First language", "EAL"),
    "Service child": ("Service child", "Service child"),
    "Joined at the usual time": ("Joined", "At the usual time"),
}


def systems(found: Haul) -> Iterator[list[Equation]]:
    """Everything that hangs together, each by itself: subject by subject, the roll, all three beside each."""
    places = {*found.counts, *found.held}
    for subject in sorted({at[1] for at in places} - {ROLL, RWM}):
        yield of_subject(places, subject)
    yield of_roll(places)
    yield of_all_three(places)


def of_subject(places: Iterable[Place], subject: str, kinds: frozenset[str] | None = None) -> list[Equation]:
    """Its bands, and each kind of group (of `kinds`) in it."""
    own = {at for at in places if at[1] == subject and (not at[2] or kinds is None or at[2] in kinds)}
    whole = {at[4]: at for at in own if not at[2]}
    if not {SECURE, COUNTED, *BAND_HEADS} <= whole.keys():
        return []  # Not a table of bands: what it shows is still looked at, number by number.
    told = [{whole[COUNTED]: -1, **{whole[band]: 1 for band in BAND_HEADS}}]
    told += [{whole[SECURE]: -1, whole["Expected"]: 1, whole["Greater depth"]: 1}]
    told += _kinds(own, whole, (SECURE, COUNTED))
    return told + _complements(at for at in own if at[4] in (*BAND_HEADS, SECURE))


def of_roll(places: Iterable[Place]) -> list[Equation]:
    """Each kind of group is the roll, year groups among them, and what is counted above is a group of its kind."""
    own = {at for at in places if at[1] == ROLL}
    whole = {at[4]: at for at in own if not at[2]}
    told = _kinds(own, whole, (ROLL,))
    for column, (kind, group) in COLUMNS.items():
        if column in whole:
            told.append({whole[column]: -1, ("", ROLL, kind, group, ROLL): 1})
    return told + _complements(at for at in own if whole_of(at) != at)


def of_all_three(places: Iterable[Place]) -> list[Equation]:
    """The circles, all three together, and beside each subject who reaches that and not all."""
    own = {at for at in places if at[1] == RWM}
    whole, regions = {at[4]: at for at in own if not at[2]}, {at[3]: at for at in own if at[2] == REGION}
    if not regions:
        return []
    told = [{whole[COUNTED]: -1, **dict.fromkeys(regions.values(), 1)}]
    told += [{whole[SECURE]: -1, regions["All three"]: 1}]
    told += _kinds({at for at in own if at[2] != REGION}, whole, (SECURE, COUNTED, "Greater depth"))
    told += [{at: -1, (*at[:4], "Greater depth"): 1, (*at[:4], "not deeper"): 1} for at in own if at[4] == SECURE]
    for subject in THREE:
        told += of_subject(places, subject, frozenset({YEAR_GROUP}))
        within = [at for words, at in regions.items() if _holds(words, subject)]
        reached = ("", subject, "", "", SECURE)
        told.append({reached: -1, **dict.fromkeys(within, 1), (*reached[:4], "not among those in all three"): 1})
        told += [_beside(at, subject) for at in own if at[4] == SECURE or (at[4] == "Greater depth" and not at[2])]
    return told + _complements(at for at in own if at[4] in (SECURE, "Greater depth", REACHED))


def _beside(at: Place, subject: str) -> Equation:
    other = ("", subject, *at[2:])
    return {other: -1, at: 1, (*other[:4], f"not all three, {at[4]}"): 1}


def _holds(words: str, subject: str) -> bool:
    return words == "All three" or subject.lower() in words.lower().partition(", not ")[0]


def _kinds(own: set[Place], whole: dict[str, Place], columns: Iterable[str]) -> list[Equation]:
    groups: defaultdict[tuple[str, str], set[Place]] = defaultdict(set)
    for at in own:
        if at[2] and at[4] in columns:
            groups[at[2], at[4]].add(at)
    return [{whole[column]: -1, **dict.fromkeys(parts, 1)} for (_, column), parts in groups.items() if column in whole]


def _complements(shares: Iterable[Place]) -> list[Equation]:
    return [{whole_of(at): -1, at: 1, (*at[:4], f"not {at[4]}"): 1} for at in shares]
