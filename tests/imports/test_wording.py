"""The preview's words: of what is known the school's own, of what is not the file's, apart."""

import pytest

from itrack.imports.rules.wording import FACTS, IGNORED, ignored_words, meant


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("Pupil/Address", "Addresses"),
        ("Pupil/NAWdetails/ALNDecisionBody", "Who decided on additional learning needs"),
        ("Pupil/Somewhere/ALNReviewDate", "ALN review date"),
        ("Pupil/BasicDetails/DateOfArrival", "Date of arrival"),
        ("Pupil/house", "house"),
        ("", ""),
    ],
)
def test_what_is_read_past_has_a_name(path: str, words: str) -> None:
    assert ignored_words(path) == words


def test_no_two_things_are_called_the_same() -> None:
    for names in (FACTS, IGNORED):
        assert len({name.casefold().rstrip("s") for name in names.values()}) == len(names)


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("sex", "F", "Female"),
        ("first_language", "SOM", "Somali"),
        ("first_language", "QQQ", "QQQ"),
        ("enrol_status", "C", "Current"),
        ("legal_forename", "M", "M"),
        ("dob", "2018-05-03", "3 May 2018"),
        ("sex", "", "–"),
    ],
)
def test_a_value_is_said_as_a_person_says_it(field: str, text: str, words: str) -> None:
    assert meant(field, text) == words
