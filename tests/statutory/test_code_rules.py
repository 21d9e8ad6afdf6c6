"""Which codes there are in a year, what each does to a figure, and which assessments were held."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.imports.rules.raw import RawPupil
from itrack.imports.rules.results import result_row
from itrack.statutory.rules.assessments import ASSESSMENTS, last_year, phonics_standard, slot_of
from itrack.statutory.rules.codes import EFFECT_WORDS, SCALES, Effect, effect_of, spelt
from tests.cast import TODAY
from tests.statutory.rows import line

YEARS = range(2012, 2031)


def offered(scale: str, year: int) -> str:
    return " ".join(code.code for code in SCALES[scale].offered(year))


@pytest.mark.parametrize(
    ("scale", "year", "codes"),
    [
        ("goal", 2019, "1 2 3 A"),
        ("goal", 2022, "1 2 A"),
        ("phonics", 2026, "A D Q L"),
        ("tables", 2026, "A B J U X L Z H NAA Q"),
        ("writing", 2026, "GDS EXS WTS PK6 PK5 PK4 PK3 PK2 PK1 EM A L F P"),
        ("writing", 2019, "GDS EXS WTS PK6 PK5 PK4 PK3 PK2 PK1 P4 P3ii P3i P2ii P2i P1ii P1i A L F P"),
        ("science", 2026, "EXS HNM A L F P"),
        ("below", 2026, "PK6 PK5 PK4 PK3 PK2 PK1 EM A"),
        ("ks1-teacher", 2023, "GDS EXS WTS PK4 PK3 PK2 PK1 EM A"),
        ("outcome", 2026, "AS NS A B H J Q T U L M CA CB F P"),
        ("scaled", 2026, ""),
    ],
)
def test_a_year_has_its_own_codes(scale: str, year: int, codes: str) -> None:
    assert offered(scale, year) == codes


def test_the_interim_framework_ended_with_2018() -> None:
    assert {"PKF", "PKE", "PKG", "BLW", "P8", "NOTSEN", "D"} <= set(offered("writing", 2018).split())
    assert not {"PK1", "EM"} & set(offered("writing", 2018).split())
    assert offered("below", 2018).startswith("EXS HNM")


@pytest.mark.parametrize(
    ("scale", "code", "effect"),
    [
        *(("outcome", code, Effect.NOT) for code in "ABHJQTU"),
        *(("outcome", code, Effect.OUT) for code in "LM"),
        *(("outcome", code, Effect.NO_RULE) for code in ("F", "P", "CA", "CB", "ZZ", "")),
        *(("phonics", code, Effect.NOT) for code in "ADQ"),
        ("phonics", "L", Effect.OUT),
        *(("tables", code, Effect.NOT) for code in "ABJUX"),
        *(("tables", code, Effect.OUT) for code in "LZ"),
        *(("tables", code, Effect.NO_RULE) for code in ("H", "Q", "NAA")),
        *(("writing", code, Effect.ACHIEVED) for code in ("EXS", "GDS")),
        *(("writing", code, Effect.NOT) for code in ("WTS", "PK6", "EM", "A")),
        ("goal", "A", Effect.OUT),
        ("goal", "3", Effect.NO_RULE),
    ],
)
def test_what_a_code_does_to_a_figure(scale: str, code: str, effect: Effect) -> None:
    assert effect_of(scale, 2026, code) == effect
    assert EFFECT_WORDS[effect]


def test_two_letters_for_one_thing_are_said_alike() -> None:
    words = {code.code: (code.words, code.effect) for code in SCALES["outcome"].offered(2026)}

    assert words["T"] == words["U"] == ("Unable to access the test", Effect.NOT)


@pytest.mark.parametrize(
    ("scale", "typed", "kept"),
    [
        ("writing", "exs", "EXS"),
        ("writing", "P4", None),
        ("phonics", "07", "7"),
        ("phonics", "40", "40"),
        ("phonics", "41", None),
        ("phonics", "Wa", None),
        ("phonics", "-1", None),
        ("phonics", "³", None),
        ("scaled", "79", None),
        ("scaled", "80", "80"),
        ("scaled", "121", None),
        ("outcome", "100", None),
        ("tables", "naa", "NAA"),
    ],
)
def test_what_is_typed_is_written_as_the_record_writes_it(scale: str, typed: str, kept: str | None) -> None:
    assert spelt(SCALES[scale], 2026, typed) == kept


def test_interim_p_scales_keep_their_small_letters() -> None:
    assert spelt(SCALES["writing"], 2018, "P1II") == "P1ii"


@given(st.sampled_from(sorted(SCALES)), st.sampled_from(YEARS), st.text(max_size=4))
def test_whatever_is_typed_is_refused_or_counts_by_a_rule(scale: str, year: int, text: str) -> None:
    kept = spelt(SCALES[scale], year, text)

    if kept is not None:
        assert SCALES[scale].mark_of(kept) is not None or SCALES[scale].code_of(year, kept) is not None
        assert spelt(SCALES[scale], year, kept) == kept


def test_whatever_can_be_typed_is_recognised_when_it_comes_back_in_a_file() -> None:
    for assessment in ASSESSMENTS.values():
        for year in YEARS:
            for part in assessment.components(year):
                scale = part.scale
                marks = [str(scale.lowest), str(scale.most)] if scale.most else []
                for result in [*marks, *(code.code for code in scale.offered(year))]:
                    stage, subject, method, component, qualifier = part.key
                    raw = RawPupil(line=1)
                    texts = {"year": str(year), "subject": subject, "method": method, "component": component}
                    row = result_row(raw, stage, texts | {"qualifier": qualifier, "result": result})
                    assert row is not None
                    assert row.recognised, f"{part.name} {year} {result}"


def test_typed_and_imported_meet_in_one_component() -> None:
    for assessment in ASSESSMENTS.values():
        for part in assessment.parts:
            assert slot_of(line(part.name, "1")) == part.name
    other = line("ks2-writing", "EXS")
    assert slot_of(type(other)("KS2", "ENG", 2026, "ENG", "TA", "WRI", "R", "ZZ", "EXS", None, True)) == "ks2-writing"
    assert slot_of(type(other)("KS2", "ENG", 2026, "ENG", "TT", "REA", "R", "ZZ", "99", None, True)) == ""
    assert slot_of(type(other)("FSP", "ENG", 2026, "XXX", "TA", "E04", "R", "ZZ", "2", None, True)) == "e04"
    assert slot_of(type(other)("FSP", "ENG", 2026, "XXX", "TA", "E18", "R", "ZZ", "2", None, True)) == ""


def test_no_component_takes_a_score_of_the_reception_baseline() -> None:
    named = [part.key for one in ASSESSMENTS.values() for part in one.parts]

    assert not [key for key in named if "RBA" in key or "BAS" in key]
    assert not [one for one in ASSESSMENTS.values() if "aseline" in one.title]


@pytest.mark.parametrize(
    ("name", "held", "not_held"),
    [
        ("eyfsp", {2013, 2019, 2022, 2026}, {2012, 2020, 2021}),
        ("phonics-1", {2012, 2019, 2022}, {2011, 2020, 2021}),
        ("phonics-2", {2013, 2022}, {2012, 2020, 2021}),
        ("ks1", {2016, 2023, 2026}, {2015, 2020, 2021}),
        ("tables", {2022, 2026}, {2019, 2020, 2021}),
        ("ks2", {2016, 2019, 2022}, {2015, 2020, 2021}),
    ],
)
def test_years_in_which_an_assessment_was_held(name: str, held: set[int], not_held: set[int]) -> None:
    assert {year for year in held if not ASSESSMENTS[name].held(year)} == held
    assert all(ASSESSMENTS[name].held(year).startswith("Not held") for year in not_held)


def test_the_check_of_2021_was_taken_in_year_2_that_autumn() -> None:
    assert "autumn 2021, in Year 2" in ASSESSMENTS["phonics-1"].held(2021)
    assert "autumn 2021" in ASSESSMENTS["phonics-2"].note(2022)
    assert ASSESSMENTS["phonics-2"].note(2023) == ""


def test_key_stage_1_is_optional_since_2024() -> None:
    assert ASSESSMENTS["ks1"].note(2023) == ""
    assert ASSESSMENTS["ks1"].note(2024).startswith("Optional")


def test_an_unknown_threshold_is_not_guessed() -> None:
    assert [phonics_standard(year, {}) for year in (2011, 2012, 2025, 2026)] == [None, 32, 32, None]
    assert phonics_standard(2026, {2026: 33}) == 33
    assert phonics_standard(2024, {2024: 31}) == 31


def test_the_goals_of_a_year_are_its_own_seventeen() -> None:
    now, before = ASSESSMENTS["eyfsp"].components(2022), ASSESSMENTS["eyfsp"].components(2019)

    assert [part.name for part in now] == [f"e{n:02}" for n in range(1, 18)]
    assert [part.name for part in before] == [f"g{n:02}" for n in range(1, 18)]
    assert [now[n].key[1] for n in (0, 1, 2, 4, 5, 7, 10, 12, 16)] == [
        "COM",
        "COM",
        "PSE",
        "PSE",
        "PHY",
        "LIT",
        "MAT",
        "UTW",
        "EXP",
    ]


def test_a_year_has_figures_from_july() -> None:
    assert last_year(TODAY) == 2026
    assert last_year(TODAY.replace(month=6)) == 2025
    assert ASSESSMENTS["ks2"].day_in(2026).isoformat() == "2026-05-12"
