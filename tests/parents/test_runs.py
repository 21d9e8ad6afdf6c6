"""Reports of a class or a school in one file: made by the worker, watched, stopped, thrown away."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.parents import api
from itrack.parents.actions import runs
from itrack.parents.actions.runs import forget_runs
from itrack.parents.models import Run
from itrack.parents.rules.report import State
from tests.cast import NOW, TODAY, a_pupil
from tests.paper import Paper
from tests.reports.school import IN_SEPTEMBER, Oakfield, a_class


def asked(oakfield: Oakfield, who: str = "hana", **said: object) -> int:
    answer = oakfield.cast.client(who).post("/parents/print", said)
    assert answer.status_code == 303, answer.status_code
    return int(answer.headers["Location"].rpartition("/")[2])


def printed(oakfield: Oakfield, run: int) -> Run:
    api.print_queued(school=oakfield.cast.oakfield, run=run)
    with reading(oakfield.cast.oakfield):
        return Run.objects.get(pk=run)


def test_a_class_becomes_one_file_a_sheet_a_pupil(oakfield):
    run = asked(oakfield, group=oakfield.b4)
    client = oakfield.cast.client("hana")
    assert "0 of 4 reports" in client.get(f"/parents/runs/{run}/progress").content.decode()
    assert client.get(f"/parents/runs/{run}.pdf").status_code == 404

    printed(oakfield, run)

    paper = Paper(client.get(f"/parents/runs/{run}.pdf").content)
    assert paper.tags.count("H1") == 4
    assert paper.claims_accessible
    assert [page.extract_text().split("\n")[0] for page in paper.reader.pages][:2] == ["Amara Acorn", "Toby Barleycorn"]
    assert "Maud" not in paper.words
    assert client.get(f"/parents/runs/{run}/progress").headers["HX-Refresh"] == "true"


def test_the_whole_school_is_one_file_too(oakfield):
    paper = Paper(bytes(printed(oakfield, asked(oakfield)).pdf))

    assert paper.tags.count("H1") == 6
    assert {"Maud Ashplant", "Ada Bilberry"} <= {page.extract_text().split("\n")[0] for page in paper.reader.pages}


def test_only_those_read_are_printed_when_asked_so(oakfield):
    hana = oakfield.cast.hana
    nobody = printed(oakfield, asked(oakfield, only_read="on"))
    assert nobody.state == Run.State.STOPPED
    assert "none has been read" in nobody.sentence
    with writing(hana.school):
        for state in (State.READY, State.READ):
            api.set_state(
                school=hana.school, pupil=oakfield.toby, year=2026, state=state, leads=True, by=hana.member, at=NOW
            )

    paper = Paper(bytes(printed(oakfield, asked(oakfield, only_read="on")).pdf))

    assert paper.tags.count("H1") == 1
    assert "Toby Barleycorn" in paper.words
    assert "Draft" not in paper.words


def test_a_run_that_is_stopped_makes_no_file(oakfield):
    run = asked(oakfield)
    oakfield.cast.client("hana").post(f"/parents/runs/{run}/stop")

    row = printed(oakfield, run)

    assert (row.state, bytes(row.pdf)) == (Run.State.STOPPED, b"")
    assert (
        "It was stopped. No file was made." in oakfield.cast.client("hana").get(f"/parents/runs/{run}").content.decode()
    )


def test_a_run_that_breaks_says_so_and_is_not_left_waiting(oakfield, monkeypatch):
    def breaks(*_: object, **__: object) -> bytes:
        raise RuntimeError("no")

    monkeypatch.setattr(runs, "reports_pdf", breaks)
    run = asked(oakfield)

    with pytest.raises(RuntimeError):
        api.print_queued(school=oakfield.cast.oakfield, run=run)

    page = oakfield.cast.client("hana").get(f"/parents/runs/{run}").content.decode()
    assert "Something went wrong while it was made" in page


def test_a_run_is_printed_once(oakfield):
    run = asked(oakfield, group=oakfield.a4)
    first = bytes(printed(oakfield, run).pdf)

    assert bytes(printed(oakfield, run).pdf) == first


def test_nobody_else_sees_a_run_or_its_file(oakfield):
    run = asked(oakfield, group=oakfield.b4)
    printed(oakfield, run)

    for path in (f"/parents/runs/{run}", f"/parents/runs/{run}.pdf", f"/parents/runs/{run}/progress"):
        assert oakfield.cast.client("tom").get(path).status_code == 404
        assert oakfield.cast.client("theo").get(path).status_code == 404


def test_a_teacher_prints_their_own_class_alone(oakfield):
    client = oakfield.cast.client("tom")

    assert client.post("/parents/print", {"group": oakfield.b4}).status_code == 303
    assert client.post("/parents/print", {"group": oakfield.a5}).status_code == 404
    assert client.post("/parents/print", {}).status_code == 404
    assert client.post("/parents/print", {"group": "٣"}).status_code == 404


def test_too_many_for_one_file_are_refused_before_anything_is_made(oakfield, monkeypatch):
    monkeypatch.setattr(runs, "MOST", 3)
    hana = oakfield.cast.hana

    with writing(hana.school), pytest.raises(Refused, match="class by class"):
        api.ask_for_run(school=hana.school, group=None, only_read=False, by=hana.member, at=NOW)


def test_files_are_thrown_away_after_a_day(oakfield):
    run, school = asked(oakfield, group=oakfield.a4), oakfield.cast.oakfield
    printed(oakfield, run)

    with writing(school):
        assert forget_runs(school=school, at=NOW + timedelta(hours=23)) == 0
        assert forget_runs(school=school, at=NOW + timedelta(hours=25)) == 1


def test_a_class_is_read_in_the_same_number_of_questions_whatever_its_size(oakfield):
    school = oakfield.cast.oakfield
    with writing(school):
        deed = oakfield.cast.deed("hana", at=IN_SEPTEMBER)
        large = a_class(oakfield.cast, "4D", [a_pupil(deed, f"Name{n}", "Child") for n in range(25)])

    def questions(group: int) -> int:
        with reading(school), CaptureQueriesContext(connection) as asked:
            found = api.reports_of_class(school=school, group=group, year=2026, on=TODAY)
        assert found
        return len(asked)

    assert questions(oakfield.a4) == questions(large)
