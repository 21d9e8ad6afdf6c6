"""Marks and scores in a spreadsheet, from the file to the marks page: refused by cell, one change, taken back."""

from datetime import date

import pytest

from itrack.assessment.api import save_marks
from itrack.assessment.models import Judgement
from itrack.curriculum.api import subjects
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from itrack.pupils.actions.classes import ClassFacts
from itrack.pupils.api import classes, edit_class, make_classes
from itrack.schools.api import points
from itrack.spreadsheets import api
from itrack.spreadsheets.models import Spreadsheet, SpreadsheetRow
from itrack.spreadsheets.queries.sheets import pupils_seen
from itrack.spreadsheets.rules.kinds import Kind
from itrack.spreadsheets.rules.marks import told_of, verdict_of, why_refused
from itrack.spreadsheets.rules.people import People
from tests.cast import NOW, TODAY, Cast, a_pupil
from tests.imports.ctf_maker import upn
from tests.spreadsheets.maker import read, text

HEADS = ["UPN", "Name", "DOB", "Reading", "Writing"]
ANN = [upn(1), "Ann Ash", "01/05/2018"]
BEN = ["", "Birch, Ben", "2/5/2018"]


@pytest.fixture
def class_4(cast: Cast) -> dict[str, int]:
    """Ann, whose UPN is known, and Ben, whose is not, in Tom's class; Cy in nobody's."""
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        pupils = {
            "ann": a_pupil(deed, "Ash", "Ann", upn=upn(1)),
            "ben": a_pupil(deed, "Birch", "Ben", dob=date(2018, 5, 2)),
        }
        when = {"by": cast.hana.member, "at": NOW}
        make_classes(school=cast.oakfield, year=2026, **when)
        [group] = classes(school=cast.oakfield, year=2026, on=TODAY)
        seen, facts = ClassFacts(group.name, None), ClassFacts("4B", cast.tom.member)
        edit_class(school=cast.oakfield, group=group.id, seen=seen, facts=facts, **when)
        pupils["cy"] = a_pupil(deed, "Cedar", "Cy", dob=date(2018, 5, 3), upn=upn(3))
    return pupils


def now_open(cast: Cast) -> int:
    with writing(cast.oakfield):
        return next(p.id for p in points(school=cast.oakfield) if (p.year, p.slot) == (2026, 2))


def weighed(cast: Cast, *rows: list[str], by: str = "tom") -> int:
    sheet = read(cast, text([HEADS, *rows]), Kind.MARKS, by=by, point=now_open(cast))
    weigh(cast, sheet, by)
    return sheet


def weigh(cast: Cast, sheet: int, by: str = "tom") -> None:
    who = cast.people[by]
    with writing(cast.oakfield):
        among = pupils_seen(viewer=who, on=TODAY)
        api.weigh_marks(school=cast.oakfield, spreadsheet=sheet, among=among, by=who.member, at=NOW)


def apply(cast: Cast, sheet: int, by: str = "tom") -> int | None:
    with writing(cast.oakfield):
        return api.apply_marks(school=cast.oakfield, spreadsheet=sheet, by=cast.people[by].member, at=NOW)


def rows_of(cast: Cast, sheet: int) -> dict[int, SpreadsheetRow]:
    with writing(cast.oakfield):
        return {row.line: row for row in SpreadsheetRow.objects.filter(spreadsheet_id=sheet)}


def marks(cast: Cast) -> list[str]:
    with writing(cast.oakfield):
        return list(Judgement.objects.filter(ended_at__isnull=True).order_by("pk").values_list("code", flat=True))


def test_marks_found_by_upn_and_by_name_are_saved_as_one_change_and_taken_back(cast: Cast, class_4) -> None:
    sheet = weighed(cast, [*ANN, "e", "W"], [*BEN, "G", ""])
    assert not marks(cast), "a preview stores nothing"

    change_set = apply(cast, sheet)

    assert sorted(marks(cast)) == ["E", "G", "W"]
    with writing(cast.oakfield):
        assert set(ChangeSet.objects.filter(pk=change_set).values_list("kind", flat=True)) == {"sheet"}
        api.undo_sheet(school=cast.oakfield, spreadsheet=sheet, by=cast.tom.member, at=NOW)
    assert not marks(cast)


def test_the_same_sheet_again_changes_nothing_and_keeps_no_row(cast: Cast, class_4) -> None:
    apply(cast, weighed(cast, [*ANN, "E", "W"]))

    again = weighed(cast, [*ANN, "E", "W"])

    assert rows_of(cast, again)[2].verdict == "unchanged"
    assert apply(cast, again) is None
    assert not rows_of(cast, again)


def test_a_cell_that_cannot_be_saved_is_refused_and_the_rest_of_its_row_kept(cast: Cast, class_4) -> None:
    sheet = weighed(cast, [*ANN, "=1+1", "W"])

    row = rows_of(cast, sheet)[2]
    assert row.verdict == "new"
    assert row.reason.startswith("Reading: ")
    apply(cast, sheet)
    assert marks(cast) == ["W"]
    assert list(rows_of(cast, sheet)) == [2], "what was refused can still be taken out"


def test_nobody_is_guessed_at(cast: Cast, class_4) -> None:
    sheet = weighed(
        cast,
        [upn(9), "", "", "E", ""],
        ["", "Ann Ash", "", "E", ""],
        [upn(1), "Zoe Quill", "", "E", ""],
        [upn(1), "", "3/5/2018", "E", ""],
        [*ANN, "E", ""],
        [*ANN, "G", ""],
        ["X1", "", "", "E", ""],
    )

    told = {line: row.reason for line, row in rows_of(cast, sheet).items()}
    assert "has this UPN" in told[2]
    assert "needs a UPN, or a name and a date of birth" in told[3]
    assert "another name" in told[4]
    assert "another date of birth" in told[5]
    assert told[6] == ""
    assert "row 6 again" in told[7]
    assert "13" in told[8]


def test_namesakes_born_on_one_day_are_not_told_apart_by_name(cast: Cast, class_4) -> None:
    with writing(cast.oakfield):
        a_pupil(cast.deed("olu"), "Birch", "Ben", dob=date(2018, 5, 2))

    sheet = weighed(cast, [*BEN, "E", ""], by="hana")

    assert "2 pupils have this name" in rows_of(cast, sheet)[2].reason


def test_a_teacher_finds_and_marks_their_own_classes_alone(cast: Cast, class_4) -> None:
    row = [upn(3), "", "", "E", ""]

    assert "No pupil you may see" in rows_of(cast, weighed(cast, row))[2].reason
    assert rows_of(cast, weighed(cast, row, by="hana"))[2].verdict == "new"


def test_a_mark_somebody_else_changed_since_the_preview_stays(cast: Cast, class_4) -> None:
    sheet = weighed(cast, [*ANN, "E", "W"])
    with writing(cast.oakfield):
        reading = next(pk for pk, name in subjects(school=cast.oakfield) if name == "Reading")
        cells = {(class_4["ann"], reading): "G"}
        save_marks(school=cast.oakfield, point=now_open(cast), cells=cells, by=cast.hana.member, at=NOW)

    apply(cast, sheet)

    assert sorted(marks(cast)) == ["G", "W"]
    assert "Hana Head typed G" in rows_of(cast, sheet)[2].reason


def test_a_sheet_is_applied_once(cast: Cast, class_4) -> None:
    sheet = weighed(cast, [*ANN, "E", ""])
    apply(cast, sheet)

    with pytest.raises(Refused, match="no longer waits"):
        apply(cast, sheet)


def test_a_thousand_rows_cost_as_many_statements_as_ten(cast: Cast, class_4, django_assert_max_num_queries) -> None:
    sheet = read(cast, text([HEADS, *([["", f"N{n}", "1/1/2018", "E", ""] for n in range(990)]), [*ANN, "E", "W"]]),
                 Kind.MARKS, by="tom", point=now_open(cast))  # fmt: skip

    with django_assert_max_num_queries(40):
        weigh(cast, sheet)
    with django_assert_max_num_queries(30):
        apply(cast, sheet)


def test_a_teacher_brings_marks_by_the_pages(cast: Cast, class_4) -> None:
    tom, file = cast.client("tom"), text([HEADS, [*ANN, "E", "Q"]])
    file.name = "marks.csv"
    start = tom.post("/import/sheets/file", {"file": file, "kind": "marks", "point": now_open(cast)})["Location"]
    page = tom.get(start).content.decode()
    assert "What are the columns?" in page
    with writing(cast.oakfield):
        fields = {f"column-{n}": field for n, (_, field, _) in enumerate(Spreadsheet.objects.get().columns)}

    assert tom.post(f"{start}/columns", fields).status_code == 422, "no point"
    preview = tom.post(f"{start}/columns", fields | {"point": now_open(cast)}, follow=True).content.decode()
    assert "Save 1 mark" in preview
    assert "Refused" in preview
    assert b"Writing: " in tom.get(f"{start}/refused.csv").content

    assert "These marks have been saved" in tom.post(f"{start}/apply", follow=True).content.decode()
    assert "taken back" in tom.post(f"{start}/undo", follow=True).content.decode()
    assert not marks(cast)


@pytest.mark.parametrize("who", ["sena", "theo", "olu"])
def test_another_persons_sheet_of_marks_is_not_there(cast: Cast, class_4, who: str) -> None:
    sheet = weighed(cast, [*ANN, "E", ""])
    client = cast.client(who)

    assert client.get(f"/import/sheets/{sheet}").status_code == 404
    assert client.get(f"/import/sheets/{sheet}/refused.csv").status_code == 404
    for deed in ("apply", "undo", "discard", "columns"):
        assert client.post(f"/import/sheets/{sheet}/{deed}").status_code == 404
    assert cast.client("hana").get(f"/import/sheets/{sheet}").status_code == 200


def test_what_became_of_a_row_is_what_most_needs_to_be_seen_of_its_cells() -> None:
    new, changed, same = told_of("E", "", ""), told_of("E", "W", ""), told_of("e", "E", "")
    no = told_of("Q", "", "is no mark")

    assert [one[0] for one in (new, changed, same, no)] == ["new", "changed", "unchanged", "refused"]
    assert verdict_of({"3": new, "4": changed}, "") == "changed"
    assert verdict_of({"3": same}, "") == "unchanged"
    assert verdict_of({"3": no}, "") == verdict_of({}, "nobody") == "refused"
    assert why_refused({"3": no, "4": new}, {"3": "Reading", "4": "Maths"}) == "Reading: is no mark"


def test_an_unreadable_birthday_is_said() -> None:
    assert "cannot be read" in People([]).find({"full_name": "Ann Ash", "dob": "soon"}).reason


def test_nothing_is_saved_by_a_file_that_names_no_marks(cast: Cast, class_4) -> None:
    sheet = weighed(cast, [*ANN, "", ""])

    assert apply(cast, sheet) is None
    assert not marks(cast)


def test_a_pupil_is_found_by_the_upn_they_had_before(cast: Cast, class_4) -> None:
    with writing(cast.oakfield):
        dan = a_pupil(cast.deed("olu"), "Dale", "Dan", upn=upn(4), former_upn=upn(8))

    sheet = weighed(cast, [upn(8), "Dan Dale", "", "E", ""], by="hana")

    assert rows_of(cast, sheet)[2].pupil_id == dan
