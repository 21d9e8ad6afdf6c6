"""The statements that come with the product: enough of them, each of its own, and where they belong."""

import re
from collections import Counter

import pytest

from itrack.frameworks.rules.limits import CODE
from itrack.frameworks.sources.shipped import shipped

FOUR = ("Reading", "Writing", "Maths", "Science")
YEARS = ("1", "2", "3", "4", "5", "6")
CURRICULUM, GOALS = shipped()
LONGEST = 110

WRITING = {
    "Transcription: spelling",
    "Transcription: handwriting",
    "Composition",
    "Vocabulary, grammar and punctuation",
}
READING = {"Word reading"} | {
    f"Comprehension: {part}"
    for part in (
        "enjoying and sharing books",
        "words",
        "understanding",
        "inference and prediction",
        "talking about reading",
    )
}
FOUR_RULES = {"Addition and subtraction", "Multiplication and division"}
SHAPES = {"Number and place value", "Measurement", "Geometry: properties of shapes"}
TURNS = {"Geometry: position and direction"}
DECIMALS, PERCENTAGES = "Fractions (including decimals)", "Fractions (including decimals and percentages)"
ANIMALS, LIVING = "Animals, including humans", "Living things and their habitats"
# Year → the strands of the programme of study, besides those every year has.
MATHS = {
    "1": FOUR_RULES | TURNS | {"Fractions"},
    "2": FOUR_RULES | TURNS | {"Fractions", "Statistics"},
    "3": FOUR_RULES | {"Fractions", "Statistics"},
    "4": FOUR_RULES | TURNS | {DECIMALS, "Statistics"},
    "5": FOUR_RULES | TURNS | {PERCENTAGES, "Statistics"},
    "6": TURNS
    | {"Addition, subtraction, multiplication and division", PERCENTAGES, "Statistics"}
    | {"Ratio and proportion", "Algebra"},
}
SCIENCE = {
    "1": {"Plants", ANIMALS, "Everyday materials", "Seasonal changes"},
    "2": {LIVING, "Plants", ANIMALS, "Uses of everyday materials"},
    "3": {"Plants", ANIMALS, "Rocks", "Light", "Forces and magnets"},
    "4": {LIVING, ANIMALS, "States of matter", "Sound", "Electricity"},
    "5": {LIVING, ANIMALS, "Properties and changes of materials", "Earth and space", "Forces"},
    "6": {LIVING, ANIMALS, "Evolution and inheritance", "Light", "Electricity"},
}


def held(subject: str, year: str):
    return [each for each in CURRICULUM.statements if (each.strand.subject, each.strand.first) == (subject, year)]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("subject", FOUR)
def test_each_subject_has_at_least_25_statements_in_each_year(subject, year):
    assert len(held(subject, year)) >= 25


def test_there_are_seventeen_early_learning_goals_in_seven_areas():
    assert len(GOALS.statements) == 17
    assert len(GOALS.strands) == 7
    assert {strand.first for strand in GOALS.strands} == {"R"}


@pytest.mark.parametrize("year", YEARS)
def test_every_strand_of_the_programme_of_study_is_there(year):
    strands = {subject: {each.strand.name for each in held(subject, year)} for subject in FOUR}

    assert strands["Maths"] == MATHS[year] | SHAPES
    assert strands["Science"] == SCIENCE[year] | {"Working scientifically"}
    assert strands["Writing"] == WRITING
    assert strands["Reading"] - {"Comprehension: language, structure and presentation"} == READING


def everything():
    return [*CURRICULUM.statements, *GOALS.statements]


def test_no_two_statements_say_the_same_in_whatever_year():
    plain = Counter(re.sub("[^a-z0-9]+", " ", each.text.casefold()).strip() for each in everything())

    assert [text for text, times in plain.items() if times > 1] == []


def test_statements_are_short_and_say_what_a_pupil_can_do():
    for each in everything():
        assert len(each.text) <= LONGEST + 10 * (each.strand.first == "R"), each.text
        assert each.text[0].isupper(), each.text
        assert not each.text.endswith("."), each.text
        assert not re.search(r"\bpupils?\b|\bI can\b|\bone's\b|\boneself\b|  ", each.text), each.text


def test_codes_are_stable_and_tell_subject_and_year():
    codes = [each.code for each in everything()]

    assert len(set(codes)) == len(codes)
    for each in everything():
        assert CODE.fullmatch(each.code)
        assert each.code.split(".")[1] == each.strand.first


def test_each_statement_points_at_the_part_of_the_programme_of_study_it_serves():
    for each in CURRICULUM.statements:
        years = re.search(r"Years? (\d)(?: to (\d))?", each.pointer)
        assert each.pointer.startswith("NC 2014, ")
        assert int(years[1]) <= int(each.strand.first) <= int(years[2] or years[1]), each
    assert all(each.pointer.startswith("EYFS statutory framework, ") for each in GOALS.statements)


def test_times_tables_are_learned_when_the_curriculum_says():
    said = {year: " ".join(each.text for each in held("Maths", year)) for year in YEARS}

    assert "2, 5 and 10 times tables" in said["2"]
    assert all(f"{table} times table" in said["3"] for table in (3, 4, 8))
    assert "6, 7 and 9 times tables" in said["4"]
    assert "12 × 12" in said["4"]
    assert "Roman numerals I to XII" in said["3"]
    assert "100 (C)" in said["4"]
    assert "1,000 (M)" in said["5"]


def test_parts_that_are_easily_left_out_are_there():
    said = {(subject, year): " ".join(each.text for each in held(subject, year)) for subject in FOUR for year in YEARS}

    assert "beats of a longer word" in said["Writing", "1"]
    assert all("noun phrase" in said["Writing", year] for year in ("4", "5"))
    assert "mentally" in said["Maths", "5"]
    assert "three decimal places" in said["Maths", "5"]
