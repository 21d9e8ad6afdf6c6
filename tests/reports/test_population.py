"""Who is in view at an assessment point, and what is said of those who are not counted."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from itrack.reports.rules.population import WHOLE_SCHOOL, Place, Rolls, Whose, days_of, denominator, population

OPENS, CLOSES, TODAY = date(2026, 11, 2), date(2026, 12, 18), date(2026, 11, 23)
AMARA, TOBY, IDRIS = 11, 12, 13
ALDER, BIRCH = Whose("class", "7", "4 Alder"), Whose("class", "8", "4 Birch")
IN_ALDER, IN_BIRCH, IN_NONE = Place("4", "7"), Place("4", "8"), Place("4", "")
DAYS = days_of(opens_on=OPENS, closes_on=CLOSES, seen_on=TODAY)


def of(whose, first, last, *, late=None, joined=None):
    return population(whose, days=DAYS, rolls=Rolls(first, last, late or {}, joined or {}))


def test_a_point_is_read_from_its_opening_to_the_day_it_is_seen():
    assert (DAYS.roll, DAYS.last, DAYS.opened) == (OPENS, TODAY, True)
    over = days_of(opens_on=OPENS, closes_on=CLOSES, seen_on=date(2027, 3, 1))
    assert (over.roll, over.last) == (OPENS, CLOSES)
    early = days_of(opens_on=OPENS, closes_on=CLOSES, seen_on=date(2026, 10, 1))
    assert (early.roll, early.last, early.opened) == (date(2026, 10, 1), date(2026, 10, 1), False)


def test_who_came_late_is_in_view_and_that_explains_a_missing_mark():
    found = of(WHOLE_SCHOOL, {AMARA: IN_ALDER}, {AMARA: IN_ALDER, IDRIS: IN_ALDER}, joined={IDRIS: date(2026, 11, 18)})

    assert found.inside == {AMARA, IDRIS}
    assert found.unmarked == {IDRIS: "Joined on 18 November 2026, after the point opened"}


def test_who_left_without_a_mark_is_said_to_have_left():
    found = of(WHOLE_SCHOOL, {AMARA: IN_ALDER, TOBY: IN_ALDER}, {AMARA: IN_ALDER})

    assert found.inside == {AMARA, TOBY}
    assert found.unmarked == {TOBY: "No mark, and no longer on roll on 23 November 2026"}


def test_who_changed_class_counts_where_they_were_when_the_point_opened():
    first, last = {AMARA: IN_ALDER}, {AMARA: IN_BIRCH}

    assert of(ALDER, first, last).inside == {AMARA}
    birch = of(BIRCH, first, last)
    assert birch.inside == frozenset()
    assert birch.outside == {AMARA: "In another class on 2 November 2026, when the point opened"}


def test_classes_made_after_the_point_opened_hold_their_pupils():
    assert of(ALDER, {AMARA: IN_NONE}, {AMARA: IN_ALDER}).inside == {AMARA}


def test_a_mark_for_a_point_over_before_the_pupil_came_is_not_counted_and_said():
    found = of(WHOLE_SCHOOL, {}, {}, late={IDRIS: IN_ALDER}, joined={IDRIS: date(2027, 1, 4)})

    assert found.inside == frozenset()
    assert found.outside == {IDRIS: "Joined on 4 January 2027, after the point closed"}


def test_the_denominator_is_said_in_words():
    said = denominator(ALDER, days=DAYS, point="Autumn 2", opens_on=OPENS)
    assert said.startswith(
        "Counted in a subject: pupils in 4 Alder and on roll on 2 November 2026, when Autumn 2 opened, "
        "or on 23 November 2026, who have a mark in it. A percentage is always of those pupils."
    )
    early = days_of(opens_on=OPENS, closes_on=CLOSES, seen_on=date(2026, 10, 1))
    assert "on roll on 1 October 2026 (Autumn 2 opens on 2 November 2026), who" in denominator(
        WHOLE_SCHOOL, days=early, point="Autumn 2", opens_on=OPENS
    )


rolls = st.dictionaries(st.integers(1, 30), st.sampled_from([IN_ALDER, IN_BIRCH, IN_NONE, Place("5", "9")]))


@given(first=rolls, last=rolls)
def test_each_pupil_counts_in_one_class_and_one_year_group_of_the_school(first, last):
    whole = of(WHOLE_SCHOOL, first, last).inside
    classes = [of(Whose("class", key, key), first, last).inside for key in ("7", "8", "9", "")]
    years = [of(Whose("year", key, key), first, last).inside for key in ("4", "5")]

    for parts in (classes, years):
        assert sum(len(part) for part in parts) == len(whole)
        assert frozenset().union(*parts) == whole
    assert whole == set(first) | set(last)
