"""What one pupil in a transfer file becomes: a row, a row with warnings, or a rejection with its reason."""

import pytest

from itrack.imports.rules.rows import PupilRow, Rejected
from tests.imports.ctf_maker import (
    admitted,
    basic_details,
    ctf,
    element,
    header,
    opened,
    pupil,
    read,
    rejected,
    texts,
    upn,
)

FULL_DETAILS = basic_details(
    FormerUPN=upn(9),
    PreferredSurname="Ash",
    PreferredForename="Tilly",
    MiddleNames="May Rose",
    NCyearActual="5",
    Ethnicity="WBRI",
    EnrolStatus="C",
)
FIRST_LANGUAGE = element(
    "BasicDetails",
    element(
        "Languages",
        element("Type", texts({"LanguageType": "H", "Language": "POL"})),
        element("Type", texts({"LanguageType": "F", "Language": "ENG"})),
    ),
)
PARTIAL = header(qualifier="partial")


def meals(**parts: str) -> str:
    return element("FSMhistory", element("FSMinstance", texts(parts)))


def needs(**parts: str) -> str:
    return element("SENhistory", element("SEN", texts(parts)))


def test_everything_the_file_states_of_a_pupil_is_in_the_row() -> None:
    row = admitted(FULL_DETAILS, upn=upn(), surname="O’Brannock", forename="Zoë")

    assert row.upn == upn()
    assert row.former_upn == upn(9)
    assert row.fields == {
        "legal_surname": "O’Brannock",
        "legal_forename": "Zoë",
        "dob": "2016-11-02",
        "sex": "F",
        "middle_names": "May Rose",
        "preferred_surname": "Ash",
        "preferred_forename": "Tilly",
        "ethnicity": "WBRI",
        "enrol_status": "C",
    }
    assert row.warnings == ()


def test_what_the_file_leaves_out_is_absent() -> None:
    row = admitted(upn=None, sex=None)

    assert row.upn == ""
    assert row.fields == {"legal_surname": "Thistlewood", "legal_forename": "Ottilie", "dob": "2016-11-02"}
    assert row.circumstances == row.results == row.attendance == row.schools == ()


def test_a_blank_optional_name_says_there_is_none_only_in_a_full_file() -> None:
    blank = basic_details(MiddleNames="", PreferredSurname=" ", Ethnicity="")

    full, partial = admitted(blank), admitted(blank, head=PARTIAL)

    assert (full.fields["middle_names"], full.fields["preferred_surname"]) == ("", "")
    assert "ethnicity" not in full.fields
    assert "middle_names" not in partial.fields


def test_gender_in_older_files_is_the_sex() -> None:
    assert admitted(element("Gender", "m"), sex=None).fields["sex"] == "M"


def test_the_first_language_is_taken_and_not_the_one_spoken_at_home() -> None:
    assert admitted(FIRST_LANGUAGE).fields["first_language"] == "ENG"


def test_names_lose_stray_spaces_and_get_composed_accents() -> None:
    row = admitted(surname="  van \n der  Berg ", forename="Zoe\u0308")

    assert row.fields["legal_surname"] == "van der Berg"
    assert row.fields["legal_forename"] == "Zo\u00eb"


@pytest.mark.parametrize(
    ("basics", "field", "told"),
    [
        ({"upn": "H82329982611"}, "UPN", "has 12 characters"),
        ({"upn": "J823299826112"}, "UPN", "its digits call for H"),
        ({"surname": None}, "Surname", "no surname"),
        ({"surname": "  "}, "Surname", "no surname"),
        ({"forename": None}, "Forename", "no forename"),
        ({"dob": None}, "Date of birth", "no date of birth"),
        ({"dob": "18/01/2016"}, "Date of birth", "written “18/01/2016”"),
        ({"dob": "2015-02-30"}, "Date of birth", "a day of the calendar"),
        ({"dob": "20150218"}, "Date of birth", "a day of the calendar"),
        ({"dob": "2026-11-24"}, "Date of birth", "24 November 2026, which is still to come"),
        ({"surname": "x" * 101}, "Surname", "far too long"),
        ({"surname": "Ash\u202edown"}, "Surname", "cannot be seen"),
        ({"forename": "Zo\u0085\u009d"}, "Forename", "cannot be seen"),
    ],
)
def test_a_pupil_is_turned_away_with_the_reason(basics: dict[str, str | None], field: str, told: str) -> None:
    turned_away = rejected(**basics)

    assert turned_away.field == field
    assert told in turned_away.reason
    assert "invalid" not in turned_away.reason.lower()


def test_a_rejection_names_the_pupil_and_the_line() -> None:
    good = pupil(upn=upn())
    bad = pupil(forename="Ifan", surname="Ashdown", dob=None)

    rows = read(good, bad)

    assert rows[1] == Rejected(
        line=6, pupil="Ifan Ashdown", field="Date of birth", reason="The pupil has no date of birth in the file."
    )


def test_a_nameless_pupil_can_still_be_found() -> None:
    assert rejected(surname=None, forename=None).pupil == "(no name in the file)"


def test_someone_born_today_is_admitted() -> None:
    assert admitted(dob="2026-11-23").fields["dob"] == "2026-11-23"


def test_the_second_pupil_with_one_upn_is_rejected_and_told_the_first_ones_line() -> None:
    first, other, second = pupil(upn=upn(1)), pupil(upn=upn(2)), pupil(upn=upn(1).lower(), forename="Ifan")

    rows = read(first, other, second)

    assert [type(row) for row in rows] == [PupilRow, PupilRow, Rejected]
    assert (rows[2].line, rows[2].field) == (9, "UPN")
    assert "line 3" in rows[2].reason


def test_a_rejected_pupil_does_not_keep_the_upn_from_the_next() -> None:
    rows = read(pupil(upn=upn(1), dob=None), pupil(upn=upn(1)))

    assert [type(row) for row in rows] == [Rejected, PupilRow]


def test_pupils_without_a_upn_do_not_collide() -> None:
    assert all(isinstance(row, PupilRow) for row in read(pupil(upn=None), pupil(upn=""), pupil()))


@pytest.mark.parametrize(
    ("inside", "basics", "told"),
    [
        ("", {"upn": upn(school="9992998")}, "local authority 999"),
        ("", {"sex": "9"}, "The sex is written “9”"),
        (basic_details(FormerUPN="H1"), {}, "former UPN"),
        (basic_details(Ethnicity="WXYZ"), {}, "ethnicity “WXYZ”"),
        (basic_details(EnrolStatus="Q"), {}, "enrolment status “Q”"),
        (basic_details(NCyearActual="Y6"), {}, "year group “Y6”"),
        (basic_details(MiddleNames="x" * 101), {}, "middle names is far too long"),
        ("", {"dob": "1991-01-01"}, "more than 25 years ago"),
        (meals(FSMstartDate="soon", UKcountry="ENG"), {}, "no start date"),
        (meals(FSMstartDate="2022-04-25", FSMendDate="then", UKcountry="ENG"), {}, "written “then”"),
        (meals(FSMstartDate="2022-04-25", UKcountry="FRA"), {}, "“FRA”"),
        (needs(StartDate="2022-04-25", SENprovision="Z"), {}, "“Z”"),
        (needs(StartDate="2022-04-25"), {}, "which provision"),
        (needs(StartDate="2022-04-25", EndDate="2021-01-01", SENprovision="K"), {}, "starts on 25 April 2022"),
        (element("LookedAfter", texts({"InCare": "perhaps"})), {}, "looked after"),
        (element("ServiceChild", "Z"), {}, "service child code “Z”"),
    ],
)
def test_what_is_odd_draws_a_warning_and_not_a_rejection(inside: str, basics: dict[str, str], told: str) -> None:
    row = admitted(inside, **basics)

    assert any(told in warning for warning in row.warnings), row.warnings
    assert not any("invalid" in warning.lower() for warning in row.warnings)


def test_an_unknown_code_is_kept_as_written() -> None:
    row = admitted(basic_details(Ethnicity="WXYZ", NCyearActual="Y6"))

    assert row.fields["ethnicity"] == "WXYZ"
    assert [(year.code, year.recognised) for year in row.circumstances] == [("Y6", False)]


def test_an_unreadable_sex_and_former_upn_are_left_out() -> None:
    row = admitted(basic_details(FormerUPN="H1"), sex="U")

    assert "sex" not in row.fields
    assert row.former_upn == ""


def test_a_second_element_of_one_name_is_counted_as_read_past() -> None:
    file = opened(ctf(pupil(element("Surname", "Other"))))

    (row,) = file

    assert row.fields["legal_surname"] == "Thistlewood"
    assert file.ignored == {"Pupil/Surname": 1}


def test_what_is_not_stored_is_counted_and_nowhere_to_be_seen() -> None:
    secret = "Zebra"
    private = {name: texts({"Part": secret}) for name in ("Address", "Phones", "Contacts", "Unheard")}
    inside = "".join(element(name, text) for name, text in private.items())
    inside += element("UniqueLearnerNumber", secret) + element("Email", secret)
    inside += basic_details(MedicalFlag=secret, EthnicitySource=secret)
    file = opened(ctf(pupil(inside)))

    rows = list(file)

    assert set(file.ignored) == {
        *(f"Pupil/{name}" for name in (*private, "UniqueLearnerNumber", "Email")),
        "Pupil/BasicDetails/MedicalFlag",
        "Pupil/BasicDetails/EthnicitySource",
    }
    assert secret not in repr((rows, file.header, file.warnings, file.ignored))


def test_unknown_names_cannot_fill_the_receipt() -> None:
    strangers = "".join(element(f"x{number}" + "y" * 500, "") for number in range(500))
    file = opened(ctf(pupil(strangers)))

    list(file)

    assert len(file.ignored) == 201
    assert file.ignored["other elements"] == 300
    assert max(map(len, file.ignored)) < 80


def test_a_former_upn_that_is_the_present_one_is_no_former_one() -> None:
    row = admitted(basic_details(FormerUPN=upn(9)), upn=upn(9))

    assert (row.upn, row.former_upn) == (upn(9), "")
    assert row.warnings == ()
