"""How far the marks are: every pupil of a class in every subject asked for, copies told beside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.checking.rules.completeness import Share, by_subject, not_started, shares, total

CLASSES = [(1, "4B", "Tom Teacher"), (2, "4A", "")]
SUBJECTS = [(5, "Reading"), (6, "Maths")]


@pytest.mark.parametrize(
    ("share", "state", "kind", "deed"),
    [
        (Share(1, "Reading", 0, 0), "No pupils", "", "Start"),
        (Share(1, "Reading", 0, 30), "Not started", "", "Start"),
        (Share(1, "Reading", 12, 30), "18 to go", "wait", "Mark"),
        (Share(1, "Reading", 30, 30), "Complete", "ok", "Look"),
    ],
)
def test_a_share_says_how_far_it_is(share, state, kind, deed):
    assert share.state == state
    assert share.deed == deed or not share.total
    assert share.kind == kind or not share.total


def test_each_mark_counts_in_its_own_class_and_subject():
    rows = shares(
        CLASSES, SUBJECTS, {11: 1, 12: 1, 21: 2}, [(11, 5), (12, 5), (11, 6), (21, 7), (99, 5)], [(21, 6), (99, 6)]
    )

    assert [(row.whole.name, row.whole.done, row.whole.total, row.pupils) for row in rows] == [
        ("4B", 3, 4, 2),
        ("4A", 0, 2, 1),
    ]
    assert [(one.name, one.done, one.total, one.copied) for one in rows[1].subjects] == [
        ("Reading", 0, 1, 0),
        ("Maths", 0, 1, 1),
    ]
    assert [row.whole.name for row in not_started(rows)] == ["4A"]
    assert [(one.name, one.done, one.total) for one in by_subject(rows)] == [("Reading", 2, 3), ("Maths", 1, 3)]


def test_a_class_without_pupils_has_not_failed_to_start():
    assert not_started(shares(CLASSES, SUBJECTS, {}, [])) == []
    assert by_subject([]) == []


@given(
    placed=st.dictionaries(st.integers(1, 20), st.sampled_from([1, 2])),
    marked=st.sets(st.tuples(st.integers(1, 25), st.sampled_from([5, 6, 7]))),
)
def test_the_shares_add_up_to_a_simple_count(placed, marked):
    rows = shares(CLASSES, SUBJECTS, placed, marked)

    whole = total(0, "All", [row.whole for row in rows])
    assert whole.total == len(placed) * len(SUBJECTS)
    assert whole.done == sum(pupil in placed and subject in (5, 6) for pupil, subject in marked)
    assert total(0, "All", by_subject(rows)) == whole
