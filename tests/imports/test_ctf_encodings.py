"""However the bytes are written, the names come out right, or the file is refused in a sentence."""

import codecs

import pytest

from itrack.imports.sources.ctf import Refused
from itrack.imports.sources.encoding import MISLABELLED, MISLABELLED_WINDOWS
from tests.imports.ctf_maker import ctf, opened, pupil

SURNAME = "O’Brânnock"
UTF16 = {"le": codecs.BOM_UTF16_LE, "be": codecs.BOM_UTF16_BE}


def file_with(declared: str | None, codec: str, mark: bytes = b"") -> bytes:
    return mark + ctf(pupil(surname=SURNAME), declared=declared).encode(codec)


READ = {
    "utf-8": file_with("utf-8", "utf-8"),
    "utf-8 in capitals": file_with("UTF-8", "utf-8"),
    "utf-8 with a mark": file_with("utf-8", "utf-8", codecs.BOM_UTF8),
    "utf-8 with a mark, called windows": file_with("windows-1252", "utf-8", codecs.BOM_UTF8),
    "utf-8 not declared": file_with(None, "utf-8"),
    "utf-8 called ascii": file_with("us-ascii", "utf-8"),
    "utf-8 called utf-16": file_with("utf-16", "utf-8"),
    "utf-16 little with a mark": file_with("utf-16", "utf-16-le", codecs.BOM_UTF16_LE),
    "utf-16 big with a mark": file_with("utf-16", "utf-16-be", codecs.BOM_UTF16_BE),
    "utf-16 little without a mark": file_with("utf-16", "utf-16-le"),
    "utf-16 big without a mark": file_with("utf-16", "utf-16-be"),
    "utf-16 little not declared": file_with(None, "utf-16-le"),
    "utf-16 with a mark, called utf-8": file_with("utf-8", "utf-16-le", codecs.BOM_UTF16_LE),
    "windows": file_with("windows-1252", "cp1252"),
    "windows called latin": file_with("iso-8859-1", "cp1252"),
}
MISLED = {
    "windows called utf-8": file_with("utf-8", "cp1252"),
    "windows not declared": file_with(None, "cp1252"),
    "windows called ascii": file_with("us-ascii", "cp1252"),
}


@pytest.mark.parametrize("how", READ)
def test_names_come_out_right(how: str) -> None:
    file = opened(READ[how])

    (row,) = file

    assert row.fields["legal_surname"] == SURNAME
    assert file.warnings == []


@pytest.mark.parametrize("how", MISLED)
def test_a_wrong_label_is_put_right_and_told(how: str) -> None:
    file = opened(MISLED[how])

    (row,) = file

    assert row.fields["legal_surname"] == SURNAME
    assert file.warnings == [MISLABELLED]


@pytest.mark.parametrize("label", ["windows-1252", "iso-8859-1", "iso-8859-15"])
def test_utf8_under_another_label_is_read_as_what_it_is_and_told(label: str) -> None:
    file = opened(file_with(label, "utf-8"))

    (row,) = file

    assert row.fields["legal_surname"] == SURNAME
    assert file.warnings == [MISLABELLED_WINDOWS]


def test_a_label_makes_no_difference_where_there_is_no_accent() -> None:
    assert opened(ctf(pupil(), declared="windows-1252").encode()).warnings == []


def test_a_wrong_byte_at_the_very_end_changes_how_the_first_pupil_is_read() -> None:
    early, late = pupil(surname="Brânnock"), pupil(surname="Ésme")
    text = ctf(early, *[pupil() for _ in range(2000)], late, declared="utf-8")

    file = opened(text.encode("cp1252"))

    first, *_, last = file
    assert (first.fields["legal_surname"], last.fields["legal_surname"]) == ("Brânnock", "Ésme")
    assert file.warnings == [MISLABELLED]


def test_a_character_cut_by_the_end_of_a_piece_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("itrack.imports.sources.encoding.CHUNK", 61)

    for how in ("utf-8", "utf-16 big with a mark", "windows"):
        (row,) = opened(READ[how])
        assert row.fields["legal_surname"] == SURNAME


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (file_with("utf-7", "utf-8"), "“utf-7”"),
        (file_with("ebcdic-cp-gb", "utf-8"), "“ebcdic-cp-gb”"),
        (file_with("utf-8", "cp1252").replace(b"Ottilie", b"Ott\n\x81lie"), "Line 5 of the file has bytes"),
        (file_with("windows-1252", "cp1252").replace(b"Ottilie", b"\x90"), "Line 4 of the file has bytes"),
        (file_with("utf-16", "utf-16-le", codecs.BOM_UTF16_LE)[:-1], "bytes that stand for no character"),
        (file_with("utf-8", "utf-32-le", codecs.BOM_UTF32_LE), "(NUL)"),
        (file_with("utf-8", "utf-8").replace(b"Ottilie", b"Ott\0lie"), "(NUL)"),
    ],
)
def test_bytes_that_fit_nothing_are_refused(data: bytes, told: str) -> None:
    with pytest.raises(Refused, match=r"Nothing was read|never is") as refusal:
        list(opened(data))

    assert told in str(refusal.value)
