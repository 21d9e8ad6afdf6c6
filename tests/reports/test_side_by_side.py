"""Judgement and test side by side: who is compared, and what is said of it."""

from hypothesis import given
from hypothesis import strategies as st

from itrack.curriculum.models import AssessmentName, MarkScheme
from itrack.curriculum.rules import BANDS
from itrack.foundation.models import ChangeSet
from itrack.foundation.tenancy.windows import reading, writing
from itrack.reports.catalogue.answering import understand
from itrack.reports.catalogue.triangulation import REPORT
from itrack.reports.rules.answer import Answer
from itrack.reports.rules.side_by_side import NOBODY_IS_WRONG, Fit, apart, fit, told
from tests.cast import NOW
from tests.reports.progress import has_result, marked, subject_id
from tests.reports.school import Oakfield
from tests.reports.test_one_subject import BANDS as CUTS

CODES = [band.code for band in BANDS]
bands = st.dictionaries(st.integers(1, 30), st.sampled_from(CODES))


@given(bands, bands, bands)
def test_who_has_both_is_in_one_distance_and_nobody_else(judged: dict, first: dict, second: dict) -> None:
    found = fit(judged, {1: first, 2: second})

    for pupil in range(1, 31):
        tests = [one[pupil] for one in (first, second) if pupil in one]
        if pupil in judged and tests:
            most = max(abs(CODES.index(judged[pupil]) - CODES.index(test)) for test in tests)
            assert found.apart[pupil] == most
        else:
            assert pupil not in found.apart


def test_the_sentence_blames_nobody() -> None:
    [finding] = told(Fit({1: 2, 2: 0, 3: 1, 4: 0, 5: 3, 6: 0}), "in 4B", "Reading", "Autumn 2")

    assert finding.text == (
        "In 4B, 2 of 6 pupils with a judgement and a test in reading at Autumn 2 are 2 bands or more apart (33%). "
        + NOBODY_IS_WRONG
    )
    assert told(Fit({}), "in 4B", "Reading", "Autumn 2") == []
    assert apart("below", "greater") == 3


def answer(oakfield: Oakfield, **said: str) -> Answer:
    with reading(oakfield.cast.oakfield):
        subject = str(subject_id(oakfield.cast.oakfield, "Reading"))
        asked, _ = understand(REPORT, viewer=oakfield.cast.hana, said={"subject": subject} | said, now=NOW)
        return REPORT.work_out(asked)


def a_test(oakfield: Oakfield, codes: dict[int, str]) -> int:
    """Gives pupils these scores of a test in reading, and says which test it is."""
    deed = oakfield.cast.deed("hana", ChangeSet.Kind.SCHEME)
    about = {"school_id": oakfield.cast.oakfield, "added_by_id": deed.change_set}
    scheme = MarkScheme.objects.create(name="Scores", kind="standardised", bands=CUTS, **about)
    test = AssessmentName.objects.create(name="Test", scheme=scheme, position=9, **about).pk
    marked(oakfield.cast.hana, "Reading", codes, slot=2, year=2026, at=NOW, assessment=test)
    return test


def test_of_a_class_nobody_from_another_class_is_counted(oakfield: Oakfield) -> None:
    with writing(oakfield.cast.oakfield):
        a_test(oakfield, {oakfield.amara: "105", oakfield.toby: "105", oakfield.maud: "95", oakfield.ada: "105"})

    of_class = answer(oakfield, pupils=f"class-{oakfield.b4}")
    of_school = answer(oakfield)

    counted = frozenset().union(*(one.pupils for one in of_class.figures()))
    assert counted == {oakfield.amara, oakfield.toby}
    assert all(one.of == counted for one in of_class.figures())
    assert "2 pupils with a judgement and a test" in of_class.finding
    assert "4 pupils with a judgement and a test" in of_school.finding
    assert set(of_class.standing["Reading"]) <= set(of_class.people)


def test_a_test_that_nobody_here_took_has_no_column(oakfield: Oakfield) -> None:
    with writing(oakfield.cast.oakfield):
        a_test(oakfield, {oakfield.ada: "105"})

    of_class, of_school = answer(oakfield, pupils=f"class-{oakfield.b4}"), answer(oakfield)

    assert "Test" not in [column.head for column in of_class.tables[1].columns]
    assert "Test" in [column.head for column in of_school.tables[1].columns]
    assert all(len(row.cells) == len(of_class.tables[1].columns) for row in of_class.tables[1].rows)
    [said] = of_class.sections[1].notes
    assert said.startswith("Nobody here has a mark at this point in: ")
    assert "Test" in said


def test_earlier_results_stand_beside_the_mark(oakfield: Oakfield) -> None:
    with writing(oakfield.cast.oakfield):
        has_result(oakfield, oakfield.amara, ("KS1", "ENG", "TA", "REA", "NL"), 2025, "EXS")

    told_of = answer(oakfield)

    row = next(row for row in told_of.tables[1].rows if row.cells[0].id == oakfield.amara)
    heads = [column.head for column in told_of.tables[1].columns]
    assert row.cells[heads.index("Key Stage 1 reading (teacher assessment)")] == "Expected (EXS)"
    assert row.cells[heads.index("Teacher")].code == "E"
