"""What may be uploaded: a transfer file, or a zip with one in it. Zips that play tricks are refused in a sentence."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from itrack.imports.sources import upload
from itrack.imports.sources.refused import Refused
from itrack.imports.sources.upload import opened

TEXT = b"<CTfile>" + b"pupils " * 1000 + b"</CTfile>"


def zipped(files: dict[str, bytes], *, folder: str = "") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        if folder:
            archive.mkdir(folder)
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def with_lying_size(data: bytes, size: int) -> bytes:
    """The zip with another unpacked size in both places that state it."""
    central = data.index(b"PK\x01\x02")
    lie = struct.pack("<I", size)
    return data[:22] + lie + data[26 : central + 24] + lie + data[central + 28 :]


def with_flag(data: bytes, flag: int) -> bytes:
    central = data.index(b"PK\x01\x02")
    return data[:6] + bytes([flag]) + data[7 : central + 8] + bytes([flag]) + data[central + 9 :]


def test_a_plain_file_is_handed_on_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "8232998_CTF_8232996_001 (1).xml"
    path.write_bytes(TEXT)

    with opened(path) as from_path, opened(io.BytesIO(TEXT)) as from_stream:
        assert from_path.read() == from_stream.read() == TEXT


@pytest.mark.parametrize("name", ["CTF.xml", "send/8232998_CTF_8232996_001.XML"])
def test_a_zip_with_one_file_is_unpacked_to_a_stream_that_can_be_read_again(name: str) -> None:
    with opened(io.BytesIO(zipped({name: TEXT}, folder="send"))) as file:
        first = file.read()
        file.seek(0)
        assert first == file.read() == TEXT


def test_what_a_mac_adds_to_a_zip_is_passed_by() -> None:
    made = {"send/CTF.xml": TEXT, "__MACOSX/send/._CTF.xml": b"\0\5\x16\7", "send/.DS_Store": b"x", "._send": b"x"}

    with opened(io.BytesIO(zipped(made))) as file:
        assert file.read() == TEXT


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(upload, "IN_MEMORY", 100)

    with opened(io.BytesIO(zipped({"CTF.xml": TEXT}))) as file:
        assert file.read() == TEXT
        assert list(tmp_path.iterdir()) == []
    with pytest.raises(Refused), opened(io.BytesIO(with_lying_size(zipped({"CTF.xml": TEXT}), 90))):
        pass

    assert file.closed
    assert list(tmp_path.iterdir()) == []


REFUSED = {
    "no files": (zipped({}, folder="empty"), "The zip file is empty"),
    "nothing at all": (zipped({}), "The zip file is empty"),
    "a Mac's own files alone": (zipped({"__MACOSX/._a.xml": b"x", ".DS_Store": b"x"}), "The zip file is empty"),
    "something beside it, from a Mac": (zipped({"a.xml": TEXT, "__MACOSX/._a.xml": b"x", "b.txt": b"x"}), "one .xml"),
    "a way out among a Mac's files": (zipped({"a.xml": TEXT, "__MACOSX/../../._a.xml": b"x"}), "outside its folder"),
    "no transfer file": (zipped({"letter.docx": b"x"}), "one .xml file"),
    "two transfer files": (zipped({"a.xml": TEXT, "b.xml": TEXT}), "one .xml file"),
    "something beside it": (zipped({"a.xml": TEXT, "run.exe": b"x"}), "one .xml file"),
    "a zip in the zip": (zipped({"inner.zip": zipped({"a.xml": TEXT})}), "one .xml file"),
    "many files": (zipped({f"{number}.txt": b"" for number in range(50)}), "more than 20 files"),
    "a way out of the folder": (zipped({"../../etc/a.xml": TEXT}), "outside its folder"),
    "a way out, as Windows has it": (zipped({"..\\a.xml": TEXT}), "outside its folder"),
    "an absolute path": (zipped({"/etc/a.xml": TEXT}), "outside its folder"),
    "a drive": (zipped({"C:/a.xml": TEXT}), "outside its folder"),
    "a password": (with_flag(zipped({"a.xml": TEXT}), 1), "password"),
    "a size said to be huge": (with_lying_size(zipped({"a.xml": TEXT}), 2**31), "larger than"),
    "a size said to be small": (with_lying_size(zipped({"a.xml": TEXT}), 10), "damaged"),
    "cut in the middle": (zipped({"a.xml": TEXT})[:80], "damaged"),
    "bytes changed": (zipped({"a.xml": TEXT}).replace(b"\x00\x00\x00a.xml", b"\x00\x00\x00a.xmk", 1), "damaged"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_zip_that_is_no_upload_is_refused_in_a_sentence(what: str) -> None:
    data, told = REFUSED[what]

    with pytest.raises(Refused, match=told) as refusal, opened(io.BytesIO(data)):
        pass

    assert refusal.value.__context__ is None


def test_a_zip_that_says_how_large_it_gets_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "LARGEST", 1 << 20)
    monkeypatch.setattr(upload, "_copy", None)
    bomb = zipped({"a.xml": b"\0" * (4 << 20)})

    with pytest.raises(Refused, match="larger than"), opened(io.BytesIO(bomb)):
        pass


def test_unpacking_stops_at_the_limit_whatever_was_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "LARGEST", 1 << 20)
    packed, unpacked = io.BytesIO(b"\0" * (4 << 20)), io.BytesIO()

    with pytest.raises(Refused, match="larger than"):
        upload._copy(packed, unpacked)

    assert len(unpacked.getvalue()) <= 1 << 20


def test_a_file_over_the_limit_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "LARGEST", 10)

    with pytest.raises(Refused, match="larger than"), opened(io.BytesIO(TEXT)):
        pass


def test_what_goes_wrong_for_the_reader_stays_its_own() -> None:
    with pytest.raises(ValueError, match="mine"), opened(io.BytesIO(zipped({"a.xml": TEXT}))):
        raise ValueError("mine")
