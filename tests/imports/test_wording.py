"""The preview's words: of what is known the school's own, of what is not the file's, apart."""

import pytest

from itrack.imports.rules.wording import FACTS, IGNORED, ignored_words, meant, what_differs


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


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("legal_surname", "Legal surname"),
        ("sen:2025-09-01", "SEN provision, 1 September 2025"),
        ("fsm:2022-04-25|ENG", "Free school meals, 25 April 2022, ENG"),
        ("fsm:2022-99-99", "Free school meals, 2022-99-99"),
        ("newcomer", "Record"),
    ],
)
def test_what_differs_is_named_with_its_day(what: str, words: str) -> None:
    assert what_differs(what) == words
