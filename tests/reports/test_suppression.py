"""Small numbers held back: whatever a school looks like, nobody who subtracts, bounds or tries gets at one of them."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itrack.reports.rules.answer import Sum
from itrack.reports.rules.suppression import holding
from itrack.reports.rules.suppression.another import another
from itrack.reports.rules.suppression.changes import changes
from itrack.reports.rules.suppression.figures import Figures
from itrack.reports.rules.suppression.holding import held_back
from tests.reports.attacker import Attacker

UPTO = 5


def attacked(figures: Figures, hidden: frozenset[str]) -> Attacker:
    """An attacker who has been shown everything but what is hidden."""
    known = {key: n for key, n in figures.counts.items() if key not in hidden | figures.untold}
    attacker = Attacker()
    for key in hidden:
        if figures.among.get(key) not in hidden:
            attacker.between(key, 1)
    for one in figures.sums:
        attacker.learn({one.total: -1, **dict.fromkeys(one.parts, 1)}, known)
    return attacker


def small(figures: Figures) -> set[str]:
    return {key for key, n in figures.counts.items() if 1 <= n <= UPTO}


@st.composite
def schools(draw, divisions: tuple[int, int] = (1, 3), parts: int = 4, pupils: int = 60) -> Figures:
    """Some pupils, each in one band and in one group of each division, told as an overview tells them."""
    bands = draw(st.lists(st.sampled_from("bweg"), max_size=pupils))
    split = [
        draw(st.lists(st.integers(0, draw(st.integers(1, parts - 1))), min_size=len(bands), max_size=len(bands)))
        for _ in range(draw(st.integers(*divisions)))
    ]
    return of_pupils(bands, split)


def of_pupils(bands: Sequence[str], split: Sequence[Sequence[int]]) -> Figures:
    counts, sums, untold = {band: bands.count(band) for band in "bweg"}, [], set()
    secure = [band in "eg" for band in bands]
    counts |= {"secure": sum(secure), "all": len(bands)}
    sums += [Sum("all", tuple("bweg")), Sum("secure", ("e", "g"))]
    of = dict.fromkeys(("b", "w", "e", "g", "secure"), "all")
    for at, groups in enumerate(split):
        for group in sorted(set(groups)):
            held = [mine for mine, one in zip(secure, groups, strict=True) if one == group]
            counts |= {f"{at}.{group}.secure": sum(held), f"{at}.{group}.all": len(held)}
            of[f"{at}.{group}.secure"] = f"{at}.{group}.all"
        for total in ("secure", "all"):
            sums.append(Sum(total, tuple(f"{at}.{group}.{total}" for group in sorted(set(groups)))))
    for key, whole in of.items():
        counts[f"{key}/rest"] = counts[whole] - counts[key]
        untold.add(f"{key}/rest")
        sums.append(Sum(whole, (key, f"{key}/rest")))
    return Figures(counts, [one for one in sums if one.parts], frozenset(untold), of)


@settings(deadline=None, max_examples=300)
@given(schools())
def test_no_small_number_can_be_worked_out(figures):
    hidden = held_back(figures, upto=UPTO)

    found = attacked(figures, hidden).recovered()

    assert not found.keys() & small(figures)
    assert small(figures) <= hidden | figures.untold


@settings(deadline=None, max_examples=150)
@given(schools(divisions=(1, 2), parts=3, pupils=9))
def test_trying_every_set_of_whole_numbers_leaves_a_doubt(figures):
    hidden = held_back(figures, upto=2)
    attacker = attacked(figures, hidden)

    held = attacker.by_search(2 * max(figures.counts.values()) or 1) if len(attacker.bounds) <= 12 else {}

    for key, values in held.items():
        assert figures.counts[key] in values, "the attacker's own equations are wrong"
        assert len(values) > 1 or not 1 <= figures.counts[key] <= 2


@settings(deadline=None, max_examples=100)
@given(schools())
def test_a_nought_is_shown_but_where_it_is_nobody_of_a_few(figures):
    hidden = held_back(figures, upto=UPTO)

    assert all(figures.counts[key] or 1 <= figures.counts[figures.among[key]] <= UPTO for key in hidden)
    assert hidden or not small(figures)
    assert not hidden or small(figures)


@settings(deadline=None, max_examples=100)
@given(schools(), st.randoms())
def test_the_order_in_which_figures_come_changes_nothing(figures, chance):
    keys, sums = list(figures.counts), list(figures.sums)
    chance.shuffle(keys)
    chance.shuffle(sums)

    again = held_back(
        Figures({key: figures.counts[key] for key in keys}, sums, figures.untold, figures.among), upto=UPTO
    )

    assert again == held_back(figures, upto=UPTO)


@settings(deadline=None, max_examples=200)
@given(schools(pupils=30))
def test_each_change_keeps_every_sum_and_together_they_are_all(figures):
    lines = [{one.total: -1, **dict.fromkeys(one.parts, 1)} for one in figures.sums]

    found = changes(lines, sorted(figures.counts))

    for change in found:
        assert all(sum(by * change.get(key, 0) for key, by in line.items()) == 0 for line in lines)
    free = Attacker()
    for line in lines:
        free.learn(line, {})
    determined = free.by_elimination().keys()
    assert determined == figures.counts.keys() - {key for change in found for key in change}


@settings(deadline=None, max_examples=200)
@given(schools(pupils=30))
def test_a_second_set_of_numbers_keeps_every_sum_and_is_one_that_could_be(figures):
    lines = [{one.total: -1, **dict.fromkeys(one.parts, 1)} for one in figures.sums]
    basis = changes(lines, sorted(figures.counts))
    least = {key: (n > 0 and key not in figures.untold) - n for key, n in figures.counts.items()}

    for key in small(figures):
        change = another(key, basis, least)
        if change is not None:
            assert change[key]
            assert all(sum(by * change.get(one, 0) for one, by in line.items()) == 0 for line in lines)
            assert all(by >= least[one] for one, by in change.items())


def test_a_second_set_is_found_where_no_single_change_leads_to_one():
    basis = [{"small": 1, "large": -1, "gone": -1}, {"gone": 1, "large": -1}]

    assert another("small", basis, {"small": 0, "large": -9, "gone": 0}) == {"small": 1, "large": -2}
    assert another("small", basis, {"small": 0, "large": -1, "gone": 0}) is None


def test_without_the_second_step_subtraction_finds_what_is_hidden():
    figures = of_pupils("b" * 3 + "w" * 20 + "e" * 30 + "g" * 10, [[0] * 2 + [1] * 61])
    first = frozenset(small(figures))

    assert attacked(figures, first).recovered().keys() & first
    assert not attacked(figures, held_back(figures)).recovered().keys() & first


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"all": 20, "girls": 3, "boys": 17}, {"girls", "boys"}),
        ({"all": 20, "girls": 8, "boys": 12}, set()),
        ({"all": 3, "girls": 3, "boys": 0}, {"all", "girls"}),
        ({"all": 30, "girls": 3, "boys": 12, "unknown": 15}, {"girls", "boys"}),
        ({"all": 2, "girls": 1, "boys": 1}, {"all", "girls", "boys"}),
        ({"all": 0, "girls": 0, "boys": 0}, set()),
    ],
)
def test_as_little_as_need_be_is_held_back(counts: Mapping[str, int], hidden: set[str]):
    figures = Figures(counts, [Sum("all", tuple(key for key in counts if key != "all"))])

    assert held_back(figures) == hidden


def test_who_is_not_at_expected_is_guarded_like_who_is():
    figures = of_pupils("w" * 3 + "e" * 30 + "g" * 20, [])

    hidden = held_back(figures)

    assert "w" in hidden
    assert "secure" in hidden or "all" in hidden, "three of 53 are not at expected: 53 − 50"


def test_two_hidden_figures_that_must_both_be_one_are_not_left_so():
    figures = Figures({"all": 8, "a": 1, "b": 1, "c": 6}, [Sum("all", ("a", "b", "c"))])

    hidden = held_back(figures)

    assert hidden == {"a", "b", "c"}


def test_nobody_of_three_is_held_back_with_what_would_tell_it():
    figures = of_pupils("w" * 3 + "e" * 30 + "w" * 10, [[0] * 3 + [1] * 40])

    hidden = held_back(figures)

    assert {"0.0.all", "0.0.secure", "0.1.secure"} <= hidden
    assert not attacked(figures, hidden).recovered().keys() & {"0.0.secure", "0.0.all"}


def test_where_nobody_reaches_it_at_all_the_whole_says_so():
    figures = of_pupils("w" * 40, [[0] * 3 + [1] * 37])

    hidden = held_back(figures)

    assert not hidden & {"secure", "0.0.secure", "0.1.secure", "all"}


def test_of_a_school_of_three_nothing_is_told():
    figures = of_pupils("bbw", [[0, 0, 1]])

    assert held_back(figures) | figures.untold == figures.counts.keys()


def test_the_threshold_moves_what_is_small():
    figures = Figures({"all": 20, "girls": 8, "boys": 12}, [Sum("all", ("girls", "boys"))])

    assert held_back(figures, upto=10) == {"girls", "boys"}


def test_every_pair_of_divisions_of_a_large_school_is_safe_at_once():
    pupils = range(420)
    split = [[0 if pupil % 97 == 0 else 1 for pupil in pupils], [pupil % 7 for pupil in pupils]]
    split += [[min(pupil % 61, 3) for pupil in pupils], [pupil % 2 for pupil in pupils]]
    figures = of_pupils(["bweg"[(pupil * pupil) % 11 % 4] for pupil in pupils], split)

    hidden = held_back(figures)

    assert not attacked(figures, hidden).recovered().keys() & small(figures)
    assert len(hidden) < len(figures.counts) / 3, "more was held back than serves anybody"
    assert any(one != other for one, other in combinations(sorted(hidden), 2))


def test_the_proof_itself_fails_when_nothing_is_complemented(monkeypatch):
    figures = of_pupils("b" * 3 + "e" * 30, [])
    monkeypatch.setattr(holding, "complemented", lambda figures, hidden, guarded: frozenset(hidden))

    assert attacked(figures, held_back(figures)).recovered().keys() & small(figures)
