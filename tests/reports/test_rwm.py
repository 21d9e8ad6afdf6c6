"""Reading, writing and maths combined: who reaches all three, its sentence, and odd questions."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.curriculum.models import Subject
from itrack.foundation.tenancy.windows import writing
from itrack.reports.rules.combined import combined_findings
from itrack.reports.rules.measure import AT_EXPECTED, AT_GREATER, MEASURES
from itrack.reports.rules.tally import Population, tally
from itrack.reports.rules.together import TOGETHER, regions, three_of, together
from tests.reports.naive import SECURE, THREE, fill
from tests.reports.test_attainment_page import words

PAGE, NAMES = "/reports/rwm", "/reports/rwm/names"
BANDS = ("below", "towards", "expected", "greater")
drawn = st.lists(st.tuples(*[st.sampled_from([*BANDS, "", "A"])] * 3), max_size=30)


def tallies(rows: list[tuple[str, str, str]]) -> list:
    """Three tallies of pupils with these bands, "" for no mark, "A" for a code without a band."""
    marks = [
        (subject, "A" if band == "A" else "x", "" if band == "A" else band, [pupil])
        for pupil, bands in enumerate(rows)
        for subject, band in enumerate(bands, start=1)
        if band
    ]
    return tally(list(enumerate(THREE, start=1)), {"A": "Absent"}, Population(frozenset(range(len(rows)))), marks)


@given(drawn)
def test_together_is_all_three_and_who_lacks_one_is_out_and_not_below(rows):
    whole = together(tallies(rows))

    for pupil, bands in enumerate(rows):
        if any(band not in BANDS for band in bands):
            assert pupil in whole.out
            assert pupil not in whole.counted
            continue
        assert (pupil in AT_EXPECTED.reached(whole)) == all(band in SECURE for band in bands)
        assert (pupil in AT_GREATER.reached(whole)) == all(band == "greater" for band in bands)
        [held] = [band for band, pupils in whole.bands.items() if pupil in pupils]
        assert held == min(bands, key=BANDS.index)
    assert whole.population == len(rows)


@given(drawn, st.sampled_from(sorted(MEASURES)))
def test_each_pupil_counted_is_in_exactly_one_region(rows, code):
    measure, three = MEASURES[code], tallies(rows)

    found = regions(three, measure)

    assert len(found) == 8
    for pupil, bands in enumerate(rows):
        places = [where for where, pupils in found.items() if pupil in pupils]
        if any(band not in BANDS for band in bands):
            assert places == []
        else:
            assert places == [frozenset(place for place, band in enumerate(bands) if band in measure.bands)]


def test_the_reason_names_the_subjects_it_is_for():
    whole = together(tallies([("", "A", ""), ("", "", ""), ("below", "below", "A")]))

    assert whole.out == {
        0: "Reading and maths: No mark yet; Writing: Code A, absent",
        1: "No mark yet",
        2: "Maths: Code A, absent",
    }


@pytest.mark.parametrize(
    ("subjects", "found"),
    [
        (["Maths", "Reading", "Science", "Writing"], ["Reading", "Writing", "Maths"]),
        (["MATHEMATICS", " reading ", "English: writing"], [" reading ", "English: writing", "MATHEMATICS"]),
        (["Reading", "Writing", "Number"], []),
        ([], []),
    ],
)
def test_the_three_are_found_by_their_names(subjects, found):
    assert [name for _, name in three_of(list(enumerate(subjects)))] == found


ALL, NO_MATHS, NO_WRITING, NONE = "EEE", "EEW", "EWE", "WWW"


def said(*rows: str, measure=AT_EXPECTED) -> list[str]:
    letters = {"E": "expected", "W": "towards", "G": "greater", "-": ""}
    three = tallies([tuple(letters[letter] for letter in row) for row in rows])
    return [one.text for one in combined_findings(three, measure, where="in Year 6")]


@pytest.mark.parametrize(
    ("rows", "sentences"),
    [
        (
            [*[ALL] * 5, "GGG", *[NO_MATHS] * 3, NO_WRITING, NONE],
            [
                "In Year 6, 6 of 11 pupils counted are at expected or above in all three subjects (55%), and 1 at "
                "greater depth (9%). 4 more are at expected or above in two of the three: 3 lack maths and 1 writing."
            ],
        ),
        (
            [*[ALL] * 5, NO_MATHS],
            [
                "In Year 6, 5 of 6 pupils counted are at expected or above in all three subjects (83%), and none at "
                "greater depth (0%). One more is at expected or above in two of the three and lacks maths."
            ],
        ),
        (
            [*[NONE] * 5, *[NO_MATHS] * 2, "EE-"],
            [
                "In Year 6, none of 7 pupils counted is at expected or above in all three subjects (0%). "
                "2 more are at expected or above in two of the three: both lack maths.",
                "1 of 8 pupils is not counted in all three and is left out.",
            ],
        ),
        (
            [ALL, "---", "---"],
            [
                "In Year 6, the one pupil counted is at expected or above in all three subjects, and none at greater "
                "depth.",
                "2 of 3 pupils are not counted in all three and are left out. Fewer than 5 pupils are counted: read it "
                "with care.",
            ],
        ),
        (["EE-"], []),
    ],
    ids=["two of three by subject", "one in two of three", "one subject lacks", "one pupil", "nobody"],
)
def test_the_sentence_is_plain_and_says_no_more_than_the_figures(rows, sentences):
    assert said(*rows) == sentences


def test_at_greater_depth_the_sentence_is_of_that_alone():
    [first, *_] = said(*["GGG"] * 5, "GGE", ALL, measure=AT_GREATER)

    assert first == (
        "In Year 6, 5 of 7 pupils counted are at greater depth in all three subjects (71%). "
        "One more is at greater depth in two of the three and lacks maths."
    )


def test_the_page_draws_the_circles_and_leads_to_the_names(oakfield):
    fill(oakfield, 2)
    client = oakfield.cast.client("hana")

    page = client.get(PAGE).content.decode()

    assert 'class="chart circles' in page
    assert "Made of the subjects Reading, Writing and Maths, main assessment." in words(page)
    links = re.findall(rf'<a href="({NAMES}[^"]+cell=in\.[^"]+)">(\d+)<span', page)
    assert links
    for link, figure in links:
        names = words(client.get(link.replace("&amp;", "&")).content.decode())
        assert f": {figure} pupil" in names
        assert re.search(r"Reading: \w+[\w ]*; Writing: [\w ]+; Maths: ", names)


def test_without_the_three_subjects_it_says_so_kindly(oakfield):
    with writing(oakfield.cast.oakfield):
        Subject.objects.filter(name="Writing").update(name="Authorship")
    client = oakfield.cast.client("hana")

    page = words(client.get(PAGE).content.decode())

    assert "No subjects of these names" in page
    assert "three subjects called reading, writing and maths" in page
    assert client.get(f"{PAGE}.csv").status_code == 200


def test_nobody_with_all_three_is_a_calm_page(oakfield):
    page = words(oakfield.cast.client("hana").get(PAGE).content.decode())

    assert "No marks to count yet" in page
    assert TOGETHER[1] not in page.partition("Who is in, who is out")[0].partition("Clear")[2]


def test_a_teacher_and_a_stranger_see_no_more_than_they_may(oakfield):
    ids = fill(oakfield, 2)

    assert oakfield.cast.client("tom").get(PAGE, {"pupils": f"class-{ids['6C']}"}).status_code == 404
    assert oakfield.cast.client("olu").get(PAGE).status_code == 403
    assert "Lot" not in words(oakfield.cast.client("theo").get(PAGE).content.decode())
    assert oakfield.cast.client("hana").get(PAGE, {"level": "best"}).status_code == 400
