"""Results by transfer file, out and in: what was typed and what a file brings are one fact under one key."""

from io import BytesIO

import pytest
import time_machine

from itrack.assessment.api import standing_results, store_results
from itrack.foundation.tenancy.windows import reading, writing
from itrack.imports.api import apply, preview, receipt_counts, send
from itrack.imports.rules.rows import SchoolRef
from itrack.pupils.api import known_pupils
from itrack.statutory.queries.entry import texts_of
from itrack.statutory.rules.assessments import ASSESSMENTS
from itrack.statutory.rules.entry import Entry, sort_out
from tests.cast import NOW
from tests.imports.ctf_maker import basic_details, ctf, element, pupil, result, results, texts, upn
from tests.statutory.conftest import Summer, a_child
from tests.statutory.test_entry import type_in

THORNHILL = SchoolRef("823", "2002", "100002", "Thornhill Primary School")
GROUPS = {one.name: one.year_group for one in ASSESSMENTS.values()}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def every_result(assessment: str, year: int) -> list[dict[str, str]]:
    """Rows in which each component takes every mark and code the year has, as far as they go together."""
    columns = {
        part.name: [*(str(mark) for mark in (part.scale.lowest, part.scale.most) if part.scale.most), *codes]
        for part in ASSESSMENTS[assessment].components(year)
        for codes in [[code.code for code in part.scale.offered(year)]]
    }
    longest = max(map(len, columns.values()))
    rows = [{name: values[n] for name, values in columns.items() if n < len(values)} for n in range(longest)]
    return [without_contradictions(assessment, year, row) for row in rows]


def without_contradictions(assessment: str, year: int, row: dict[str, str]) -> dict[str, str]:
    parts = {part.name: part for part in ASSESSMENTS[assessment].components(year)}
    told = sort_out({(1, name): text for name, text in row.items()}, {}, Entry(year, parts, {1}, {}))
    return {name: text for (_, name), text in told.wanted.items()}


@pytest.mark.parametrize(
    ("assessment", "year"),
    [("ks2", 2026), ("ks2", 2023), ("eyfsp", 2026), ("eyfsp", 2022), ("phonics-1", 2026), ("phonics-2", 2022),
     ("ks1", 2023), ("tables", 2026)],
)  # fmt: skip
def test_whatever_can_be_typed_goes_out_and_comes_back_unchanged(summer: Summer, assessment: str, year: int) -> None:
    rows = every_result(assessment, year)
    names = [f"Child{chr(97 + n)}" for n in range(len(rows))]
    with writing(summer.cast.oakfield):
        for n, name in enumerate(names):
            group = GROUPS[assessment]
            summer.pupils[name] = a_child(
                summer.cast, "Plover", name, group, year=year - 1, since=year - 1, upn=upn(700 + n)
            )

    saved = type_in(summer, "hana", dict(zip(names, rows, strict=True)), assessment=assessment, year=year)
    file = sent(summer, names)
    again = counts_of(summer, "olu", file)
    theirs = brought(summer, file)

    assert saved.refused == []
    assert saved.saved == sum(map(len, rows))
    assert (again["unchanged"], again["changed"], again["new"]) == (len(names), 0, 0)
    assert theirs == {name: row for name, row in zip(names, rows, strict=True) if row}


def sent(summer: Summer, names: list[str]) -> bytes:
    file = BytesIO()
    told = {"school": summer.cast.oakfield, "by": summer.cast.olu.member, "at": NOW}
    with writing(summer.cast.oakfield):
        send(pupils=[summer.pupils[name] for name in names], to=THORNHILL, into=file, **told)
    return file.getvalue()


def counts_of(summer: Summer, who: str, file: bytes) -> dict:
    viewer = summer.cast.people[who]
    with writing(viewer.school):
        batch = preview(school=viewer.school, file=BytesIO(file), by=viewer.member, at=NOW)
        return receipt_counts(school=viewer.school, batch=batch)


def brought(summer: Summer, file: bytes) -> dict[str, dict[str, str]]:
    """The file applied at the other school: what stands there by forename."""
    theo = summer.cast.theo
    with writing(theo.school):
        batch = preview(school=theo.school, file=BytesIO(file), by=theo.member, at=NOW)
        apply(school=theo.school, batch=batch, by=theo.member, at=NOW)
        known = {one.id: one.forename for one in known_pupils(school=theo.school)}
        lines = standing_results(school=theo.school, pupils=list(known))
    assert all(line.recognised for held in lines.values() for line in held)
    return {known[pk]: texts_of(held, held[0].year) for pk, held in lines.items()}


def a_file(**score: str) -> bytes:
    row = result(Year="2026", Subject="ENG", Method="TA", Component="WRI", ResultDate=None, **score)
    spell = {"LEA": "823", "Estab": "2001", "SchoolName": "Oakfield", "EntryDate": "2024-09-01"}
    return ctf(
        pupil(
            basic_details(NCyearActual="6"),
            results(row),
            element("SchoolHistory", element("School", texts(spell))),
            upn=upn(900), surname="Plover", forename="Pia", dob="2015-05-01",
        )
    ).encode()  # fmt: skip


def test_what_a_file_brought_shows_in_the_grid_and_is_replaced_under_its_own_key(summer: Summer) -> None:
    olu, hana = summer.cast.olu, summer.cast.client("hana")
    with writing(summer.cast.oakfield):
        summer.pupils["Pia"] = a_child(summer.cast, "Plover", "Pia", "6", upn=upn(900))
        # Another sender's qualifier: none of ours.
        batch = preview(
            school=olu.school, file=BytesIO(a_file(Result="WTS", ResultQualifier="ZZ")), by=olu.member, at=NOW
        )
        apply(school=olu.school, batch=batch, by=olu.member, at=NOW)
    pia = summer.pupils["Pia"]

    page = hana.get("/mark/statutory", {"assessment": "ks2", "year": "2026"}).content.decode()
    made = type_in(summer, "hana", {"Pia": {"ks2-writing": "EXS"}}, Pia={"ks2-writing": "WTS"})
    with reading(summer.cast.oakfield):
        lines = standing_results(school=summer.cast.oakfield, pupils=[pia])[pia]

    assert f'name="{pia}-ks2-writing" value="WTS"' in page
    assert made.saved == 1
    assert [(line.qualifier, line.result) for line in lines] == [("ZZ", "EXS")]
    same = counts_of(summer, "olu", a_file(Result="EXS", ResultQualifier="ZZ"))
    assert (same["unchanged"], same["changed"]) == (1, 0)


def test_two_rows_that_differ_stand_together_until_one_is_typed(summer: Summer) -> None:
    deed = summer.cast.deed
    with writing(summer.cast.oakfield):
        key = (summer.pupils["Ada"], "KS2", 2026, "ENG", "TA", "WRI")
        for qualifier, text in (("NL", "EXS"), ("ZZ", "WTS")):
            store_results(deed=deed("olu"), rows=[(*key, qualifier, "ENG", "R", text, None, True)])
    both = summer.standing("Ada")["ks2-writing"]

    made = type_in(summer, "hana", {"Ada": {"ks2-writing": "GDS"}}, Ada={"ks2-writing": "EXS/WTS"})

    assert both == "EXS/WTS"
    assert made.saved == 1
    assert summer.standing("Ada") == {"ks2-writing": "GDS"}
