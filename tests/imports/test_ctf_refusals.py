"""Files that are broken, hostile or something else: each is refused in one sentence that quotes no pupil."""

import pytest

from itrack.imports.sources import ctf as reader
from itrack.imports.sources.ctf import Refused
from tests.imports.ctf_maker import ctf, element, header, opened, pupil, result, results

NAME = "Thistlewood"
GOOD = ctf(pupil(), pupil())
ENTITIES = '<!DOCTYPE CTfile [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE CTfile [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def with_doctype(doctype: str) -> str:
    return GOOD.replace("<CTfile>", doctype + "<CTfile>")


def nested(depth: int) -> str:
    return "<x>" * depth + "</x>" * depth


REFUSED = {
    "an empty file": ("", "empty"),
    "only space": ("  \n", "not XML"),
    "a spreadsheet as text": ("UPN,Surname\nH823299826112,Thistlewood\n", "not XML"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\xff" * 50, "not XML"),
    "a web page": ("<html><body>Thistlewood</body></html>", "“html”"),
    "an admissions file": (GOOD.replace("CTfile", "ATfile"), "“ATfile”"),
    "a name in small letters": (GOOD.replace("CTfile", "ctfile"), "“ctfile”"),
    "an empty document type": (with_doctype("<!DOCTYPE CTfile>"), "DOCTYPE"),
    "a small-letter document type": (with_doctype("<!doctype CTfile>"), "DOCTYPE"),
    "a document type behind a comment": (with_doctype("<!-- hello --> <!DOCTYPE CTfile>"), "DOCTYPE"),
    "entities that grow": (with_doctype(ENTITIES).replace("Ottilie", "&b;"), "DOCTYPE"),
    "an entity from outside": (with_doctype(OUTSIDE).replace("Ottilie", "&a;"), "DOCTYPE"),
    "a document type after the root": (GOOD.replace("<CTfile>", "<CTfile><!DOCTYPE x>"), "damaged at line 2"),
    "an entity nobody declared": (GOOD.replace("Ottilie", "&nbsp;"), "damaged at line 4"),
    "cut in the middle": (GOOD[: len(GOOD) // 2], "breaks off"),
    "cut before the last tag": (GOOD[:-3], "breaks off"),
    "cut inside the header": (GOOD[:120], "breaks off"),
    "tags that cross": (GOOD.replace("</Surname>", "</Forename>", 1), "damaged at line 4"),
    "a bare ampersand": (GOOD.replace("Ottilie", "Tom & Tess"), "damaged at line 4"),
    "text behind the end": (GOOD + "<more/>", "damaged"),
    "no header": (ctf(pupil(), head=""), "no header"),
    "a header behind the pupils": (ctf(pupil(), head="").replace("</CTfile>", header() + "</CTfile>"), "no header"),
    "nothing in it": ("<CTfile/>", "no header"),
    "no pupils' part": (element("CTfile", header()), "no pupils"),
    "an empty pupils' part": (ctf(), "no pupils"),
    "pupils in the wrong place": (element("CTfile", header(), pupil()), "no pupils"),
    "elements inside elements": (ctf(pupil(nested(40))), "nested deeper"),
    "elements a thousand deep": (ctf(pupil(nested(1000))), "nested deeper"),
    "deep inside a result": (ctf(pupil(results(result(Extra="q").replace("q", nested(40))))), "nested deeper"),
}


@pytest.mark.parametrize("chunk", [1 << 16, 150])
@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_in_a_sentence(what: str, chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("itrack.imports.sources.encoding.CHUNK", chunk)
    data, told = REFUSED[what]

    with pytest.raises(Refused) as refusal:
        list(opened(data))

    said = str(refusal.value)
    assert told in said
    assert NAME not in said
    assert said.endswith(".")
    assert not any(word in said.lower() for word in ("invalid", "error", "failed", "please", "!"))
    assert refusal.value.__cause__ is refusal.value.__context__ is None


def test_two_documents_in_one_file_are_refused_wherever_they_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    first = GOOD.replace("</CTfile>", "&nobody;")
    monkeypatch.setattr("itrack.imports.sources.encoding.CHUNK", len(first))

    with pytest.raises(Refused, match="damaged"):
        list(opened(first + GOOD))


def test_what_a_good_file_may_still_hold_is_read() -> None:
    text = GOOD.replace("<CTfile>", "<!-- <!DOCTYPE is only mentioned --><CTfile>").replace(
        "Ottilie", "<![CDATA[Tilly]]>"
    )

    assert [row.fields["legal_forename"] for row in opened(text)] == ["Tilly", "Tilly"]


def test_sixteen_levels_are_deep_enough_and_seventeen_too_deep() -> None:
    assert list(opened(ctf(pupil(nested(13)))))

    with pytest.raises(Refused, match="nested deeper"):
        list(opened(ctf(pupil(nested(14)))))


def test_a_file_over_the_limit_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LARGEST", len(GOOD) - 1)

    with pytest.raises(Refused, match="larger than"):
        opened(GOOD)


def test_too_many_pupils_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_PUPILS", 1)

    with pytest.raises(Refused, match="more than 1 pupils"):
        list(opened(GOOD))


@pytest.mark.parametrize(
    "bomb",
    [
        pupil(surname="A" * 3_000_000),
        element("Pupil", "<a/>" * 600_000),
        element("Pupil", "<Pupil/>" * 300_000),
        "<a/>" * 600_000,
    ],
    ids=["one long text", "many elements", "pupils in a pupil", "no pupil for long"],
)
def test_an_entry_larger_than_any_pupil_stops_the_reading(bomb: str) -> None:
    with pytest.raises(Refused, match="larger than any pupil"):
        list(opened(ctf(bomb)))


def test_pupils_before_the_damage_are_delivered_so_whoever_reads_must_wait_for_the_end() -> None:
    file = opened(ctf(*[pupil() for _ in range(3000)])[:-20])

    assert next(iter(file)).fields["legal_surname"] == NAME
    with pytest.raises(Refused, match="breaks off"):
        list(file)
