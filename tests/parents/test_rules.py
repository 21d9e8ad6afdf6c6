"""What the law wants in a report, and what is missing from one."""

from dataclasses import replace

import pytest

from itrack.assessment.rules.results import ResultLine
from itrack.assessment.rules.standing import LastMark
from itrack.parents.rules.report import Attendance, Report, State, Subject, changed, missing, tidy

MARK = LastMark("E", "expected", "", 2026, 2, "Autumn 2")
WHOLE = Report(
    pupil=1, name="Ada", year_group="3", class_name="3A", teacher="Tom Teacher",
    subjects=[Subject(1, "Reading", MARK, ""), Subject(2, "Music", None, "Sings well.")],
    general="A good year.", results=[], attendance=Attendance(2026, 380, 370, 8, 2), state=State.DRAFT,
)  # fmt: skip


def result(stage: str, subject: str, method: str, component: str, qualifier: str = "", said: str = "104") -> ResultLine:
    return ResultLine(stage, "ENG", 2027, subject, method, component, "", qualifier, said, None, True)


PHONICS = result("KS1", "ENG", "TT", "PHO", "", "36")
READING = result("KS2", "ENG", "TT", "REA", "NS")
WRITING = result("KS2", "ENG", "TA", "WRI", "", "EXS")


def lacks(report: Report, *, discuss: str = "Ask us.", compared: bool = True) -> list[str]:
    return [one.words for one in missing(report, discuss=discuss, compared=compared)]


def test_a_whole_report_lacks_nothing():
    assert lacks(WHOLE) == []


def test_a_mark_or_a_comment_is_enough_in_a_subject_and_neither_is_not():
    bare = [Subject(n, name, None, "") for n, name in enumerate(("Art", "French", "Science"))]

    assert lacks(replace(WHOLE, subjects=[*WHOLE.subjects, *bare[:1]])) == ["a mark or a comment in Art"]
    assert lacks(replace(WHOLE, subjects=bare)) == ["a mark or a comment in Art, French and Science"]


def test_each_other_item_is_missed_when_it_is_not_there():
    assert lacks(replace(WHOLE, general="")) == ["a comment on general progress"]
    assert lacks(replace(WHOLE, attendance=None)) == ["attendance of the year"]
    assert lacks(WHOLE, discuss="") == ["how to discuss the report"]


def test_attendance_is_not_wanted_of_reception():
    assert lacks(replace(WHOLE, year_group="R", attendance=None)) == []


@pytest.mark.parametrize(
    ("year_group", "results", "lacking"),
    [
        ("1", [], ["the result of the phonics check"]),
        ("1", [PHONICS], []),
        ("2", [], []),
        ("4", [], ["the result of the multiplication tables check"]),
        ("4", [PHONICS], ["the result of the multiplication tables check"]),
        ("4", [result("KS2", "MAT", "TT", "MTC", "MT", "25")], []),
        ("6", [READING, WRITING], []),
        ("6", [READING], ["the result of Key Stage 2 teacher assessment"]),
        ("6", [], ["the result of Key Stage 2 tests", "the result of Key Stage 2 teacher assessment"]),
    ],
)
def test_national_results_are_wanted_of_the_year_that_has_them(year_group, results, lacking):
    assert lacks(replace(WHOLE, year_group=year_group, results=results)) == lacking


def test_the_end_of_key_stage_two_is_compared_with_the_country():
    last = replace(WHOLE, year_group="6", results=[READING, WRITING])

    assert lacks(last, compared=False) == ["national figures to compare with"]
    assert lacks(WHOLE, compared=False) == []


def test_parents_read_scaled_scores_and_not_the_marks_they_come_from():
    raw, outcome = result("KS2", "ENG", "TT", "REA", "NM", "33"), result("KS2", "ENG", "TT", "REA", "NO", "AS")

    told = replace(WHOLE, results=[raw, outcome, READING]).told

    assert [one.title for one in told] == ["KS2 reading test, scaled score"]
    assert len(replace(WHOLE, results=[raw, outcome]).told) == 2


def test_only_what_differs_from_what_was_shown_is_a_change():
    assert changed({0: "a", 1: " b \r\n", 2: ""}, {0: "a", 1: "b", 2: "c"}) == {2: ""}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("", ""), ("  a  \r\n b ", "a\n b"), ("a\n\n\n\nb", "a\n\nb"), ("\n\na\n \n", "a"), ("a\rb", "a\nb")],
)
def test_texts_are_tidied(typed, kept):
    assert tidy(typed) == kept
    assert tidy(kept) == kept


def test_a_mark_is_said_as_parents_read_it():
    assert Subject(1, "Reading", MARK, "").achieved == "Expected, at Autumn 2"
    assert Subject(1, "Reading", replace(MARK, code="A", band="", name="Absent"), "").achieved == "Absent, at Autumn 2"
