"""The class list and the meeting sheet: who is on them, what a reader may see, what the record shows."""

from datetime import UTC, datetime

import pytest

from itrack.foundation.tenancy.windows import reading, writing
from itrack.reports.catalogue import attendance, class_list, meeting_sheet
from itrack.reports.catalogue.answering import understand
from itrack.reports.catalogue.declared import Report
from itrack.reports.rules.answer import Answer, Mark, Nothing
from itrack.reports.rules.attendance import Sessions
from itrack.reports.rules.concerns import Kind, Seen, concerns_of, told
from tests.cast import NOW
from tests.reports.progress import marked
from tests.reports.school import Oakfield
from tests.reports.test_attendance import told as of_last_year


def answer(oakfield: Oakfield, report: Report, who: str = "hana", **said: str) -> Answer:
    with reading(oakfield.cast.oakfield):
        asked, _ = understand(report, viewer=oakfield.cast.people[who], said=said, now=NOW)
        return report.work_out(asked)


def test_everybody_of_the_class_is_listed_with_last_marks(oakfield: Oakfield) -> None:
    with writing(oakfield.cast.oakfield):
        at = datetime(2026, 10, 6, 9, tzinfo=UTC)
        marked(oakfield.cast.hana, "Maths", {oakfield.amara: "E"}, slot=1, year=2026, at=at)

    found = answer(oakfield, class_list.REPORT, pupils="4B")

    [listed, _] = found.tables
    heads = [column.head for column in listed.columns]
    rows = {row.cells[0].forename: row for row in listed.rows}
    assert set(rows) == {"Amara", "Toby", "Leo", "Idris"}
    assert rows["Amara"].cells[heads.index("Reading")] == Mark("E", "expected")
    assert rows["Amara"].cells[heads.index("Maths")] == Mark("(E)", "expected")
    assert rows["Leo"].cells[heads.index("Reading")] == Mark("A", "")


def test_a_teacher_is_not_told_who_is_looked_after(oakfield: Oakfield) -> None:
    heads = {
        who: [column.head for column in answer(oakfield, class_list.REPORT, who).tables[0].columns]
        for who in ("hana", "tom")
    }

    assert "Looked after" in heads["hana"]
    assert "Looked after" not in heads["tom"]
    assert "SEN" in heads["tom"]


def test_the_sheet_says_what_the_record_shows(oakfield: Oakfield) -> None:
    with writing(oakfield.cast.oakfield):
        at = datetime(2026, 10, 6, 9, tzinfo=UTC)
        marked(oakfield.cast.hana, "Reading", {oakfield.toby: "E"}, slot=1, year=2026, at=at)

    found = answer(oakfield, meeting_sheet.REPORT)

    shown = {one.key: one.pupils for one in found.figures()}
    assert shown["concern.below"] == {oakfield.ada}
    assert shown["concern.dropped"] == {oakfield.toby}
    assert found.standing[""][oakfield.toby] == "Reading: from expected to working towards"
    assert [row.cells[1] for row in found.tables[0].rows][2:] == [Nothing("no targets"), Nothing("not recorded")]
    assert "2 of 6 pupils have something to talk about below." in found.finding


@pytest.mark.parametrize(("missed", "is_said"), [(18, True), (17, False), (0, False), (None, False)])
def test_a_tenth_of_sessions_missed_is_said(missed: int | None, is_said: bool) -> None:
    sessions = None if missed is None else Sessions(180, missed)

    said = {one.kind: one.words for one in concerns_of([], sessions, "2025/26")}

    assert said == ({Kind.ABSENT: "Missed 18 of 180 sessions in 2025/26 (10%)"} if is_said else {})


def test_the_sheet_is_of_the_same_year_of_sessions_as_the_attendance_report(oakfield: Oakfield) -> None:
    of_last_year(oakfield, {oakfield.toby: (200, 20, 10), oakfield.amara: (200, 0, 0)})
    of_last_year(oakfield, {oakfield.ada: (200, 0, 100)}, other=True)

    found, beside = answer(oakfield, meeting_sheet.REPORT), answer(oakfield, attendance.REPORT)

    shown, there = ({one.key: one.pupils for one in told.figures()} for told in (found, beside))
    assert "Absence is by the session totals of 2025/26 at this school" in " ".join(found.rules)
    assert shown["concern.absent"] == {oakfield.toby}
    assert shown["concern.absent"] == next(pupils for key, pupils in there.items() if key.endswith(".persistent"))
    assert "Missed 30 of 200 sessions in 2025/26 (15%)" in found.standing[""][oakfield.toby]


def test_each_kind_of_concern_is_said_once() -> None:
    seen = [Seen("Reading", "below", "expected", True), Seen("Writing", "below", "below"), Seen("Maths", "", "greater")]

    assert [(one.kind, one.words) for one in concerns_of(seen)] == [
        (Kind.BELOW, "Below in reading and writing"),
        (Kind.DROPPED, "Reading: from expected to below"),
        (Kind.OFF, "Below the way to the target in reading"),
    ]
    assert told("in 4B", 0, 0) == []


def test_room_to_write_is_on_the_page_and_in_no_file(oakfield: Oakfield) -> None:
    hana = oakfield.cast.client("hana")

    assert 'class="room"' in hana.get("/reports/meeting-sheet").content.decode()
    assert "Agreed" not in hana.get("/reports/meeting-sheet.csv").content.decode()
