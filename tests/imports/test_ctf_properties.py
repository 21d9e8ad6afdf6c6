"""Whatever parts a file has, in whatever order: a row says only what was in the file, and nothing that is not kept."""

from hypothesis import given, settings
from hypothesis import strategies as st

from itrack.imports.rules.rows import PupilRow
from tests.imports.ctf_maker import ctf, element, header, opened, pupil, result, results, texts

# Each value occurs once in all of these, so finding it in a row says where it came from.
KEPT = {
    "Ashdown": element("BasicDetails", texts({"PreferredSurname": "Ashdown"})),
    "Rosalind": element("BasicDetails", texts({"MiddleNames": "Rosalind"})),
    "WBRI": element("BasicDetails", texts({"Ethnicity": "WBRI"})),
    "PNJ": element(
        "BasicDetails", element("Languages", element("Type", texts({"LanguageType": "F", "Language": "PNJ"})))
    ),
    "TFSM": element("FSMhistory", element("FSMinstance", texts({"FSMstartDate": "2022-04-25", "FSMCategory": "TFSM"}))),
    "SPLD": element("SENneeds", element("SENneed", texts({"SENtype": "SPLD"}))),
    "346": element("LookedAfter", texts({"InCare": "1", "CareAuthority": "346"})),
    "GDS": results(result(Result="GDS")),
    "1987": element(
        "Attendance",
        element(
            "YearData",
            texts({"Year": "1987", "SessionsPossible": "9", "SessionsAuthorised": "1", "SessionsAttended": "7"})
            + texts({"SessionsUnauthorised": "1"}),
        ),
    ),
    "Brook Infants": element("SchoolHistory", element("School", texts({"SchoolName": "Brook Infants"}))),
}
SECRET = "Zebra"
IGNORED = {
    "Pupil/Address": element("Address", element("AddressLines", element("AddressLine1", SECRET))),
    "Pupil/Phones": element("Phones", element("Phone", element("PhoneNo", SECRET))),
    "Pupil/Email": element("Email", SECRET),
    "Pupil/Contacts": element("Contacts", element("Contact", element("Surname", SECRET))),
    "Pupil/UniqueLearnerNumber": element("UniqueLearnerNumber", SECRET),
    "Pupil/UCI": element("UCI", SECRET),
    "Pupil/Unheard": element("Unheard", element("Of", SECRET)),
    "Pupil/BasicDetails/MedicalFlag": element("BasicDetails", element("MedicalFlag", SECRET)),
    "Pupil/BasicDetails/FormerSurname": element("BasicDetails", element("FormerSurname", SECRET)),
    "Pupil/BasicDetails/Disabilities": element("BasicDetails", element("Disabilities", element("Disability", SECRET))),
    "Pupil/NAWdetails/NationalIdentity": element("NAWdetails", element("NationalIdentity", SECRET)),
    "Pupil/StageAssessments/KeyStage/StageAssessment/Note": results(result(Subject="SCI", Note=SECRET)),
}


@settings(max_examples=60, deadline=None)
@given(
    kept=st.lists(st.sampled_from(sorted(KEPT)), unique=True),
    ignored=st.lists(st.sampled_from(sorted(IGNORED)), unique=True),
    order=st.randoms(use_true_random=False),
    qualifier=st.sampled_from(["full", "partial"]),
)
def test_a_row_holds_what_the_file_states_and_nothing_else(
    kept: list[str], ignored: list[str], order, qualifier: str
) -> None:
    parts = [KEPT[value] for value in kept] + [IGNORED[path] for path in ignored]
    order.shuffle(parts)
    file = opened(ctf(pupil(*parts), head=header(qualifier=qualifier)))

    (row,) = file

    assert isinstance(row, PupilRow)
    said = repr((row.fields, row.circumstances, row.results, row.attendance, row.schools))
    assert {value for value in KEPT if f"'{value}'" in said or f"={value}," in said} == set(kept)
    assert dict(file.ignored) == dict.fromkeys(ignored, 1)
    assert SECRET not in repr((row, file.warnings, file.header))


@settings(max_examples=60, deadline=None)
@given(name=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\ufffe\uffff"), max_size=40))
def test_any_surname_is_stored_tidily_or_rejected(name: str) -> None:
    name = "".join(sign for sign in name if sign >= " " or sign in "\t\n")
    (row,) = opened(ctf(pupil(surname=name)))

    stored = row.fields["legal_surname"] if isinstance(row, PupilRow) else None

    if stored is None:
        assert row.field == "Surname"
    else:
        assert stored.isprintable()
        assert stored == " ".join(stored.split()) != ""
