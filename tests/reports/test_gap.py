"""The widest gap: from unrounded figures, with its counts, and only where the figures bear it."""

import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from itrack.foundation.tenancy.windows import writing
from itrack.pupils.rules_answers import NO, UNKNOWN
from itrack.pupils.rules_groups import DISADVANTAGE, LANGUAGE, SEN, SEX
from itrack.reports.rules.gap import widest_gap
from itrack.reports.rules.groups import Division, Part, breakdown
from itrack.reports.rules.population import CLASS
from itrack.reports.rules.tally import NO_MARK, SubjectTally
from tests.cast import a_pupil
from tests.reports.school import a_class, mark
from tests.reports.test_attainment_page import shown, subject_id, words

KINDS = {kind.code: (kind.title, kind.groups) for kind in (SEX, DISADVANTAGE, SEN, LANGUAGE)}
KINDS[CLASS] = ("Class", {"1": "4A", "2": "4B"})


def gap(*groups: tuple[str, str, int, int, int], subject: str = "Writing") -> str:
    """What is said of groups, each (kind, code, at expected or above, counted, in view)."""
    bands: dict[str, set[int]] = {"below": set(), "towards": set(), "expected": set(), "greater": set()}
    out, parts, first = {}, {}, 0
    for kind, code, secure, counted, everybody in groups:
        pupils = range(first, first + everybody)
        bands["expected"] |= set(pupils[:secure])
        bands["below"] |= set(pupils[secure:counted])
        out |= dict.fromkeys(pupils[counted:], NO_MARK)
        parts.setdefault(kind, []).append(Part(code, KINDS[kind][1][code], frozenset(pupils)))
        first += everybody
    whole = SubjectTally(1, subject, {band: frozenset(who) for band, who in bands.items()}, out)
    divisions = [Division(kind, KINDS[kind][0], found) for kind, found in parts.items()]
    return widest_gap(breakdown(whole, divisions), subject)


SUPPORT, NO_SEN = ("sen", "support", 2, 9, 9), ("sen", "none", 33, 50, 51)
GIRLS, BOYS = ("sex", "f", 20, 30, 30), ("sex", "m", 17, 28, 28)


def test_the_widest_gap_is_told_with_its_counts_and_what_one_pupil_weighs():
    assert gap(GIRLS, BOYS, SUPPORT, NO_SEN) == (
        "The widest gap in writing is by SEN: SEN support, 2 of 9 at expected or above (22%); No SEN, 33 of 50 (66%). "
        "That is 44 points; one pupil of the smaller group is 11."
    )


def test_of_large_groups_one_pupils_weight_is_not_said():
    assert gap(GIRLS, BOYS, subject="English") == (
        "The widest gap in English is by sex: Boys, 17 of 28 at expected or above (61%); Girls, 20 of 30 (67%). "
        "That is 6 points."
    )


def test_points_come_from_the_counts_and_not_from_rounded_shares():
    said = gap(("sex", "f", 5, 11, 11), ("sex", "m", 33, 58, 58))  # 45 and 57 per cent, yet 11.4 points apart

    assert "(45%); Boys, 33 of 58 (57%). That is 11 points" in said


def test_gaps_as_wide_as_each_other_are_not_called_the_widest():
    said = gap(("sex", "f", 10, 30, 30), ("sex", "m", 20, 30, 30), ("language", "eal", 10, 30, 30),
               ("language", "english", 20, 30, 30))  # fmt: skip

    assert said.startswith("One of the widest gaps in writing is by sex: Girls, 10 of 30")


@pytest.mark.parametrize(
    "groups",
    [
        [],
        [GIRLS],
        [GIRLS, ("sex", "m", 20, 30, 30)],
        [GIRLS, ("sex", "m", 0, 4, 4)],
        [GIRLS, ("sex", "m", 0, 15, 20)],
        [GIRLS, ("sex", UNKNOWN, 0, 20, 20)],
        [("class", "1", 0, 30, 30), ("class", "2", 30, 30, 30)],
        [("sex", "f", 5, 10, 10), ("sex", "m", 4, 10, 10)],
        [GIRLS, ("language", "eal", 0, 30, 30)],
    ],
    ids=[
        "nobody",
        "one group",
        "level",
        "fewer than five",
        "not four in five counted",
        "not stated",
        "classes",
        "one pupil would close it",
        "two kinds",
    ],
)
def test_nothing_is_said_where_the_figures_do_not_bear_it(groups):
    assert gap(*groups) == ""


def test_who_is_not_recorded_as_disadvantaged_is_the_rest():
    said = gap(("disadvantage", "yes", 5, 12, 12), ("disadvantage", NO, 30, 40, 42))

    assert said.startswith("The widest gap in writing is by disadvantage: Disadvantaged, 5 of 12 at expected or above")


@st.composite
def pairs(draw: st.DrawFn) -> list[tuple[str, str, int, int, int]]:
    found = []
    for kind, code in (("sex", "f"), ("sex", "m"), ("sen", "support"), ("sen", "none"), ("sen", "plan")):
        everybody = draw(st.integers(0, 30))
        counted = max(0, everybody - draw(st.integers(0, 5)))
        found.append((kind, code, draw(st.integers(0, counted)), counted, everybody))
    return found


@example(groups=[("sen", "support", 0, 5, 5), ("sen", "none", 0, 0, 0), ("sen", "plan", 2, 5, 5)])
@given(groups=pairs())
def test_no_wider_gap_is_passed_over(groups):
    said = gap(*groups)

    fit = [group for group in groups if group[3] >= 5 and group[3] * 5 >= group[4] * 4]
    apart = [  # as in the tables: from boys, and from those without SEN
        (abs(one[2] * two[3] - two[2] * one[3]) / (one[3] * two[3]), min(one[3], two[3]))
        for one in fit
        for two in fit
        if one[0] == two[0] and one is not two and two[1] in {"m", "none"}
    ]
    telling = [width for width, fewest in apart if width * fewest > 1 + 1e-9]
    assert bool(said) == bool(telling)
    if said:
        counts = [(int(part), int(whole)) for part, whole in re.findall(r"(\d+) of (\d+)", said)]
        (low, of_low), (high, of_high) = counts
        assert high / of_high - low / of_low == pytest.approx(max(telling))


def test_the_page_says_it_above_the_groups(oakfield):
    with writing(oakfield.cast.oakfield):
        deed = oakfield.cast.deed("hana")
        girls = [a_pupil(deed, "Gean", f"Girl {n}", sex="F", dob=date(2018, 1, 1 + n)) for n in range(6)]
        boys = [a_pupil(deed, "Bean", f"Boy {n}", sex="M", dob=date(2018, 1, 1 + n)) for n in range(6)]
        group = a_class(oakfield.cast, "4C", [*girls, *boys])
        mark(oakfield.cast.hana, "Writing", dict.fromkeys(girls, "E") | dict.fromkeys(boys, "B"))

    said = words(shown(oakfield, "hana", pupils=f"class-{group}", subject=subject_id(oakfield, "Writing")))

    assert (
        "group by group The widest gap in writing is by sex: Boys, 0 of 6 at expected or above (0%); "
        "Girls, 6 of 6 (100%). That is 100 points; one pupil of the smaller group is 17." in said
    )
