"""The figures against sums done the plain way, written from the published rules and from nothing of ours.

A generated cohort is a list of pupils, each a dictionary from what was assessed to what was written down. Every sum
here walks the pupils one by one and asks only what a person would ask of a list on paper.
"""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from itrack.statutory.rules.figures import average
from itrack.statutory.rules.measures import MEASURES, tally
from tests.statutory.rows import lines

YEAR = 2026
SCORES = [str(score) for score in range(80, 121)]
OUTCOMES = ["AS", "NS", "A", "B", "F", "H", "J", "L", "M", "P", "Q", "T", "U", "CA", "CB", "??"]
JUDGEMENTS = ["GDS", "EXS", "WTS", *(f"PK{n}" for n in range(1, 7)), "EM", "A", "L", "F", "P", "HNM", "??"]
CHECK = [*(str(mark) for mark in range(41)), "A", "D", "L", "Q", "Wa", "Wt", "41", "??"]
TABLES = [*(str(mark) for mark in range(26)), "A", "B", "H", "J", "L", "NAA", "Q", "U", "X", "Z", "26"]
COUNTED_AS_NOT = {"A", "B", "H", "J", "Q", "T", "U"}

type Paper = dict[str, str]


def some(values: list[str]) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(values)


def papers(**columns: list[str]) -> st.SearchStrategy[list[Paper]]:
    row = st.fixed_dictionaries({name: some(values) for name, values in columns.items()})
    full = row.map(lambda told: {name: value for name, value in told.items() if value is not None})
    return st.lists(full, max_size=12)


def ours(measure: str, cohort: list[Paper], year: int = YEAR) -> tuple[set[int], set[int], set[int]]:
    """(achieved, counted, left out), as places in the list."""
    told = tally(MEASURES[measure], year, {n: lines(year, **row) for n, row in enumerate(cohort)}, {})
    assert set(told.achieved) | set(told.short) | set(told.out) == set(range(len(cohort)))
    assert len(told.achieved) + len(told.short) + len(told.out) == len(cohort)
    return set(told.achieved), set(told.achieved) | set(told.short), set(told.out)


def is_scored(row: Paper, subject: str) -> bool:
    """A scaled score stands, and no code says the test was not taken."""
    return f"{subject}_scaled" in row and row.get(f"{subject}_outcome", "AS") in {"AS", "NS", "CA", "CB"}


def test_on_paper(row: Paper, subject: str, line: int) -> bool | None:
    """True achieved, False counted and not, None not in the percentage."""
    outcome = row.get(f"{subject}_outcome")
    if outcome in COUNTED_AS_NOT:
        return False
    if is_scored(row, subject):
        return int(row[f"{subject}_scaled"]) >= line
    if outcome == "NS":
        return False
    if outcome == "AS" and line == 100:
        return True
    return None


test_on_paper.__test__ = False  # type: ignore[attr-defined]


def writing_on_paper(row: Paper, line: int) -> bool | None:
    judged = row.get("ks2_writing")
    if judged is None or judged in {"L", "F", "P", "HNM", "??"}:
        return None
    return judged in ({"GDS"} if line == 110 else {"GDS", "EXS"})


TESTS = papers(
    reading_scaled=SCORES, reading_outcome=OUTCOMES, maths_scaled=SCORES, maths_outcome=OUTCOMES,
    gps_scaled=SCORES, ks2_writing=JUDGEMENTS,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(TESTS)
def test_each_test_counts_who_the_rules_count(cohort: list[Paper]) -> None:
    for subject in ("reading", "maths", "gps"):
        for name, line in (("expected", 100), ("higher", 110)):
            plain = [test_on_paper(row, subject, line) for row in cohort]

            achieved, counted, _ = ours(f"{subject}-{name}", cohort)

            assert achieved == {n for n, says in enumerate(plain) if says is True}
            assert counted == {n for n, says in enumerate(plain) if says is not None}


@settings(max_examples=100, deadline=None)
@given(TESTS)
def test_an_average_is_of_scaled_scores_alone(cohort: list[Paper]) -> None:
    scores = [int(row["reading_scaled"]) for row in cohort if is_scored(row, "reading")]
    told = tally(MEASURES["reading-average"], YEAR, {n: lines(YEAR, **row) for n, row in enumerate(cohort)}, {})

    assert sorted(told.scores.values()) == sorted(scores)
    assert told.counted == len(scores)
    if scores:
        said = Fraction(average(scores))
        assert abs(said - Fraction(sum(scores), len(scores))) <= Fraction(1, 20)


@settings(max_examples=200, deadline=None)
@given(TESTS)
def test_reading_writing_and_maths_together_is_all_three(cohort: list[Paper]) -> None:
    for name, line in (("rwm-expected", 100), ("rwm-higher", 110)):
        want_in, want_counted = set(), set()
        for place, row in enumerate(cohort):
            three = [
                test_on_paper(row, "reading", line),
                writing_on_paper(row, line),
                test_on_paper(row, "maths", line),
            ]
            if None not in three:
                want_counted.add(place)
                if three == [True, True, True]:
                    want_in.add(place)

        achieved, counted, _ = ours(name, cohort)

        assert (achieved, counted) == (want_in, want_counted)


@settings(max_examples=100, deadline=None)
@given(papers(ks2_writing=JUDGEMENTS, ks2_science=["EXS", "HNM", "A", "L", "F", "P", "GDS"]))
def test_the_teachers_judgements(cohort: list[Paper]) -> None:
    for name, line in (("writing-expected", 100), ("writing-higher", 110)):
        plain = [writing_on_paper(row, line) for row in cohort]
        achieved, counted, _ = ours(name, cohort)
        assert achieved == {n for n, says in enumerate(plain) if says}
        assert counted == {n for n, says in enumerate(plain) if says is not None}

    achieved, counted, _ = ours("science-expected", cohort)

    assert achieved == {n for n, row in enumerate(cohort) if row.get("ks2_science") == "EXS"}
    assert counted == {n for n, row in enumerate(cohort) if row.get("ks2_science") in {"EXS", "HNM", "A"}}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_good_level_of_development_is_twelve_of_twelve(data: st.DataObject) -> None:
    year = data.draw(st.sampled_from([2019, 2026]))
    letter, expected = ("E", {"2"}) if year == 2026 else ("G", {"2", "3"})
    # Mostly "2", so that many children are near the mark.
    columns = {f"{letter.lower()}{n:02}": ["2"] * 8 + ["1", "3", "A"] for n in range(1, 18)}
    row = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in columns.items()})
    drop = st.sets(st.sampled_from(sorted(columns)), max_size=2)
    cohort = [
        {goal: text for goal, text in data.draw(row).items() if goal not in gone}
        for gone in data.draw(st.lists(drop, max_size=6))
    ]
    want_in, want_counted = set(), set()
    for place, child in enumerate(cohort):
        twelve = [child.get(f"{letter.lower()}{n:02}") for n in range(1, 13)]
        known = {"1", "A"} | expected
        if "A" in child.values() or None in twelve or not set(twelve) <= known:
            continue
        want_counted.add(place)
        if set(twelve) <= expected:
            want_in.add(place)

    achieved, counted, _ = ours("gld", cohort, year)

    assert (achieved, counted) == (want_in, want_counted)


def check_on_paper(text: str | None) -> bool | None:
    if text is None or text in {"L", "41", "??"}:
        return None
    return text == "Wa" or (text.isdecimal() and int(text) >= 32)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(some(CHECK), some(CHECK)), max_size=12))
def test_the_phonics_check_in_year_1_and_by_the_end_of_year_2(cohort: list[tuple[str | None, str | None]]) -> None:
    held = {
        n: [
            *(lines(2024, phonics=first) if first is not None else []),
            *(lines(2025, phonics=again) if again is not None else []),
        ]
        for n, (first, again) in enumerate(cohort)
    }
    in_1, in_2 = ([check_on_paper(row[place]) for row in cohort] for place in (0, 1))
    met = {n for n in held if in_1[n] or in_2[n]}

    first = tally(MEASURES["phonics-year-1"], 2024, held, {})
    both = tally(MEASURES["phonics-year-2"], 2025, held, {})

    assert set(first.achieved) == {n for n in held if in_1[n]}
    assert set(first.achieved) | set(first.short) == {n for n in held if in_1[n] is not None}
    assert set(both.achieved) == met
    assert set(both.short) == {n for n in held if n not in met and in_2[n] is not None}


@settings(max_examples=100, deadline=None)
@given(papers(tables=TABLES))
def test_the_times_tables_check_has_a_mean_and_full_marks(cohort: list[Paper]) -> None:
    marks = [int(row["tables"]) for row in cohort if row.get("tables", "").isdecimal() and int(row["tables"]) <= 25]
    eligible = {n for n, row in enumerate(cohort) if row.get("tables", "") in {"A", "B", "J", "U", "X"}}
    took = {n for n, row in enumerate(cohort) if row.get("tables", "").isdecimal() and int(row["tables"]) <= 25}

    full, counted, _ = ours("tables-full", cohort)
    _, scored, _ = ours("tables-average", cohort)
    told = tally(MEASURES["tables-average"], YEAR, {n: lines(YEAR, **row) for n, row in enumerate(cohort)}, {})

    assert full == {n for n, row in enumerate(cohort) if row.get("tables") == "25"}
    assert counted == took | eligible
    assert scored == took
    assert sorted(told.scores.values()) == sorted(marks)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 120), min_size=1, max_size=40))
def test_an_average_is_rounded_once_halves_up(scores: list[int]) -> None:
    exact = Fraction(sum(scores), len(scores)) * 10
    whole = exact.numerator // exact.denominator
    up = whole + (exact - whole >= Fraction(1, 2))

    assert average(scores) == f"{up // 10}.{up % 10}"
