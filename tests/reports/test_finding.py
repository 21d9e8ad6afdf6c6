"""The sentence above the figures: true, plain, grammatical, and never more than the figures say."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.reports.rules.finding import FEW, Standing, findings, inside, listed
from itrack.ui.words import rounded_percent

READING = Standing("Reading", 41, 58, 60)
WRITING = Standing("Writing", 33, 58, 60)
SCIENCE = Standing("Science", 43, 57, 60)


def said(*rows: Standing, where: str = "in Year 4", chosen: str = "") -> list[str]:
    return [finding.text for finding in findings(rows, where=where, chosen=chosen)]


def test_the_lowest_subject_is_told_beside_the_highest():
    assert said(READING, WRITING, SCIENCE) == [
        "Writing is lowest. In Year 4, 33 of 58 pupils counted are at expected or above in writing (57%). "
        "In science, the highest, it is 43 of 57 (75%).",
        "2 of 60 pupils are not counted in writing.",
    ]


def test_a_chosen_subject_is_told_whether_it_leads_or_not():
    assert said(READING, WRITING, SCIENCE, chosen="Science")[0] == (
        "Science is highest. In Year 4, 43 of 57 pupils counted are at expected or above in science (75%). "
        "In writing, the lowest, it is 33 of 58 (57%)."
    )
    assert said(READING, WRITING, SCIENCE, chosen="Reading")[0] == (
        "In Year 4, 41 of 58 pupils counted are at expected or above in reading (71%). "
        "In science, the highest, it is 43 of 57 (75%)."
    )


def test_of_two_subjects_one_is_lower_and_not_lowest():
    assert said(READING, WRITING)[0].startswith("Writing is lower. ")


@pytest.mark.parametrize(
    ("secure", "counted", "sentence"),
    [
        (0, 1, "In 4B, the one pupil counted is not at expected or above in maths."),
        (1, 1, "In 4B, the one pupil counted is at expected or above in maths."),
        (0, 2, "In 4B, none of the 2 pupils counted is at expected or above in maths (0%)."),
        (1, 2, "In 4B, 1 of 2 pupils counted is at expected or above in maths (50%)."),
        (2, 2, "In 4B, both pupils counted are at expected or above in maths (100%)."),
        (30, 30, "In 4B, all 30 pupils counted are at expected or above in maths (100%)."),
        (1, 30, "In 4B, 1 of 30 pupils counted is at expected or above in maths (3%)."),
        (399, 400, "In 4B, 399 of 400 pupils counted are at expected or above in maths."),
        (1, 400, "In 4B, 1 of 400 pupils counted is at expected or above in maths."),
    ],
)
def test_none_one_many_and_all_are_grammatical(secure, counted, sentence):
    assert said(Standing("Maths", secure, counted, counted), where="in 4B")[0] == sentence


def test_few_counted_pupils_are_said_to_be_few_and_not_ranked():
    few = Standing("Science", 0, 2, 60)

    assert said(READING, WRITING, few)[0].startswith("Of reading and writing, writing is lower. ")
    assert said(READING, WRITING, few, chosen="Science") == [
        "In Year 4, none of the 2 pupils counted is at expected or above in science (0%).",
        "58 of 60 pupils are not counted in science. Fewer than 5 pupils are counted in science: read it with care.",
    ]


def test_half_entered_marks_are_not_ranked():
    started = Standing("Writing", 2, 30, 60)

    assert said(READING, started) == [
        "In Year 4, 41 of 58 pupils counted are at expected or above in reading (71%).",
        "2 of 60 pupils are not counted in reading. "
        "In writing only 30 of 60 pupils are counted, so subjects are not compared.",
    ]


def test_why_subjects_are_not_compared_is_said_with_the_figures():
    reading, maths = Standing("Reading", 60, 87, 209), Standing("Maths", 40, 87, 209)
    writing, few = Standing("Writing", 50, 90, 209), Standing("Science", 1, 3, 209)

    assert said(reading, maths)[1:] == ["Only 87 of 209 pupils are counted, so subjects are not compared."]
    assert said(reading, writing)[1:] == [
        "In reading and writing at most 90 of 209 pupils are counted, so subjects are not compared."
    ]
    assert said(few, Standing("Maths", 2, 4, 209), chosen="Science")[1:] == [
        "206 of 209 pupils are not counted in science. Fewer than 5 pupils are counted in science: "
        "read it with care. Subjects are not compared."
    ]
    assert said(reading)[1:] == ["122 of 209 pupils are not counted in reading."]


def test_equal_shares_are_level_whatever_their_counts():
    assert said(Standing("Reading", 10, 20, 20), Standing("Maths", 9, 18, 20))[0] == (
        "Reading and maths are level. In Year 4, 10 of 20 pupils counted are at expected or above in reading (50%)."
    )


def test_two_subjects_that_share_an_end_are_both_named():
    rows = [Standing("Reading", 8, 20, 20), Standing("Maths", 8, 20, 20), Standing("English", 9, 20, 20)]

    assert said(*rows)[0].startswith("Reading and maths are lowest. ")
    assert said(*rows, chosen="English")[0].endswith("In reading, among the lowest, it is 8 of 20 (40%).")


def test_without_a_mark_nothing_is_found():
    nobody = Standing("Writing", 0, 0, 60)

    assert said(nobody) == []
    assert said() == []
    assert said(READING, nobody, chosen="Writing") == [
        "No mark in writing counts yet. None of the 60 pupils in view is counted in it."
    ]


def test_names_that_are_proper_keep_their_capital():
    assert [inside(name) for name in ("Writing", "English", "RE", "Welsh second language", "Art and design")] == [
        "writing",
        "English",
        "RE",
        "Welsh second language",
        "art and design",
    ]
    assert listed(["a", "b", "c"]) == "a, b and c"


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    population = draw(st.integers(0, 70))
    counted = draw(st.integers(0, population))
    return Standing(
        draw(st.sampled_from(["Reading", "Writing", "Maths"])), draw(st.integers(0, counted)), counted, population
    )


@given(rows=st.lists(standings(), max_size=3, unique_by=lambda row: row.subject), chosen=st.sampled_from(["", "Maths"]))
def test_no_sentence_holds_a_figure_that_is_not_on_the_page(rows, chosen):
    text = " ".join(said(*rows, where="in Reception", chosen=chosen))

    shown = {FEW}
    for row in rows:
        shown |= {row.secure, row.counted, row.population, row.population - row.counted}
        shown |= {rounded_percent(row.secure, row.counted)} if row.counted else set()
    assert {int(number) for number in re.findall(r"\d+", text)} <= shown
    assert not re.search(r"\b1 pupils|\b[02-9] pupil\b|\b1 of \d+ pupils? (counted )?are|  |\.\.", text)


@given(rows=st.lists(standings(), min_size=2, max_size=3, unique_by=lambda row: row.subject))
def test_what_is_called_lowest_is(rows):
    text = " ".join(said(*rows))

    named = re.match(r"(?:Of .*, )?(\w+) is (lowest|lower)\.", text)
    if named:
        ranked = [row for row in rows if row.counted >= FEW and row.counted * 5 >= row.population * 4]
        lowest = next(row for row in rows if row.subject.lower() == named[1].lower())
        others = [row for row in ranked if row is not lowest]
        assert others
        assert text.startswith("Of ") or len(ranked) == sum(row.counted > 0 for row in rows)
        assert all(lowest.secure / lowest.counted < row.secure / row.counted for row in others)
