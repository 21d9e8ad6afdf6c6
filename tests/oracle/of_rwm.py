"""Reading, writing and maths combined: who reaches the level in all three, in two, in one, in none."""

from itertools import chain, combinations

from tests.oracle.asking import THREE, Question
from tests.oracle.figures import Foretold, Oracle, Who
from tests.oracle.of_attainment import not_counted, within
from tests.oracle.rows import Rows
from tests.oracle.together import together
from tests.oracle.view import BANDS, NO_CLASS, Standing, View

WORDS = {
    (0, 1, 2): "All three", (0, 1): "Reading and writing, not maths", (0, 2): "Reading and maths, not writing",
    (1, 2): "Writing and maths, not reading", (0,): "Reading only", (1,): "Writing only", (2,): "Maths only",
    (): "None of the three",
}  # fmt: skip


def rwm(rows: Rows, question: Question) -> Oracle:
    view = question.view(rows)
    whole, three = together(view), [view.standing(subject) for subject in THREE]
    out = {(pupil, "All three together", why) for pupil, why in whole.out.items()}
    told = Oracle(people=view.people, counted=whole.counted, out=out)
    told.standing = {one.name: one.said for one in three} | {whole.name: _said(whole, three)}
    if whole.counted:
        level = question.chosen.get("level", "expected")
        parts = regions(whole, three, level)
        _circles(told, parts, whole)
        for name, one in (*zip(THREE, three, strict=True), ("All three together", whole)):
            told.say("", name, _counts(one, question), len(one.counted))
        if not question.anonymous:
            _two_of_three(told, parts, three, view)
        _by_group(told, whole, view, question, level)
    return told


def _said(whole: Standing, three: list[Standing]) -> dict[int, str]:
    """The band in each of the three."""
    bands = {pupil: "; ".join(f"{one.name}: {one.said[pupil]}" for one in three) for pupil in whole.counted}
    return bands | {pupil: f"Not counted: {why}" for pupil, why in whole.out.items()}


def regions(whole: Standing, three: list[Standing], level: str) -> dict[tuple[int, ...], frozenset[int]]:
    """Who of those counted in all three reaches the level in just these of the three."""
    every = chain.from_iterable(combinations(range(3), size) for size in range(4))
    return {
        places: frozenset(
            pupil
            for pupil in whole.counted
            if places == tuple(at for at in range(3) if pupil in three[at].reached(level))
        )
        for places in every
    }


def _circles(told: Oracle, parts: dict[tuple[int, ...], frozenset[int]], whole: Standing) -> None:
    for places, pupils in parts.items():
        told.say("", WORDS[places], {"Pupils": Who(pupils, whole.counted)})
        told.drawn["circle", *map(str, places)] = len(pupils)


def _counts(one: Standing, question: Question) -> dict[str, Foretold]:
    cells: dict[str, Foretold] = {
        "Expected or above": Who(one.secure, one.counted),
        "Greater depth": Who(one.greater, one.counted),
        "Counted": Who(one.counted),
    }
    return cells | not_counted(one, question)


def _two_of_three(
    told: Oracle, parts: dict[tuple[int, ...], frozenset[int]], three: list[Standing], view: View
) -> None:
    """By name, with the class and the band in the subject that is missing."""
    for missing, others in enumerate(((1, 2), (0, 2), (0, 1))):
        for pupil in parts[others]:
            [stands] = [name for band, name in BANDS.items() if pupil in three[missing].bands[band]]
            cells: dict[str, Foretold] = {"Class": view.class_of(pupil) or "no class", "Stands there at": stands}
            told.say(f"Missing {THREE[missing].lower()}", f"pupil {pupil}", cells)


def _by_group(told: Oracle, whole: Standing, view: View, question: Question, level: str) -> None:
    """By year group, and by class unless each year group is one class."""
    years, classes = view.by_year(), view.by_class()
    divided = {"Year group": years}
    if not question.anonymous and len(classes) > 1 and set(classes.values()) != set(years.values()):
        divided["Class"] = classes
    for kind, parts in divided.items():
        for words, members in parts.items():
            one = within(whole, members)
            told.say(kind, words, _counts(one, question), len(one.counted))
            told.drawn["share", kind, words] = len(one.reached(level)), len(one.counted)


assert NO_CLASS
