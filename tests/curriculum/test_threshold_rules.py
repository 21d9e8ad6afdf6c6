"""Lines of bands: as a person types them, as rules, and as words."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.curriculum.rules import BANDS
from itrack.curriculum.rules_schemes import BandRule, Kind, Option, Reading, Scale, Sitting, band_of
from itrack.curriculum.rules_thresholds import (
    LONGEST_TABLE,
    TERMS,
    WHENS,
    YEAR_GROUPS,
    CodeBand,
    Cut,
    Where,
    bottom,
    carried,
    faults,
    is_cut,
    lines_of,
    place,
    rules_from,
    steps,
)
from itrack.curriculum.rules_usual import USUAL_ASSESSMENTS, fits, usual, usual_missing
from itrack.curriculum.rules_versions import (
    differences,
    line_words,
    range_words,
    sample,
    shown_lines,
    stretches,
    sums,
    try_out,
)

ORDER = [band.code for band in BANDS]
SUBJECTS = {3: "Maths"}


def scale(kind: Kind, *lines: Cut | CodeBand, **told: object) -> Scale:
    marks = usual(kind).marks
    options = {code: Option(at, code, name, band) for at, (code, name, band) in enumerate(marks, start=1)}
    held = Scale(7, "Paper", kind, options, **told)
    return replace(held, rules=tuple(rules_from(lines, held)))


def cut(lowest: str = "below", *starts: str, **where: object) -> Cut:
    return Cut(
        Where(**where), lowest, tuple((band, text) for band, text in zip(ORDER[1:], starts, strict=False) if text)
    )


def wrong(kind: Kind, *lines: Cut | CodeBand) -> list[tuple[int, str]]:
    return [(fault.line, fault.field) for fault in faults(lines, scale(kind))]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (cut("below", "84", "84"), "expected"),
        (cut("below", "70"), "towards"),
        (cut("below", "131"), "towards"),
        (cut("below", "85.5"), "towards"),
        (cut("below", "none"), "towards"),
        (cut("below", "inf"), "towards"),
        (cut("expected", "", "100"), "expected"),
        (cut("", "85"), "lowest"),
        (cut("", year_group="2"), "lowest"),
    ],
)
def test_a_line_that_cannot_be_is_told_with_the_field_to_mend(line: Cut, field: str) -> None:
    assert wrong(Kind.STANDARDISED, line) == [(0, field)]


def test_a_line_may_leave_bands_out() -> None:
    assert not wrong(Kind.STANDARDISED, cut("below", "", "100"), cut("towards", year_group="2"))
    assert not wrong(Kind.STANDARDISED, cut(""))
    assert not wrong(Kind.PERCENTAGE, cut("below", "39.5", "60"))
    assert not wrong(Kind.AGE, cut("below", "-12", "0", "6"))


def test_two_lines_never_say_the_same_place() -> None:
    summer, half = cut(when="summer", year_group="2"), cut("towards", when="6", year_group="2")

    assert wrong(Kind.SCALED, summer, half) == [(1, "year")]
    assert not wrong(Kind.SCALED, summer, replace(half, where=Where("3", "6")))
    assert wrong(Kind.CODED, code("M", "2"), code("M", "2")) == [(1, "year")]
    assert not wrong(Kind.CODED, code("M", "2"), code("N", "2"))


def code(mark: str, year_group: str = "") -> CodeBand:
    return CodeBand(Where(year_group), mark, "towards")


def test_other_codes_are_told_apart_from_those_there_are() -> None:
    assert wrong(Kind.CODED, code("Z", "2")) == [(0, "code")]
    assert wrong(Kind.CODED, code("", "2")) == [(0, "code")]
    assert wrong(Kind.CODED, code("M")) == [(0, "year")]
    assert wrong(Kind.LADDER, cut("below", "1B")) == [(0, "year")]
    assert wrong(Kind.LADDER, cut("below", "A", year_group="1")) == [(0, "towards")]
    assert wrong(Kind.LADDER, cut("below", "1B", year_group="1")) == [(0, "towards")]
    without = replace(scale(Kind.LADDER), options={})
    assert [fault.field for fault in faults([cut("below", "1B", year_group="1")], without)] == ["towards"]
    months = faults([cut("below", "999")], scale(Kind.AGE))
    assert months[0].sentence.endswith("Type months ahead of the pupil's own age, from -180 to 180.")


def test_a_table_is_not_endless() -> None:
    assert wrong(Kind.CODED, *[code("M", "2")] * (LONGEST_TABLE + 1)) == [(LONGEST_TABLE, "year")]


WHERES = st.builds(
    Where,
    year_group=st.sampled_from(["", *YEAR_GROUPS]),
    when=st.sampled_from(list(WHENS)),
    subject=st.sampled_from([0, 3, 4]),
)


@st.composite
def cuts(draw: st.DrawFn, ends: tuple[int, int] = (71, 130)) -> Cut:
    chosen = draw(st.lists(st.sampled_from(ORDER), min_size=1, max_size=4, unique=True))
    lowest, *upper = sorted(chosen, key=ORDER.index)
    scores = st.lists(st.integers(*ends), min_size=len(upper), max_size=len(upper), unique=True)
    begins = sorted(draw(scores))
    return Cut(draw(WHERES), lowest, tuple((band, str(score)) for band, score in zip(upper, begins, strict=True)))


def apart(lines: list[Cut]) -> list[Cut]:
    """Of these lines those that say nothing another one before them says."""
    taken: set[tuple[str, int, int]] = set()
    kept = []
    for line in lines:
        places = {(line.where.year_group, slot, line.where.subject) for slot in line.where.slots}
        if not taken & places:
            kept.append(line)
            taken |= places
    return kept


@given(st.lists(cuts(), max_size=8).map(apart))
def test_lines_made_rules_and_lines_again_mean_the_same(lines: list[Cut]) -> None:
    held = scale(Kind.STANDARDISED, *lines)

    again = lines_of(held)

    assert not faults(lines, held)
    assert not faults(again, held)
    assert set(rules_from(again, held)) == set(held.rules)
    assert lines_of(replace(held, rules=tuple(rules_from(again, held)))) == again


@given(cuts(), st.integers(70, 130), st.integers(70, 130))
def test_a_higher_score_never_has_a_lower_band_and_each_has_one(line: Cut, one: int, other: int) -> None:
    held, low, high = scale(Kind.STANDARDISED, replace(line, where=Where())), min(one, other), max(one, other)

    bands = [band_of(Reading(str(n), None, Decimal(n)), held, Sitting("2", 1, 3)) for n in (low, high)]

    assert all(bands)
    assert ORDER.index(bands[0]) <= ORDER.index(bands[1])


@given(cuts(), st.integers(70, 130))
def test_the_words_of_a_line_agree_with_the_bands_of_its_scores(line: Cut, score: int) -> None:
    held = scale(Kind.STANDARDISED, line)
    where = line.where
    sitting = Sitting(where.year_group or "4", where.slots[0] or 1, where.subject or 9)

    band = band_of(Reading(str(score), None, Decimal(score)), held, sitting)

    told = [band.code for band, words in stretches(line, held) if score in _scores(words)]
    assert told == [band]


def _scores(words: str) -> range:
    low, _, high = words.partition(" to ")
    return range(int(low), int(high or low) + 1)


@given(st.lists(st.sampled_from(steps(scale(Kind.LADDER))[1:]), min_size=3, max_size=3, unique=True), WHERES)
def test_a_ladders_lines_come_back_as_they_were(begins: list[str], where: Where) -> None:
    held = scale(Kind.LADDER)
    begins.sort(key=lambda step: place(step, held) or 0)
    line = Cut(where, "below", tuple(zip(ORDER[1:], begins, strict=True)))

    assert lines_of(replace(held, rules=tuple(rules_from([line], held)))) == [line]


def test_two_halves_of_a_term_alike_are_one_line() -> None:
    for term, (first, second) in TERMS.items():
        one, other = cut("below", "90", when=str(first)), cut("below", "90", when=str(second))
        assert lines_of(scale(Kind.SCALED, one, other)) == [cut("below", "90", when=term)]
        other = cut("below", "91", when=str(second))
        assert lines_of(scale(Kind.SCALED, one, other)) == [one, other]


def test_bands_follow_their_codes() -> None:
    coded = scale(Kind.CODED, code("M", "2"), code("N", "2"))
    renamed = replace(coded, options={"MET": Option(1, "MET", "Met", "expected")})

    assert carried(coded, renamed, {"M": "MET"}) == [BandRule("towards", code="MET", year_group="2")]
    ladder = scale(Kind.LADDER, *lines_of(usual_ladder()))
    fewer = replace(ladder, options={name: each for name, each in ladder.options.items() if name != "2S"})
    said = carried(ladder, fewer, {})
    assert isinstance(said, str)
    assert "2S is not on this scale." in said
    more = replace(ladder, options=ladder.options | {"7B": Option(99, "7B", "Year 7", "greater")})
    told = carried(ladder, more, {})
    assert [rule.band for rule in told if rule.code == "7B"][-1:] == ["expected"]


def usual_ladder() -> Scale:
    return replace(scale(Kind.LADDER), rules=usual(Kind.LADDER).rules)


def test_ladder_rules_about_steps_that_are_gone_are_passed_over() -> None:
    held = replace(scale(Kind.LADDER), rules=(BandRule("below", code="ZZ", year_group="2"),))

    assert lines_of(held) == [Cut(Where("2"), "")]


def test_lines_are_said_in_words() -> None:
    held = scale(Kind.STANDARDISED, cut("below", "", "90", year_group="2", when="summer", subject=3))
    assert (
        line_words(lines_of(held)[0], held, SUBJECTS)
        == "Year 2, Summer term, Maths: below 70 to 89, expected 90 to 130"
    )
    assert line_words(cut(""), held, {}) == "Everybody: counted nowhere"
    gone = cut("below", subject=8)
    assert line_words(gone, held, SUBJECTS) == "a subject that is no longer there: below 70 to 130"
    coded = scale(Kind.CODED)
    assert line_words(CodeBand(Where("R"), "M", ""), coded, {}) == "Reception: M is counted nowhere"
    assert line_words(code("M", "9"), coded, {}) == "9: M is working towards"


@pytest.mark.parametrize(
    ("kind", "line", "words"),
    [
        (Kind.PERCENTAGE, cut("below", "39.5", "60"), ["0 to under 39.5", "39.5 to under 60", "60 to 100"]),
        (Kind.SCALED, cut("below", "81", "82"), ["80", "81", "82 to 120"]),
        (Kind.AGE, cut("below", "-1", "0", "2"),
         ["further behind", "from 1 month behind", "from the own age", "from 2 months ahead"]),
        (Kind.AGE, cut("expected"), ["any"]),
        (Kind.LADDER, cut("below", "1D", "1S"), ["1B", "1D", "1S to 6S"]),
    ],
)  # fmt: skip
def test_stretches_are_said_as_their_kind_has_them(kind: Kind, line: Cut, words: list[str]) -> None:
    assert [said for _, said in stretches(line, scale(kind))] == words


def test_what_a_version_changed_is_said() -> None:
    old = scale(Kind.SCALED, cut("below", "90", "100", "110"))
    options = {"X": Option(9, "X", "Left", ""), "A": Option(1, "A", "Absent", "below")}
    new = replace(scale(Kind.SCALED, cut("below", "95", "100", "110"), highest=Decimal(115)), options=options)

    assert differences(old, new, SUBJECTS) == [
        "X added.",
        "A counts as below.",
        "Scores from 80 to 115.",
        "Everybody: below 80 to 94, working towards 95 to 99, expected 100 to 109, greater depth 110 to 115.",
        "No longer: "
        "Everybody: below 80 to 89, working towards 90 to 99, expected 100 to 109, greater depth 110 to 120.",
    ]
    assert differences(new, old, {})[:2] == ["X taken out.", "A counts as counted nowhere."]
    assert differences(old, old, {}) == []
    codes = scale(Kind.CODED)
    turned = replace(codes, options=dict(reversed(codes.options.items())))
    assert differences(codes, turned, {}) == ["Another order."]


def test_marks_worth_trying_are_both_sides_of_each_border() -> None:
    held = scale(Kind.SCALED, cut("below", "90", "100"))

    tried = {each.typed: each.band.code if each.band else "" for each in try_out(sample(held), held, Sitting("4"))}

    assert tried == {
        "80": "below", "89": "below", "90": "towards", "99": "towards", "100": "expected", "120": "expected", "A": "",
    }  # fmt: skip
    assert sample(scale(Kind.CODED)) == ["M", "N", "A"]
    assert "8:06" in sample(scale(Kind.AGE, cut("below", "0")))
    assert try_out(["500"], held, Sitting())[0].refused == "500 is out of range. Type 80 to 120, or A."
    assert "another year" in try_out(["2:100"], held, Sitting())[0].refused


@pytest.mark.parametrize("kind", list(Kind))
def test_the_usual_scheme_of_each_kind_stands(kind: Kind) -> None:
    held = replace(scale(kind), rules=usual(kind).rules)

    assert not faults(lines_of(held), held)
    assert set(rules_from(lines_of(held), held)) == set(held.rules)
    assert is_cut(kind) == (kind not in (Kind.RELATIVE, Kind.CODED))
    assert len(sums(kind)) == 5
    assert bool(range_words(held)) == held.numeric
    assert len(shown_lines(held, {})) == len(lines_of(held))


def test_codes_have_a_line_each_on_the_page() -> None:
    [line] = shown_lines(scale(Kind.CODED, code("M", "2")), {})

    assert (line.where, [(band.name if band else "", words) for band, words in line.bands]) == (
        "Year 2", [("Working towards", "M")],
    )  # fmt: skip


def test_a_ladder_is_climbed_year_by_year() -> None:
    held = usual_ladder()
    bands = {
        (year, step): band_of(Reading(step, held.options[step].id, None), held, Sitting(year))
        for year in ("R", "1", "2", "6")
        for step in ("1B", "1S", "2B", "2D", "2S", "3B", "6S")
    }

    assert bands["R", "1B"] == bands["1", "2B"] == bands["2", "3B"] == "greater"
    assert bands["1", "1S"] == bands["2", "2S"] == bands["6", "6S"] == "expected"
    assert bands["2", "2B"] == bands["2", "2D"] == bands["1", "1B"] == "towards"
    assert bands["2", "1S"] == bands["6", "2S"] == "below"


def test_ranges_that_can_be_and_that_cannot() -> None:
    assert fits(Kind.SCALED, Decimal(85), Decimal(115)) == fits(Kind.AGE, None, None) == ""
    assert "is not under" in fits(Kind.SCALED, Decimal(120), None)
    assert "between 0 and 999" in fits(Kind.SCALED, Decimal(-1), None)
    assert "between 0 and 999" in fits(Kind.SCALED, None, Decimal(1000))
    assert "no range" in fits(Kind.CODED, None, None)
    assert bottom(scale(Kind.AGE)) == -180


def test_the_usual_assessments_that_are_missing() -> None:
    assert usual_missing([]) == [each.name for each in USUAL_ASSESSMENTS]
    assert "Reading age" not in usual_missing(["Reading age"])


def test_a_line_without_a_lowest_band_makes_no_rule():
    assert rules_from([Cut(Where("2"), "", (("expected", "95"),))], scale(Kind.STANDARDISED)) == []
