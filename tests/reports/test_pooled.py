"""Schools added up: by a plain sum, and so that nobody who subtracts gets at what a school holds back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itrack.reports.rules.answer import Sum
from itrack.reports.rules.finding_schools import schools_finding
from itrack.reports.rules.pooled import FIGURES, Order, SchoolFigures, in_order, pooled
from itrack.reports.rules.suppression.figures import Figures
from itrack.reports.rules.suppression.holding import held_back
from tests.reports.attacker import Attacker
from tests.reports.test_suppression import attacked, schools, small

# The figures of tests.reports.test_suppression by the names they have in a trust.
NAMED = dict(zip(("b", "w", "e", "g", "secure", "all"), FIGURES, strict=True))


def shown_of(figures: Figures, at: int) -> SchoolFigures:
    hidden = held_back(figures)
    counts = {name: None if key in hidden else figures.counts[key] for key, name in NAMED.items()}
    return SchoolFigures(at + 1, f"School {at}", counts)


def all_of(parts: list[Figures]) -> Figures:
    """What somebody sees who looks into every school of the trust: the figures of each, under names of their own."""
    counts = {f"{at}:{key}": n for at, one in enumerate(parts) for key, n in one.counts.items()}
    sums = [
        Sum(f"{at}:{one.total}", tuple(f"{at}:{key}" for key in one.parts))
        for at, part in enumerate(parts)
        for one in part.sums
    ]
    untold = frozenset(f"{at}:{key}" for at, one in enumerate(parts) for key in one.untold)
    among = {f"{at}:{key}": f"{at}:{whole}" for at, one in enumerate(parts) for key, whole in one.among.items()}
    return Figures(counts, sums, untold, among)


def with_the_trust(parts: list[Figures], told: dict[str, int | None], among: list[int]) -> tuple[Attacker, Figures]:
    """The attacker of all schools, to whom the row of these schools together is shown as well."""
    figures = all_of(parts)
    hidden = frozenset(f"{at}:{key}" for at, one in enumerate(parts) for key in held_back(one))
    attacker = attacked(figures, hidden)
    known = {key: n for key, n in figures.counts.items() if key not in hidden | figures.untold}
    for key, name in NAMED.items():
        if told[name] is not None:
            parts_of_it = {f"{at}:{key}": 1 for at in among}
            attacker.learn({"total": -1, **parts_of_it}, {**known, "total": told[name]})
    return attacker, figures


@settings(deadline=None, max_examples=150)
@given(st.lists(schools(pupils=40), min_size=1, max_size=4))
def test_no_small_number_of_a_school_can_be_worked_out_from_the_trusts(parts):
    rows = [shown_of(one, at) for at, one in enumerate(parts)]
    whole = [at for at, one in enumerate(rows) if one.is_whole]
    every = list(range(len(parts)))

    for among in (every, whole):
        told = pooled([rows[at] for at in among])
        if told:
            attacker, figures = with_the_trust(parts, told, among)
            assert not attacker.recovered().keys() & small(figures)


@settings(deadline=None, max_examples=150)
@given(st.lists(schools(divisions=(1, 1), pupils=40), min_size=1, max_size=4))
def test_a_figure_of_all_is_the_plain_sum_of_parts_that_are_all_shown(parts):
    rows = [shown_of(one, at) for at, one in enumerate(parts)]

    told = pooled(rows)

    for key, name in NAMED.items():
        shown = [one.counts[name] for one in rows]
        assert told[name] == (None if None in shown else sum(figures.counts[key] for figures in parts))


def test_the_proof_itself_fails_when_all_are_added_up_whatever_is_held_back():
    from tests.reports.test_suppression import of_pupils

    parts = [
        of_pupils("b" * 2 + "w" * 9 + "e" * 12 + "g" * 7, []),
        of_pupils("b" * 8 + "w" * 10 + "e" * 17 + "g" * 9, []),
    ]
    everything = {name: sum(one.counts[key] for one in parts) for key, name in NAMED.items()}

    attacker, figures = with_the_trust(parts, everything, [0, 1])

    assert attacker.recovered().keys() & small(figures)


@given(st.lists(schools(divisions=(1, 1), pupils=20), min_size=1, max_size=5), st.sampled_from(Order))
def test_the_order_is_made_of_nothing_but_what_is_shown(parts, order):
    rows = [shown_of(one, at) for at, one in enumerate(parts)]

    found = in_order(rows, order)

    assert sorted(one.id for one in found) == [one.id for one in rows]
    kept = ("secure", "counted") if order is Order.SHARE else ("counted",) if order is Order.COUNTED else ()
    untold = [not all(one.counts[name] is not None for name in kept) or _has_no_share(one, order) for one in found]
    assert untold == sorted(untold), "a school that does not show the figure has no place among those that do"


def _has_no_share(one: SchoolFigures, order: Order) -> bool:
    return order is Order.SHARE and one.counts["counted"] == 0


def a_school(name: str, secure: int | None, counted: int | None) -> SchoolFigures:
    return SchoolFigures(1, name, {**dict.fromkeys(FIGURES), "secure": secure, "counted": counted})


CARE = "Schools differ in whom they teach: a distance between them is a question to ask there, no judgement."


@pytest.mark.parametrize(
    ("schools", "says"),
    [
        ([], ""),
        ([a_school("Oakfield", None, 40)], ""),
        ([a_school("Oakfield", 0, 0)], ""),
        (
            [a_school("Oakfield", 30, 40)],
            "In reading at Autumn 2, 30 of 40 pupils counted in 1 school are at expected or above (75%).",
        ),
        (
            [a_school("Oakfield", 30, 40), a_school("Thornhill", 20, 40), a_school("Ferndale", None, 12)],
            "In reading at Autumn 2, 50 of 80 pupils counted in the 2 of 3 schools that show it are at expected or "
            f"above (63%). From school to school it is 50% (Thornhill) to 75% (Oakfield). {CARE}",
        ),
        (
            [a_school("Oakfield", 30, 40), a_school("Thornhill", 30, 40), a_school("Ferndale", 6, 12)],
            "In reading at Autumn 2, 66 of 92 pupils counted in 3 schools are at expected or above (72%). From "
            f"school to school, among the 2 with 30 or more counted, it is the same, 75%. {CARE}",
        ),
        (
            [a_school("Oakfield", 1, 8)],
            "In reading at Autumn 2, 1 of 8 pupils counted in 1 school is at expected or above (13%).",
        ),
    ],
)
def test_the_sentence_says_what_all_show_together_and_how_far_apart_they_are(schools, says):
    found = schools_finding(schools, "Reading", "Autumn 2")

    assert " ".join(one.text for one in found) == says
