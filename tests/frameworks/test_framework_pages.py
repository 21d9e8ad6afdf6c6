"""The framework pages: reading, counting, comparing, taking away and bringing in."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from itrack.foundation.models import ChangeSet
from itrack.foundation.tenancy.windows import writing
from itrack.frameworks.api import add_shipped_frameworks, content_of, frameworks
from itrack.frameworks.models import Framework, Statement
from itrack.frameworks.rules.comparing import compare
from itrack.frameworks.sources.csv_file import read_csv
from itrack.frameworks.sources.json_file import read_json
from tests.cast import NOW, Cast

PAGE = "/school/frameworks"


@pytest.fixture
def curriculum(cast: Cast) -> int:
    """The id of Oakfield's national curriculum."""
    with writing(cast.oakfield):
        add_shipped_frameworks(school=cast.oakfield, by=cast.ada.member, at=NOW)
        return next(line.id for line in frameworks(school=cast.oakfield) if line.kind == "curriculum")


def upload(client: Client, body: bytes, name: str = "frame.csv"):
    return client.post(f"{PAGE}/look", {"file": SimpleUploadedFile(name, body)})


def sent_back(answer) -> dict[str, str]:
    held = answer.context["form"]
    return {name: held[name].value() for name in ("name", "version", "content")}


def test_a_teacher_reads_a_subject_and_year_and_cannot_change_anything(cast: Cast, curriculum: int) -> None:
    tom = cast.client("tom")

    page = tom.get(f"{PAGE}/{curriculum}?subject=Maths&band=4-4").content.decode()

    assert "Fractions" in page
    assert "MA.4." in page
    assert "MA.3." not in page
    assert "Year 4" in page
    assert "Bring in a framework" not in tom.get(PAGE).content.decode()
    assert tom.post(f"{PAGE}/{curriculum}/away").status_code == 403
    assert tom.post(f"{PAGE}/bring").status_code == 403


def test_a_subject_that_is_none_opens_the_first(cast: Cast, curriculum: int) -> None:
    assert cast.client("tom").get(f"{PAGE}/{curriculum}?subject=Alchemy&band=99").status_code == 200


def test_completeness_counts_every_subject_and_year(cast: Cast, curriculum: int) -> None:
    answer = cast.client("hana").get(f"{PAGE}/{curriculum}/completeness")

    counted = answer.context["counted"]
    assert [of.subject for of in counted] == ["Reading", "Writing", "Maths", "Science"]
    for of in counted:
        assert of.years == [f"Year {year}" for year in range(1, 7)]
        assert min(of.totals) >= 25


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_a_framework_taken_away_and_brought_in_is_the_same(cast: Cast, curriculum: int, ending: str) -> None:
    hana = cast.client("hana")
    taken = hana.get(f"{PAGE}/{curriculum}/framework.{ending}").content

    looked = upload(hana, taken, f"frame.{ending}")
    assert "There is no difference." in looked.content.decode()
    stored = hana.post(f"{PAGE}/bring", sent_back(looked) | {"version": "2014 ours"})

    assert stored.status_code == 303
    with writing(cast.oakfield):
        ours = Framework.objects.get(school_id=cast.oakfield, version="2014 ours")
        assert ours.owner == Framework.Owner.OWN
        found = compare(
            content_of(school=cast.oakfield, framework=curriculum), content_of(school=cast.oakfield, framework=ours.pk)
        )
    assert [turn.what for turn in found.about] == ["Version"]
    assert [*found.scale, *found.strands, *found.statements] == []
    again = hana.get(f"{PAGE}/{ours.pk}/framework.{ending}").content
    read = read_csv if ending == "csv" else read_json
    assert read(again).content.statements == read(taken).content.statements


def test_a_copy_is_ours_and_can_be_taken_back(cast: Cast, curriculum: int) -> None:
    hana = cast.client("hana")
    with writing(cast.oakfield):
        before = Statement.objects.count()
    hana.post(f"{PAGE}/bring", sent_back(hana.get(f"{PAGE}/{curriculum}/copy")))
    with writing(cast.oakfield):
        made = ChangeSet.objects.filter(kind=ChangeSet.Kind.FRAMEWORK).latest("pk").pk
        assert Statement.objects.count() > before

    undone = hana.post(f"{PAGE}/undo/{made}")

    assert undone.status_code == 303
    with writing(cast.oakfield):
        assert not Framework.objects.filter(owner=Framework.Owner.OWN).exists()
        assert Statement.objects.count() == before


def test_the_same_name_and_version_twice_is_refused(cast: Cast, curriculum: int) -> None:
    hana = cast.client("hana")
    held = sent_back(hana.get(f"{PAGE}/{curriculum}/copy"))

    hana.post(f"{PAGE}/bring", held)
    again = hana.post(f"{PAGE}/bring", held)

    assert again.status_code == 409
    assert "already" in again.content.decode()


def test_rows_that_cannot_be_used_are_named_and_the_rest_can_be_stored(cast: Cast) -> None:
    body = (
        "subject,first year,last year,strand,code,statement,programme of study,retired on\n"
        "Maths,3,3,Number,M1,Count in 4s,,\n"
        "Maths,33,3,Number,M2,Count in 8s,,\n"
        "Maths,3,3,Number,M1,Count in 50s,,\n"
    )

    hana = cast.client("hana")
    looked = upload(hana, body.encode("utf-16"))

    assert [one.row for one in looked.context["refused"]] == [3, 4]
    stored = hana.post(f"{PAGE}/bring", sent_back(looked) | {"name": "Our steps"})
    assert stored.status_code == 303
    with writing(cast.oakfield):
        assert list(Statement.objects.values_list("code", flat=True)) == ["M1"]


@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff\xfe\x00junk", b"a,b,c\n1,2,3\n", b"{", b"[]", b'{"strands": 7}', b"PK\x03\x04zip"]
)
def test_a_file_that_is_none_is_refused_in_a_sentence_and_stores_nothing(cast: Cast, body: bytes) -> None:
    answer = upload(cast.client("hana"), body)

    assert answer.status_code == 422
    [why] = answer.context["upload"].errors["file"]
    assert why.endswith(("Nothing was stored.", "Choose a file first."))
    assert "error" in answer.content.decode()
    with writing(cast.oakfield):
        assert not Framework.objects.exists()


@pytest.mark.parametrize("content", ["", "{", json.dumps({"strands": []}), "x" * 2_000_000])
def test_a_framework_that_did_not_come_back_whole_is_not_stored(cast: Cast, content: str) -> None:
    answer = cast.client("hana").post(f"{PAGE}/bring", {"name": "Ours", "version": "1", "content": content})

    assert answer.status_code in (400, 413, 422)
    with writing(cast.oakfield):
        assert not Framework.objects.exists()


def test_what_is_put_away_can_be_taken_up_again(cast: Cast, curriculum: int) -> None:
    hana = cast.client("hana")

    hana.post(f"{PAGE}/{curriculum}/away")
    with writing(cast.oakfield):
        assert curriculum not in [line.id for line in frameworks(school=cast.oakfield)]
    hana.post(f"{PAGE}/{curriculum}/up")

    with writing(cast.oakfield):
        assert curriculum in [line.id for line in frameworks(school=cast.oakfield)]


def test_what_differs_is_listed(cast: Cast, curriculum: int) -> None:
    hana = cast.client("hana")
    with writing(cast.oakfield):
        goals = next(line.id for line in frameworks(school=cast.oakfield) if line.kind == "early")

    page = hana.get(f"{PAGE}/{curriculum}/difference?other={goals}").content.decode()

    assert "Removed: <strong>17</strong>" in page
    assert "strands only in one of the two</summary>" in page
    assert '<details class="more"><summary>' in page, "hundreds of rows are there for who opens them"
    assert hana.get(f"{PAGE}/{curriculum}/difference?other=999999").status_code == 404


def test_what_differs_is_taken_away_as_csv_and_as_json(cast: Cast, curriculum: int) -> None:
    tom = cast.client("tom")
    with writing(cast.oakfield):
        goals = next(line.id for line in frameworks(school=cast.oakfield) if line.kind == "early")

    told = tom.get(f"{PAGE}/{curriculum}/difference.json?other={goals}").json()
    rows = tom.get(f"{PAGE}/{curriculum}/difference.csv?other={goals}").content.decode("utf-8-sig").splitlines()

    assert (told["before"], told["now"], told["same"]) == (
        "Early learning goals, 2021", "National curriculum, 2014", False
    )  # fmt: skip
    whole = [*told["framework"], *told["scale"], *told["strands"]]
    assert len(rows) == 1 + len(whole) + sum(len(each["changed"]) or 1 for each in told["statements"])
    assert sum(each["what"] == "removed" for each in told["statements"]) == 17
    assert tom.get(f"{PAGE}/{curriculum}/difference.json").json()["same"] is True


def test_another_schools_framework_is_none(cast: Cast, curriculum: int) -> None:
    theo = cast.client("theo")

    for page in (
        "",
        "/completeness",
        "/difference",
        "/difference.csv",
        "/difference.json",
        "/framework.csv",
        "/framework.json",
        "/copy",
    ):
        assert theo.get(f"{PAGE}/{curriculum}{page}").status_code == 404
    assert theo.post(f"{PAGE}/{curriculum}/away").status_code == 404
    assert theo.get(f"{PAGE}/1/difference?other={curriculum}").status_code == 404
