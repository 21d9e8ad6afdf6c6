"""The attainment overview: each subject by band, and one subject group by group beside everybody."""

from tests.oracle import sums
from tests.oracle.asking import Question
from tests.oracle.figures import Beside, Exact, Foretold, Oracle, Who
from tests.oracle.rows import Rows
from tests.oracle.view import BANDS, Standing, View


def attainment(rows: Rows, question: Question) -> Oracle:
    view = question.view(rows)
    stands = [view.standing(subject) for subject in rows.subjects]
    counted = frozenset().union(*(one.counted for one in stands))
    told = Oracle(people=view.people, counted=counted, out=out_of(stands))
    told.standing = {one.name: one.said for one in stands}
    if counted:
        _by_subject(told, stands, question)
        closely = closest(stands, question.subject)
        if closely.counted:
            _by_group(told, closely, view, question)
    return told


def out_of(stands: list[Standing]) -> set[tuple[int, str, str]]:
    """One line a pupil and reason, with the subjects it is for unless it is for all."""
    where: dict[tuple[int, str], list[str]] = {}
    for one in stands:
        for pupil, why in one.out.items():
            where.setdefault((pupil, why), []).append(one.name)
    every = len(stands)
    return {
        (pupil, "Every subject" if len(names) == every else ", ".join(names), why)
        for (pupil, why), names in where.items()
    }


def closest(stands: list[Standing], chosen: str) -> Standing:
    """The subject asked for; else that with the lowest share, of those in which four in five are counted."""
    for one in stands:
        if one.name == chosen:
            return one
    marked = [one for one in stands if one.counted]
    most = [one for one in marked if len(one.counted) >= 5 and 5 * len(one.counted) >= 4 * in_view(one)]
    return min(most or marked, key=lambda one: sums.share(len(one.secure), len(one.counted)) or 0)


def in_view(one: Standing) -> int:
    return len(one.counted) + len(one.out)


def _by_subject(told: Oracle, stands: list[Standing], question: Question) -> None:
    for one in stands:
        cells: dict[str, Foretold] = {name: Who(one.bands[band], one.counted) for band, name in BANDS.items()}
        cells |= {"Expected or above": Who(one.secure, one.counted), "Counted": Who(one.counted)}
        told.say("", one.name, cells | not_counted(one, question), len(one.counted))
        told.drawn["bar", one.name] = {name: len(one.bands[band]) for band, name in BANDS.items()}


def not_counted(one: Standing, question: Question) -> dict[str, Foretold]:
    """How many are missing is for those who see names."""
    return {} if question.anonymous else {"Not counted": Who(frozenset(one.out))}


def divided(view: View, question: Question) -> dict[str, dict[str, frozenset[int]]]:
    """Who is in view by kind and group, as of the day the point opened; groups with nobody in view are not there."""
    kinds = view.groups(question.told, view.first)
    if question.anonymous:
        kinds = {"Year group": view.by_year(), **kinds}
    elif len(classes := view.by_class()) > 1:
        kinds = {**kinds, "Class": classes}
    return {kind: {words: who for words, who in parts.items() if who} for kind, parts in kinds.items()}


def within(whole: Standing, members: frozenset[int]) -> Standing:
    bands = {band: who & members for band, who in whole.bands.items()}
    return Standing(whole.name, bands, {pupil: why for pupil, why in whole.out.items() if pupil in members})


def _by_group(told: Oracle, whole: Standing, view: View, question: Question) -> None:
    every = sums.share(len(whole.secure), len(whole.counted))
    for kind, parts in divided(view, question).items():
        for words, members in parts.items():
            one = within(whole, members)
            own = sums.share(len(one.secure), len(one.counted))
            apart = None if own is None or every is None else 100 * (own - every)
            drawn = Beside(len(one.secure), len(one.counted), (len(whole.secure), len(whole.counted)))
            cells: dict[str, Foretold] = {
                "Expected or above": Who(one.secure, one.counted),
                "Counted": Who(one.counted),
                "Expected or above %": Exact(own, sums.percent(own)),
                "Beside everybody": drawn if len(one.counted) >= 5 else "",
                "Points from everybody": Exact(apart, sums.points(apart)),
            }
            told.say(kind, words, cells | not_counted(one, question), len(one.counted))
