"""Statutory results: all fields as written, repeats settled, and rows read before read again without the parser."""

from dataclasses import replace
from datetime import date

import pytest

from itrack.imports.rules.rows import ResultRow
from itrack.imports.sources.shorthand import Shorthand
from tests.imports.ctf_maker import admitted, ctf, element, opened, pupil, result, results

TIMES_TABLES = ResultRow("KS2", "ENG", 2025, "MAT", "TT", "MTC", "R", "MT", "21", None, recognised=True)


def test_all_fields_of_a_result_are_kept() -> None:
    row = admitted(results(result(ResultDate="2025-06-20")))

    assert row.results == (replace(TIMES_TABLES, result_date=date(2025, 6, 20)),)


@pytest.mark.parametrize("parts", [{"Subject": "QQQ"}, {"Method": "XX"}, {"Component": "E18"}, {"Result": "splendid"}])
def test_an_unknown_code_is_kept_and_marked(parts: dict[str, str]) -> None:
    row = admitted(results(result(**parts)))

    assert [one.recognised for one in row.results] == [False]
    assert next(iter(parts.values())) in repr(row.results)
    assert "1 result uses a code not on our list" in row.warnings[0]


@pytest.mark.parametrize(("parts", "told"), [({"Year": "now"}, "no year"), ({"Result": ""}, "no result")])
def test_a_result_without_its_year_or_its_value_is_left_out(parts: dict[str, str], told: str) -> None:
    row = admitted(results(result(**parts)))

    assert row.results == ()
    assert told in row.warnings[0]


def test_a_bad_result_date_costs_only_the_date() -> None:
    row = admitted(results(result(ResultDate="2025-06-31")))

    assert row.results == (TIMES_TABLES,)
    assert "2025-06-31" in row.warnings[0]


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ({"ResultDate": "2025-06-20"}, {"ResultDate": "2025-06-12"}, "1"),
        ({"ResultDate": "2025-06-12"}, {"ResultDate": "2025-06-20"}, "2"),
        ({"ResultDate": "2025-06-12"}, {}, "1"),
        ({}, {"ResultDate": "2025-06-12"}, "2"),
        ({}, {}, "2"),
    ],
)
def test_of_two_results_for_one_test_the_later_dated_stays_else_the_later_written(
    first: dict[str, str], second: dict[str, str], kept: str
) -> None:
    row = admitted(results(result(Result="1", **first), result(Result="2", **second)))

    assert [one.result for one in row.results] == [kept]
    assert "twice" in row.warnings[0]


def test_the_very_same_result_twice_is_one_result_and_no_news() -> None:
    row = admitted(results(result(), result()))

    assert row.results == (TIMES_TABLES,)
    assert row.warnings == ()


def test_two_years_of_one_test_are_two_results() -> None:
    assert len(admitted(results(result(Year="2024"), result(Year="2025"))).results) == 2


def test_results_are_counted_with_those_of_rejected_pupils() -> None:
    file = opened(ctf(pupil(results(result(), result(Year="2024"))), pupil(results(result()), dob=None)))

    list(file)

    assert file.results == 3


# Rows met again: the same file must read the same whether its rows go to the parser in full or as numbers. A comment
# anywhere in the pupils switches the numbers off, so each file below is read both ways.

ODD_PLACES = {
    "repeated": results(*[result(Result=str(number % 3)) for number in range(6)]),
    "indented": results("\n  " + result().replace("><", ">\n    <") + "\n  "),
    "odd_element": results(result().replace("</StageAssessment>", "<Extra>1</Extra></StageAssessment>")),
    "odd_date": results(result(ResultDate="2025-06-31")),
    "no_year": results(result(Year="")),
    "stage_behind": element("StageAssessments", element("KeyStage", result(), element("Stage", "KS2"))),
    "other_stage": results(result(), stage="KS1"),
    "strange_stage": results(result(), stage="Q" * 9),
    "attribute": results(result().replace("<StageAssessment>", '<StageAssessment a="1">')),
    "spaced_end": results(result().replace("</StageAssessment>", "</StageAssessment >") + result()),
    "spaced_and_attribute": results(
        result().replace("</StageAssessment>", "</StageAssessment >")
        + result(Year="2024").replace("<StageAssessment>", '<StageAssessment a="1">')
    ),
    "out_of_place": result(),
    "in_a_contact": element("Contacts", element("Contact", result())),
    "nested": results(element("StageAssessment", result())),
    "inside_a_text": results(result().replace("21", f"2{result()}1")),
    "empty": results("<StageAssessment/>"),
    "long": results(result(Component="x" * 5000)),
}


@pytest.mark.parametrize("chunk", [97, 400, 1000])
@pytest.mark.parametrize("name", ODD_PLACES)
def test_rows_as_numbers_read_like_rows_in_full(name: str, chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("itrack.imports.sources.encoding.CHUNK", chunk)
    usual, odd = pupil(results(result(), result(Year="2024"))), pupil(ODD_PLACES[name])
    text = ctf(usual, *[odd, usual, odd, usual] * 4)
    plain, commented = opened(text), opened(text.replace("</CTFpupilData>", "<!-- end --></CTFpupilData>"))

    short, full = list(plain), list(commented)

    assert short == full
    assert plain.ignored == commented.ignored
    assert plain.results == commented.results >= 2 * 9


def test_a_row_that_was_learnt_goes_to_the_parser_as_its_number() -> None:
    row = b"<StageAssessment>\n<Year>2025</Year></StageAssessment>"
    shorthand = Shorthand()

    sent = []
    for part in shorthand.shorten(iter([b"<a>" + row, row * 2 + b"<b/>", b"</a>" + b" " * 20])):
        sent.append(part)
        shorthand.learn("0")

    assert b"".join(sent) == b"<a>" + row + b"<?row +0?>" + b"<?row 0?>\n" * 2 + b"<b/></a>" + b" " * 20


def test_a_number_written_by_somebody_else_is_no_result() -> None:
    forged = results("<?row 0?><?row +0?>", result(Result="7"), "<?row 0?>")
    file = opened(ctf(pupil(results(result()))).replace("</CTFpupilData>", pupil(forged) + "</CTFpupilData>"))

    rows = list(file)

    assert [[one.result for one in row.results] for row in rows] == [["21"], ["7"]]
    assert file.results == 2
