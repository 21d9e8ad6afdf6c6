"""The receipt of a file, as `itrack ctf check` prints it."""

import json

import pytest

from itrack.imports.rules.receipt import Receipt, as_text
from itrack.imports.sources.checking import check
from tests.imports.ctf_maker import ctf, element, header, opened, pupil, result, results, upn

TWO = ctf(
    pupil(element("Email", "x@example.org"), results(result(), result(Year="2024")), upn=upn(), sex="9"),
    pupil(forename="Ifan", surname="Ashdown", dob=None),
    head=header(version="9.0"),
)


def test_a_receipt_is_the_promised_json() -> None:
    receipt = check(opened(TWO)).as_json()

    assert json.loads(json.dumps(receipt)) == {
        "version": "9.0",
        "source": "823/2998",
        "pupils": 2,
        "admitted": 1,
        "rejected": [
            {
                "line": 6,
                "pupil": "Ifan Ashdown",
                "field": "Date of birth",
                "reason": "The pupil has no date of birth in the file.",
            }
        ],
        "ignored": {"Pupil/Email": 1},
        "results": 2,
        "warnings": [
            "The file states version 9.0; we know 12 to 26. It was read as far as it is alike.",
            "Line 3: The sex is written “9”. Only M and F can be read, so it is left open.",
        ],
    }
    assert list(receipt)[:4] == ["version", "source", "pupils", "admitted"]


def test_a_receipt_reads_well_in_a_terminal() -> None:
    assert as_text(check(opened(TWO))) == (
        "Common Transfer File 9.0 from 823/2998\n"
        "1 of 2 pupils can be taken.\n"
        "2 statutory results found.\n"
        "\nNot taken (1):\n"
        "  line 6, Ifan Ashdown: The pupil has no date of birth in the file.\n"
        "\nWorth a look (2):\n"
        "  The file states version 9.0; we know 12 to 26. It was read as far as it is alike.\n"
        "  Line 3: The sex is written “9”. Only M and F can be read, so it is left open.\n"
        "\nRead past and not stored:\n"
        "       1  Pupil/Email"
    )


def test_an_empty_receipt_says_only_what_it_knows() -> None:
    text = as_text(Receipt(version="", source="", pupils=1, admitted=1))

    assert text == "Common Transfer File of no stated version\n1 of 1 pupil can be taken.\n0 statutory results found."


@pytest.mark.parametrize("version", ["12.0", "17", "26.0"])
def test_known_versions_pass_in_silence(version: str) -> None:
    assert check(opened(ctf(pupil(), head=header(version=version)))).warnings == []


@pytest.mark.parametrize("version", ["11.0", "27.0", "", "new"])
def test_other_versions_are_read_with_a_warning(version: str) -> None:
    receipt = check(opened(ctf(pupil(), head=header(version=version))))

    assert receipt.admitted == 1
    assert "we know 12 to 26" in receipt.warnings[0]


@pytest.mark.parametrize(
    ("la", "estab", "source"), [("XXX", "XXXX", "XXX/XXXX"), ("823", "LLLL", "823/LLLL"), ("", "", "")]
)
def test_the_source_is_whatever_the_header_says(la: str, estab: str, source: str) -> None:
    assert check(opened(ctf(pupil(), head=header(la=la, estab=estab)))).source == source


def test_header_names_are_read_without_regard_to_case() -> None:
    head = header().replace("CTFversion", "CTFVersion").replace("SupplierID", "SupplierId").replace("LEA>", "lea>")
    file = opened(ctf(pupil(), head=head))

    assert (file.header.version, file.header.supplier, file.header.source.la) == ("26.0", "OURS", "823")
    assert file.header.source.name == "Millbrook Primary School"
    assert file.header.academic_year == 2026


def test_a_file_with_a_namespace_is_read_like_one_without() -> None:
    for opening, closing in (
        ('<CTfile xmlns="urn:x">', "</CTfile>"),
        ('<CTfile xmlns="urn:x" xmlns:y="urn:y">', "</CTfile>"),
    ):
        text = ctf(pupil(results(result()), upn=upn())).replace("<CTfile>", opening).replace("</CTfile>", closing)
        (row,) = opened(text)
        (plain,) = opened(ctf(pupil(results(result()), upn=upn())))
        assert row == plain
