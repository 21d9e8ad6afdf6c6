"""Editing a school's own framework: one statement at a time, each deed undone by itself, judged words kept."""

import pytest
from django.test import Client

from itrack.config.undoing import take_back
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.frameworks.api import (
    add_shipped_frameworks,
    bring_framework,
    content_of,
    frameworks,
    opened_statement,
    put_away,
    reword_statement,
    statements,
)
from itrack.frameworks.models import Statement
from itrack.frameworks.rules.content import About, Content, StatementFacts, StrandFacts
from itrack.frameworks.rules.scale import FIRST_SCALE
from itrack.objectives.api import save_statements, use_objectives
from tests.cast import NOW, Cast, a_pupil

PLACE, SUMS = (StrandFacts("Maths", "4", "4", name) for name in ("Place value", "Addition"))
WORDS = ("Counts in sixes", "Counts in nines", "Rounds to tens")


def a_framework(*, school: int, by: int) -> int:
    told = [StatementFacts(PLACE, f"M{n}", text) for n, text in enumerate(WORDS, start=1)]
    content = Content(About("Ours", "1"), FIRST_SCALE, (PLACE, SUMS), (*told, StatementFacts(SUMS, "M9", "Adds")))
    bring_framework(school=school, content=content, by=by, at=NOW)
    return next(line.id for line in frameworks(school=school) if line.name == "Ours")


@pytest.fixture
def ours(cast: Cast) -> int:
    with writing(cast.oakfield):
        return a_framework(school=cast.oakfield, by=cast.hana.member)


@pytest.fixture
def hana(cast: Cast) -> Client:
    return cast.client("hana")


def page_of(framework: int, code: str = "", deed: str = "") -> str:
    where = f"/school/frameworks/{framework}"
    if code:
        where += f"/statements/{Statement.objects.get(framework_id=framework, code=code).pk}"
    return where + (f"/{deed}" if deed else "")


def told(cast: Cast, framework: int) -> list[tuple[str, str, bool]]:
    with reading(cast.oakfield):
        return [
            (one.code, one.text, bool(one.retired_on))
            for one in content_of(school=cast.oakfield, framework=framework).statements
        ]


def do(cast: Cast, client: Client, framework: int, code: str, deed: str, **typed: str):
    """Presses a button of a statement's page as it stands now, or of the list for Up."""
    with reading(cast.oakfield):
        where = page_of(framework, code, deed)
    if "seen" not in typed and deed == "up":
        strands = client.get(f"/school/frameworks/{framework}?subject=Maths&band=4-4").context["page"].strands
        typed["seen"] = next(one.seen for one in strands if code in [line.code for line in one.statements])
    elif "seen" not in typed:
        typed["seen"] = client.get(where.removesuffix(f"/{deed}")).context["page"].seen
    return client.post(where, typed)


def judge(cast: Cast, code: str) -> int:
    """Somebody is judged by the statement; the change set."""
    with writing(cast.oakfield):
        pupil = a_pupil(cast.deed("olu"), "Acorn", "Amara", "4")
        use_objectives(school=cast.oakfield, times={"maths": 1}, by=cast.hana.member, at=NOW)
        cells = {(pupil, Statement.objects.get(code=code).pk): "S"}
        saved = save_statements(school=cast.oakfield, cells=cells, by=cast.hana.member, at=NOW)
    assert saved.change_set, saved.refused
    return saved.change_set


def last_deed(cast: Cast) -> int:
    with reading(cast.oakfield):
        return ChangeSet.objects.filter(kind=ChangeSet.Kind.FRAMEWORK).latest("pk").pk


@pytest.mark.parametrize(
    ("code", "deed", "typed", "then"),
    [
        ("M1", "reword", {"text": " Counts in\r\n6s  "}, [("M1", "Counts in 6s", False), ("M2", WORDS[1], False)]),
        ("M2", "up", {}, [("M2", WORDS[1], False), ("M1", WORDS[0], False)]),
        ("M1", "retire", {}, [("M1", WORDS[0], True), ("M2", WORDS[1], False)]),
        ("M1", "replace", {"text": "Counts in 6s"}, [("M1", WORDS[0], True), ("MA.4.PV.01", "Counts in 6s", False)]),
    ],
)
def test_each_deed_does_what_it_says_and_is_undone_alone(
    cast: Cast, ours: int, hana: Client, code: str, deed: str, typed: dict, then: list
) -> None:
    before = told(cast, ours)

    answer = do(cast, hana, ours, code, deed, **typed)

    assert answer.status_code == 303
    assert told(cast, ours)[:2] == then
    landed = hana.get(answer["Location"]).content.decode()
    assert f"/undo/{last_deed(cast)}" in landed
    undone = hana.post(f"/school/frameworks/undo/{last_deed(cast)}?back={ours}&subject=Maths&band=4-4")
    assert undone["Location"].startswith(f"/school/frameworks/{ours}?subject=Maths&band=4-4&done=")
    assert told(cast, ours) == before


def test_what_is_retired_is_brought_back(cast: Cast, ours: int, hana: Client) -> None:
    do(cast, hana, ours, "M1", "retire")
    do(cast, hana, ours, "M1", "back")

    assert told(cast, ours)[0] == ("M1", WORDS[0], False)


def test_a_statement_is_added_last_in_its_strand_or_in_a_new_one(cast: Cast, ours: int, hana: Client) -> None:
    where = f"/school/frameworks/{ours}/add?subject=Maths&band=4-4"
    strands = dict(reversed(pair) for pair in hana.get(page_of(ours)).context["page"].strands_here)

    hana.post(where, {"text": "Counts in 25s", "strand": strands["Place value"]})
    hana.post(where, {"text": "Knows ½ of 8", "new_strand": "Fractions", "pointer": "Ours"})

    with reading(cast.oakfield):
        held = statements(school=cast.oakfield, framework=ours)
    assert [(one.code, one.strand.name) for one in held] == [
        ("M1", "Place value"), ("M2", "Place value"), ("M3", "Place value"), ("MA.4.PV.01", "Place value"),
        ("M9", "Addition"), ("MA.4.FR.01", "Fractions"),
    ]  # fmt: skip
    hana.post(f"/school/frameworks/undo/{last_deed(cast)}")
    assert "Fractions" not in [one.name for one in hana.get(page_of(ours)).context["page"].strands]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": "", "strand": "1"}, "needs words"),
        ({"text": "Halves"}, "Choose a strand"),
        ({"text": "Halves", "strand": "999999"}, "not one of the available"),
        ({"text": "x" * 201, "new_strand": "S"}, "at most 200"),
    ],
)
def test_what_cannot_be_added_is_said_at_its_field(ours: int, hana: Client, typed: dict, said: str) -> None:
    answer = hana.post(f"/school/frameworks/{ours}/add?subject=Maths&band=4-4", typed)

    assert answer.status_code == 422
    assert said in " ".join(words for found in answer.context["add"].errors.values() for words in found)


def test_two_statements_of_a_strand_do_not_say_the_same(cast: Cast, ours: int, hana: Client) -> None:
    answer = do(cast, hana, ours, "M1", "reword", text="COUNTS in nines")

    assert answer.status_code == 409
    assert "M2, in the same strand, says the same" in answer.content.decode()
    do(cast, hana, ours, "M1", "retire")
    hana.post(f"/school/frameworks/{ours}/add?subject=Maths&band=4-4", {"text": WORDS[0], "new_strand": "Place value"})
    assert do(cast, hana, ours, "M1", "back").status_code == 409


def test_words_pupils_are_judged_by_stay_and_are_replaced_beside(cast: Cast, ours: int, hana: Client) -> None:
    judge(cast, "M1")

    kept = do(cast, hana, ours, "M1", "reword", text="Counts in 7s")
    assert kept.status_code == 409
    assert "keeps its words" in kept.content.decode()
    assert do(cast, hana, ours, "M1", "replace", text=WORDS[0], pointer="Our plan").status_code == 303
    assert told(cast, ours)[0] == ("M1", WORDS[0], False)
    assert do(cast, hana, ours, "M1", "replace", text="Counts in 7s").status_code == 303

    assert told(cast, ours)[:2] == [("M1", WORDS[0], True), ("MA.4.PV.01", "Counts in 7s", False)]


def test_a_rewording_pupils_were_judged_by_since_is_not_taken_back(cast: Cast, ours: int, hana: Client) -> None:
    do(cast, hana, ours, "M1", "reword", text="Counts in 6s")
    made = last_deed(cast)
    mark = judge(cast, "M1")

    assert hana.post(f"/school/frameworks/undo/{made}").status_code == 409
    with pytest.raises(Refused, match="judged by the new words"), writing(cast.oakfield):
        take_back(viewer=cast.hana, change_set=made, at=NOW)
    with writing(cast.oakfield):
        take_back(viewer=cast.hana, change_set=mark, at=NOW)
        take_back(viewer=cast.hana, change_set=made, at=NOW)
    assert told(cast, ours)[0] == ("M1", WORDS[0], False)


@pytest.mark.parametrize(("first", "second"), [("reword", "retire"), ("reword", "reword"), ("retire", "replace")])
def test_the_second_of_two_is_told_and_nothing_is_overwritten(
    cast: Cast, ours: int, hana: Client, first: str, second: str
) -> None:
    with reading(cast.oakfield):
        code = Statement.objects.get(code="M1").pk
        seen = opened_statement(school=cast.oakfield, framework=ours, statement=code).seen
    do(cast, hana, ours, "M1", first, text="Counts in 6s")
    before = told(cast, ours)

    answer = do(cast, cast.client("ada"), ours, "M1", second, text="Counts in 7s", seen=seen)

    assert answer.status_code == 409
    assert "Somebody else has changed this" in answer.content.decode()
    assert told(cast, ours) == before


def test_an_order_that_changed_meanwhile_is_not_moved(cast: Cast, ours: int, hana: Client) -> None:
    seen = hana.get(page_of(ours)).context["page"].strands[0].seen
    do(cast, hana, ours, "M2", "up")

    assert do(cast, hana, ours, "M3", "up", seen=seen).status_code == 409
    assert [code for code, _, _ in told(cast, ours)] == ["M2", "M1", "M3", "M9"]
    assert do(cast, hana, ours, "M2", "up").status_code == 303  # the first stays where it is


def test_after_a_replacement_the_order_can_still_be_moved(cast: Cast, ours: int, hana: Client) -> None:
    do(cast, hana, ours, "M2", "replace", text="Counts in 9s")
    do(cast, hana, ours, "MA.4.PV.01", "up")
    do(cast, hana, ours, "M3", "up")

    assert [code for code, _, _ in told(cast, ours)] == ["M1", "MA.4.PV.01", "M3", "M2", "M9"]


def test_what_comes_with_the_product_and_what_is_put_away_is_not_changed(cast: Cast, ours: int, hana: Client) -> None:
    with writing(cast.oakfield):
        add_shipped_frameworks(school=cast.oakfield, by=cast.ada.member, at=NOW)
        shipped = next(line.id for line in frameworks(school=cast.oakfield) if line.kind == "curriculum")
        put_away(school=cast.oakfield, framework=ours, on=NOW.date(), by=cast.hana.member, at=NOW)

    for framework, code in ((shipped, "MA.4.NPV.01"), (ours, "M1")):
        before = told(cast, framework)
        for deed in ("reword", "replace", "retire", "up"):
            answer = do(cast, hana, framework, code, deed, text="Other words", seen="x")
            assert answer.status_code == 409
        where = f"/school/frameworks/{framework}/add?subject=Maths&band=4-4"
        assert hana.post(where, {"text": "Another", "new_strand": "Another"}).status_code == 409
        assert told(cast, framework) == before
        assert "Edit<span" not in hana.get(f"/school/frameworks/{framework}").content.decode()


def test_another_schools_statement_is_none_and_a_teacher_changes_nothing(cast: Cast, ours: int) -> None:
    with writing(cast.thornhill):
        theirs = a_framework(school=cast.thornhill, by=cast.theo.member)
        their_statement = Statement.objects.get(framework_id=theirs, code="M1").pk
    theo, tom, hana = (cast.client(name) for name in ("theo", "tom", "hana"))
    before = told(cast, ours)

    for deed in ("", "reword", "replace", "up", "retire", "back"):
        with reading(cast.oakfield):
            where = page_of(ours, "M1", deed)
        send = theo.post if deed else theo.get
        assert send(where, {"text": "Ours now"}).status_code == 404
        assert (tom.post if deed else tom.get)(where, {"text": "Mine"}).status_code == 403
        mixed = f"/school/frameworks/{ours}/statements/{their_statement}" + (f"/{deed}" if deed else "")
        assert (hana.post if deed else hana.get)(mixed, {"text": "Both"}).status_code == 404
    assert theo.post(f"/school/frameworks/{ours}/add", {"text": "x", "new_strand": "y"}).status_code == 404
    assert told(cast, ours) == before


def test_words_the_same_as_before_change_nothing(cast: Cast, ours: int) -> None:
    with writing(cast.oakfield):
        one = Statement.objects.get(code="M1").pk
        seen = opened_statement(school=cast.oakfield, framework=ours, statement=one).seen
        told = {"framework": ours, "statement": one, "text": WORDS[0], "pointer": "", "seen": seen}
        assert reword_statement(school=cast.oakfield, by=cast.hana.member, at=NOW, **told) is None
