"""Which row names the columns, what each is, and what the cells below say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.spreadsheets.rules.columns import key_of, names_row, suggested, why_not_these
from itrack.spreadsheets.rules.kinds import Kind, fields_of, why_not_enough
from itrack.spreadsheets.rules.values import day_text, language, need, provision, service, sex, truth, upn, year_group
from itrack.ui.words import harmless, unharmed

PUPILS = fields_of(Kind.PUPILS)
MARKS = fields_of(Kind.MARKS, [(3, "Reading"), (4, "Maths")])


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("UPN", "upn"),
        ("Legal Surname", "legal_surname"),
        ("FIRST NAME", "legal_forename"),
        ("D.O.B.", "dob"),
        ("Date of Birth", "dob"),
        ("Gender", "sex"),
        ("NC Year", "year_group"),
        ("Post code", ""),
        ("Mother’s phone", ""),
        ("Medical notes", ""),
        ("", ""),
    ],
)
def test_a_pupils_column_is_known_by_the_names_it_goes_by(name: str, field: str) -> None:
    assert suggested([name], PUPILS, {}) == [field]


def test_what_was_chosen_last_time_goes_before_what_a_name_suggests() -> None:
    memory = {key_of("Known by"): "legal_forename", key_of("Forename"): ""}

    assert suggested(["Forename", "Known By"], PUPILS, memory) == ["", "legal_forename"]


def test_two_columns_of_one_name_are_taken_once() -> None:
    assert suggested(["Surname", "Surname"], PUPILS, {}) == ["legal_surname", ""]
    assert suggested(["X", "x"], PUPILS, {"x": "sex"}) == ["sex", ""]


def test_what_was_remembered_of_a_subject_no_longer_there_is_forgotten() -> None:
    assert suggested(["Art"], MARKS, {"art": "subject:99"}) == [""]


def test_subjects_of_the_school_are_columns_of_marks() -> None:
    assert suggested(["Name", "reading", "MATHS"], MARKS, {}) == ["full_name", "subject:3", "subject:4"]


def test_the_names_may_stand_below_a_title_and_are_never_a_pupils_values() -> None:
    rows = [["Oakfield, Year 5", ""], ["", ""], ["Surname", "Forename"], ["Ash", "Bo"]]

    assert names_row(rows, PUPILS, {}) == 2
    assert names_row([["Ash", "Bo"], ["Birch", "Cy"]], PUPILS, {}) is None
    assert names_row([], PUPILS, {}) is None


@pytest.mark.parametrize(
    ("kind", "chosen", "sentence"),
    [
        (Kind.PUPILS, ["legal_surname", "legal_forename", "dob"], ""),
        (Kind.PUPILS, ["upn"], "a surname, a forename and a date of birth"),
        (Kind.MARKS, ["full_name", "subject:3"], "by UPN, or by name together with date of birth"),
        (Kind.MARKS, ["full_name", "dob", "subject:3"], ""),
        (Kind.MARKS, ["upn"], "Choose the columns of marks"),
        (Kind.CLASSES, ["upn", "class"], ""),
        (Kind.CLASSES, ["upn"], "Choose the column that says the class"),
        (Kind.CLASSES, ["class"], "by UPN, or by name together with date of birth"),
    ],
)
def test_a_sheet_can_be_read_once_it_says_who_and_what(kind: Kind, chosen: list[str], sentence: str) -> None:
    assert sentence in why_not_enough(kind, chosen)
    assert bool(sentence) == bool(why_not_enough(kind, chosen))


def test_two_columns_cannot_be_one_thing() -> None:
    assert why_not_these(["upn", "", "", "dob"]) == ""
    assert "Two columns" in why_not_these(["upn", "upn"])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2017-11-02", "2017-11-02"),
        ("2017-11-02 00:00:00", "2017-11-02"),
        ("02/11/2017", "2017-11-02"),
        ("2.11.17", "2017-11-02"),
        ("2 November 2017", "2017-11-02"),
        ("2-Nov-17", "2017-11-02"),
        ("3 Sept 2016", "2016-09-03"),
        ("43041", "2017-11-02"),
        ("43041.0", "2017-11-02"),
        ("11/25/2017", "11/25/2017"),
        ("30/02/2017", "30/02/2017"),
        ("2017-02-30", "2017-02-30"),
        ("5 Foo 2017", "5 Foo 2017"),
        ("2017", "2017"),
        ("99999", "99999"),
        ("soon", "soon"),
    ],
)
def test_a_day_is_read_as_schools_write_it_and_else_left_as_it_is(text: str, day: str) -> None:
    assert day_text(text) == day


@pytest.mark.parametrize(
    ("read", "text", "said"),
    [
        (sex, "Girl", "F"), (sex, "male", "M"), (sex, "Q", "Q"),
        (year_group, "Year 4", "4"), (year_group, "Y04", "4"), (year_group, "Reception", "R"), (year_group, "R", "R"),
        (year_group, "N2", "N2"), (year_group, "Nursery", "N2"), (year_group, "4B", "4B"),
        (truth, "Y", "true"), (truth, "No", "false"), (truth, "perhaps", "perhaps"),
        (service, "Yes", "Y"), (service, "refused", "R"), (service, "N", "N"),
        (language, "Polish", "POL"), (language, "ENG", "ENG"),
        (need, "Autistic spectrum disorder", "ASD"), (need, "ASD", "ASD"),
        (provision, "SEN Support", "K"), (provision, "EHCP", "E"), (provision, "K", "K"),
        (upn, " h823 299826112 ", "H823299826112"),
    ],
)  # fmt: skip
def test_words_become_the_codes_of_a_transfer_file(read, text: str, said: str) -> None:
    assert read(text) == said


@given(st.text())
def test_no_text_is_taken_for_a_day_it_does_not_name(text: str) -> None:
    assert day_text(text) == text or len(day_text(text)) == len("2017-11-02")


@given(st.one_of(st.text(), st.from_regex(r"'*[ ]*[=+@\t-].{0,5}")))
def test_the_apostrophe_before_a_would_be_formula_comes_off_again_and_no_other(text: str) -> None:
    assert unharmed(harmless(text)) == text
    assert harmless(text)[:1] not in {"=", "+", "-", "@"}
