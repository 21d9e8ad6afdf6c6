"""Whole files, invented by us, with everything in them that a school's file has."""

from pathlib import Path

import pytest

from itrack.imports.rules.rows import PupilRow
from itrack.imports.sources.checking import check
from itrack.imports.sources.ctf import open_ctf
from itrack.imports.sources.upload import opened
from itrack.pupils.rules import is_temporary_upn
from tests.imports.ctf_maker import TODAY

SAMPLES = Path(__file__).parents[1] / "samples"


def pupils_of(name: str) -> list[PupilRow]:
    with opened(SAMPLES / name) as file:
        rows = list(open_ctf(file, today=TODAY))
    return [row for row in rows if isinstance(row, PupilRow)]


@pytest.mark.parametrize(
    ("name", "source", "pupils", "results"),
    [
        ("class_year_5.xml", "823/2998", 30, 179),
        ("one_pupil.xml", "823/2998", 1, 0),
        ("from_wales.xml", "674/2997", 3, 0),
    ],
)
def test_every_pupil_of_a_good_file_is_admitted_without_a_warning(
    name: str, source: str, pupils: int, results: int
) -> None:
    with opened(SAMPLES / name) as file:
        receipt = check(open_ctf(file, today=TODAY))

    assert (receipt.source, receipt.pupils, receipt.admitted) == (source, pupils, pupils)
    assert receipt.results == results == (SAMPLES / name).read_text().count("<StageAssessment>")
    assert receipt.warnings == []


def test_a_class_brings_its_names_circumstances_and_results() -> None:
    pupils = pupils_of("class_year_5.xml")

    kinds = [row.kind for pupil in pupils for row in pupil.circumstances]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "fsm": 6,
        "sen": 6,
        "sen_need": 6,
        "year": 30,
        "care": 1,
        "service": 1,
    }
    assert [pupil.fields["legal_surname"] for pupil in pupils if is_temporary_upn(pupil.upn)] == ["Goldthorpe"]
    assert sum(pupil.upn == "" for pupil in pupils) == 1
    assert sum(len(pupil.results) for pupil in pupils) == 179
    assert all(result.recognised for pupil in pupils for result in pupil.results)


def test_wales_keeps_its_own_stages_and_needs() -> None:
    first, second, third = pupils_of("from_wales.xml")

    assert {(row.kind, row.code) for row in first.circumstances} == {
        ("year", "5"),
        ("aln", "IDP"),
        ("aln_need", "SLCD"),
    }
    assert [row.code for row in second.circumstances if row.kind == "sen"] == ["A", "P"]
    assert [row.key for row in third.circumstances if row.kind == "fsm"] == ["2023-09-04|WLS"]
