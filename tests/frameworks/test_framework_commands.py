"""`itrack frameworks`: what the pages of frameworks do, for scripts."""

import csv
import json
from contextlib import nullcontext
from pathlib import Path

import pytest

from itrack.config.cli import __main__ as cli
from itrack.config.cli import frameworks as command
from itrack.config.undoing import take_back
from itrack.foundation.tenancy.windows import reading, writing
from itrack.frameworks.api import add_shipped_frameworks, content_of, frameworks
from itrack.frameworks.sources.shipped import shipped
from tests.cast import NOW, Cast

CURRICULUM = "National curriculum, 2014"


@pytest.fixture(autouse=True)
def here(cast: Cast, monkeypatch) -> None:
    """The command stands on the database of this test, whose school has what comes with the product."""
    monkeypatch.setattr(command, "standing", lambda asked: nullcontext())
    with writing(cast.oakfield):
        add_shipped_frameworks(school=cast.oakfield, by=cast.ada.member, at=NOW)


@pytest.fixture
def told(cast: Cast, capsys):
    def ask(*words: str, by: str = "hana") -> tuple[int, object]:
        code = cli.main(["frameworks", *words, "--school", "100001", "--by", by, "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out) if code == 0 else said.err

    return ask


def test_the_list_names_each_with_its_number_and_statements(cast: Cast, told) -> None:
    code, lines = told("list", by="tom")

    assert code == 0
    assert [(line["framework"], line["statements"]) for line in lines] == [
        (content.about.name, len(content.statements)) for content in sorted(shipped(), key=lambda one: one.about.name)
    ]


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_the_shipped_framework_comes_back_from_a_file_without_a_difference(
    cast: Cast, told, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"ours.{ending}"

    code, sent = told("export", CURRICULUM, "--out", str(file))
    assert (code, sent["statements"]) == (0, 809)
    assert told("diff", CURRICULUM, str(file))[1]["same"] is True
    _, looked = told("import", str(file))
    assert (looked["change_set"], looked["differences"], looked["refused"]) == (None, 0, [])
    _, made = told("import", str(file), "--version", "2014 ours", "--apply")

    with reading(cast.oakfield):
        ids = {line.title: line.id for line in frameworks(school=cast.oakfield)}
        ours = content_of(school=cast.oakfield, framework=ids["National curriculum, 2014 ours"])
    assert (ours.statements, ours.strands, ours.depths) == (
        shipped()[0].statements,
        shipped()[0].strands,
        shipped()[0].depths,
    )
    with writing(cast.oakfield):
        take_back(viewer=cast.hana, change_set=made["change_set"], at=NOW)
    assert [line["version"] for line in told("list")[1]] == ["2021", "2014"]


def test_a_difference_is_told_in_both_forms_and_in_every_particular(cast: Cast, told, tmp_path: Path) -> None:
    file = tmp_path / "theirs.json"
    told("export", CURRICULUM, "--out", str(file))
    theirs = json.loads(file.read_bytes())
    first = theirs["strands"][0]["statements"]
    first[0]["statement"] = "=Say every sound"
    gone = first.pop()
    file.write_text(json.dumps(theirs))

    _, found = told("diff", CURRICULUM, str(file), "--out", str(tmp_path / "found.json"))
    told("diff", CURRICULUM, str(file), "--out", str(tmp_path / "found.csv"))

    assert json.loads((tmp_path / "found.json").read_bytes()) == found
    assert [(one["what"], one["code"]) for one in found["statements"]] == [
        ("changed", first[0]["code"]),
        ("removed", gone["code"]),
    ]
    [turn] = found["statements"][0]["changed"]
    assert (turn["of it"], turn["now"]) == ("Statement", "=Say every sound")
    rows = list(csv.DictReader((tmp_path / "found.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["what"], row["code"]) for row in rows] == [(one["what"], one["code"]) for one in found["statements"]]
    assert rows[0]["now"] == "'=Say every sound"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["export", "Alchemy", "--out", "x.csv"], "no framework “Alchemy”"),
        (["export", CURRICULUM, "--out", "x.xlsx"], "ends in .csv or .json"),
        (["diff", CURRICULUM, "nowhere.csv"], "cannot be read"),
        (["import", "nowhere.csv"], "cannot be read"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    told, tmp_path: Path, monkeypatch, words: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)

    code, why = told(*words)

    assert code == 1
    assert said in why
    assert list(tmp_path.iterdir()) == []


def test_a_teacher_reads_and_does_not_bring_in(told, tmp_path: Path) -> None:
    file = tmp_path / "ours.csv"
    assert told("export", CURRICULUM, "--out", str(file), by="tom")[0] == 0

    code, why = told("import", str(file), "--version", "9", "--apply", by="tom")

    assert (code, why) == (1, "The role teacher may not do this.\n")


def test_another_schools_person_and_framework_are_none(cast: Cast, told) -> None:
    assert "no such user" in told("list", by="theo")[1]
    with writing(cast.thornhill):
        add_shipped_frameworks(school=cast.thornhill, by=cast.theo.member, at=NOW)
        theirs = frameworks(school=cast.thornhill)[0].id

    assert "no framework" in told("diff", str(theirs), CURRICULUM)[1]


def test_bad_rows_are_told_and_the_rest_is_stored(told, tmp_path: Path) -> None:
    file = tmp_path / "some.csv"
    file.write_text("subject,first year,strand,code,statement\nMaths,3,Number,M1,Count\nMaths,33,Number,M2,Add\n")

    _, made = told("import", str(file), "--name", "Our steps", "--apply")

    assert (made["framework"], made["statements"], [one["row"] for one in made["refused"]]) == ("Our steps", 1, [3])
    assert "rows cannot be used" in told("diff", CURRICULUM, str(file))[1]
