"""Statutory outcomes without names: the shares of many are shown, those of few are not, as the point closed."""

from datetime import UTC, datetime

import pytest
import time_machine

from itrack.foundation.tenancy.windows import reading, writing
from itrack.reports.api import report_data
from tests.cast import NOW, Cast
from tests.statutory.conftest import Summer, a_child
from tests.statutory.test_entry import type_in

PAGE, PACK = "/reports/statutory-outcomes", "/reports/governor-pack"
BEFORE_IT_CLOSED = datetime(2026, 10, 1, 9, tzinfo=UTC)
ASKED = {"year": None, "point": None, "subject": None, "group": None, "as_at": None}


@pytest.fixture
def many(cast: Cast):
    """Twenty of Year 6: twelve at the expected standard in writing, two of them above it, eight short of it."""
    with time_machine.travel(NOW, tick=False):
        with writing(cast.oakfield):
            six = {f"Six{n}": a_child(cast, "Merle", f"Six{n}", "6", at=BEFORE_IT_CLOSED) for n in range(20)}
        whole = Summer(cast, six)
        codes = ["GDS"] * 2 + ["EXS"] * 10 + ["WTS"] * 8
        _write(whole, codes, at=BEFORE_IT_CLOSED)
        yield whole


def _write(many: Summer, codes: list[str], *, at: datetime) -> None:
    stood = {name: {"ks2-writing": many.standing(name).get("ks2-writing", "")} for name in many.pupils}
    told = {name: {"ks2-writing": code} for name, code in zip(many.pupils, codes, strict=True)}
    assert type_in(many, "hana", told, at=at, **stood).refused == []


def writing_of(many: Summer, who: str = "gus") -> dict[str, object]:
    """What the pack says of writing in 2026, by measure."""
    viewer = many.cast.people[who]
    with reading(viewer.school):
        pack = report_data("governor-pack", viewer=viewer, now=NOW, **ASKED)
    [part] = [one for one in pack["parts"] if one["title"] == "Statutory outcomes"]
    rows = [row for table in part["tables"] for row in table["rows"]]
    ours = [row for row in rows if row.get("Measure", "").endswith("GDS") and row["Of"] == "this school"]
    return {row["Measure"]: row["2026"] for row in ours}


def test_the_pack_has_the_shares_of_many_and_holds_back_those_of_few(many: Summer):
    told = writing_of(many)

    assert 60 in told.values()
    assert {"hidden": True} in told.values()
    assert 10 not in told.values(), "two of twenty"


def asked(many: Summer, report: str) -> dict:
    with reading(many.cast.oakfield):
        return report_data(report, viewer=many.cast.gus, now=NOW, **ASKED)


def test_how_many_a_figure_of_few_is_of_is_held_back_with_it_and_not_left_blank(many: Summer):
    scores = {f"Six{n}": {"reading-scaled": "104", "maths-scaled": "104"} for n in range(4)}
    assert type_in(many, "hana", scores, at=BEFORE_IT_CLOSED).refused == []

    [row] = [row for row in asked(many, "statutory-outcomes")["tables"][0]["rows"] if row["Year"] == "2026"]

    assert row["Reached"] == row["Counted"] == {"hidden": True}


def test_headlines_say_of_nobody_that_a_statutory_figure_leaves_them_out_nor_of_how_many(many: Summer):
    told = asked(many, "headlines")

    assert told["not_counted"] == [{"reason": "No mark yet", "n": 20}], "nothing of their results in reading"


def test_a_result_that_came_after_the_point_had_closed_is_not_in_it(many: Summer):
    before = writing_of(many)

    _write(many, ["EXS"] * 20, at=NOW)

    assert writing_of(many) == before
    assert many.standing("Six15") == {"ks2-writing": "EXS"}


def test_the_page_of_a_governor_draws_what_is_shown_and_is_of_the_point(many: Summer):
    page = many.cast.client("gus").get(PAGE).content.decode()

    assert "60%" in page
    assert "held back" in page
    assert "Merle" not in page
    assert "<svg" in page
    assert "Statutory outcomes, Autumn 1" in page


def test_the_trust_has_no_statutory_outcomes_and_none_in_its_pack(many: Summer):
    tara = many.cast.client("tara")

    assert tara.get(PAGE).status_code == 403
    assert "Statutory outcomes" not in tara.get(PACK).content.decode().partition("<main")[2]
