"""The new year: what is suggested, what happens when it is applied, and that it can be taken back exactly."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from itrack.assessment.api import save_marks
from itrack.config.undoing import take_back
from itrack.curriculum.api import subjects
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.objectives.api import save_statements, use_objectives
from itrack.pupils.api import (
    ClassFacts,
    add_class,
    classes,
    helpers_of,
    leavers,
    move_pupils,
    pupils_on_roll,
    store_pupils,
)
from itrack.rollover.api import apply_plan, save_last_days, save_own_ways, save_routes, save_staff
from itrack.rollover.rules.plan import OwnWay
from itrack.schools.api import points
from itrack.schools.models import School
from tests.architecture.world import stored
from tests.cast import TODAY, Cast
from tests.objectives.conftest import a_framework, a_strand
from tests.rollover.school import JULY, YEAR, applied, entry, fill, primary, the_plan

AUTUMN = datetime(2027, 9, 20, 10, 0, tzinfo=UTC)
SEPTEMBER = date(2027, 9, 6)


@pytest.fixture
def school(cast: Cast) -> dict[str, list[int]]:
    return primary(cast)


def where(cast: Cast, on: date, year: int) -> dict[int, tuple[str, str]]:
    with reading(cast.oakfield):
        lines = pupils_on_roll(school=cast.oakfield, on=on, year=year)
        return {line.id: (line.class_name, line.year_group) for line in lines}


def test_every_class_moves_up_and_year_6_leaves(cast: Cast, school) -> None:
    applied(cast)

    then = where(cast, SEPTEMBER, YEAR)
    assert {then[pupil] for pupil in school["3 Birch"]} == {("4 Birch", "4")}
    assert {then[pupil] for pupil in school["Reception"]} == {("Year 1", "1")}
    assert not set(school["6 Cedar"]) & then.keys()
    with reading(cast.oakfield):
        names = [row.name for row in classes(school=cast.oakfield, year=YEAR)]
    assert names == ["Year 1", "2 Ash", "3 Ash", "4 Birch", "5 Birch", "6 Cedar", "Reception"]


def test_the_present_year_shows_what_it_showed_before(cast: Cast, school) -> None:
    before = where(cast, TODAY, 2026), where(cast, date(2027, 7, 1), 2026)
    with reading(cast.oakfield):
        rows = classes(school=cast.oakfield, year=2026, on=TODAY)

    applied(cast)

    assert (where(cast, TODAY, 2026), where(cast, date(2027, 7, 1), 2026)) == before
    with reading(cast.oakfield):
        assert classes(school=cast.oakfield, year=2026, on=TODAY) == rows


def test_taking_it_back_leaves_every_table_as_it_was(cast: Cast, school) -> None:
    before = stored(cast.oakfield)

    done = applied(cast)
    with writing(cast.oakfield):
        take_back(viewer=cast.olu, change_set=done, at=JULY)

    changed = {table for table, digest in stored(cast.oakfield).items() if digest != before[table]}
    assert changed <= {"foundation_changeset", "foundation_auditentry", "foundation_replaced", "pupils_roll"}


def test_the_second_of_two_is_told_who_was_first(cast: Cast, school) -> None:
    digest = the_plan(cast).outcome.digest
    applied(cast, by="hana")

    with pytest.raises(Refused, match="Hana Head has set 2027/28 up already"), writing(cast.oakfield):
        apply_plan(school=cast.oakfield, year=YEAR, digest=digest, by=cast.olu.member, at=JULY)


def test_it_is_taken_back_until_the_first_mark_and_then_the_sentence_names_the_class(cast: Cast, school) -> None:
    done = applied(cast)
    point = a_point(cast, YEAR)
    with writing(cast.oakfield):
        cells = {(school["3 Birch"][0], subjects(school=cast.oakfield)[0][0]): "E"}
        marks = save_marks(school=cast.oakfield, point=point, cells=cells, by=cast.hana.member, at=AUTUMN)
    assert not marks.refused

    with pytest.raises(Refused, match="4 Birch has begun 2027/28"), writing(cast.oakfield):
        take_back(viewer=cast.olu, change_set=done, at=AUTUMN)

    with writing(cast.oakfield):
        take_back(viewer=cast.hana, change_set=marks.change_set or 0, at=AUTUMN)
        take_back(viewer=cast.olu, change_set=done, at=AUTUMN)
    assert where(cast, SEPTEMBER, YEAR)[school["3 Birch"][0]] == ("", "4")


@pytest.mark.parametrize(("judged", "stands"), [(date(2027, 9, 7), True), (date(2027, 7, 9), False)])
def test_an_objective_judged_in_the_new_year_holds_it_back_and_one_of_the_old_does_not(
    cast: Cast, school, judged: date, stands: bool
) -> None:
    with writing(cast.oakfield):
        _, [counts, *_] = a_strand(cast.deed("hana"), a_framework(cast.deed("hana")), "Maths", "4", 0)
        use_objectives(school=cast.oakfield, times={"maths": 1}, by=cast.hana.member, at=JULY)
    done = applied(cast)
    at = datetime.combine(judged, AUTUMN.timetz())
    with writing(cast.oakfield):
        cells = {(school["3 Birch"][0], counts): "S"}
        told = save_statements(school=cast.oakfield, cells=cells, by=cast.hana.member, at=at)
    assert not told.refused

    if not stands:
        with writing(cast.oakfield):
            take_back(viewer=cast.olu, change_set=done, at=AUTUMN)
        return
    with pytest.raises(Refused, match="4 Birch has begun 2027/28"), writing(cast.oakfield):
        take_back(viewer=cast.olu, change_set=done, at=AUTUMN)
    with writing(cast.oakfield):
        take_back(viewer=cast.hana, change_set=told.change_set or 0, at=AUTUMN)
        take_back(viewer=cast.olu, change_set=done, at=AUTUMN)


def test_a_mark_of_this_year_does_not_stand_in_the_way(cast: Cast, school) -> None:
    with writing(cast.oakfield):
        cells = {(school["3 Birch"][0], subjects(school=cast.oakfield)[0][0]): "E"}
    done = applied(cast)
    point = a_point(cast, 2026)
    with writing(cast.oakfield):
        save_marks(school=cast.oakfield, point=point, cells=cells, by=cast.hana.member, at=JULY)
        take_back(viewer=cast.olu, change_set=done, at=JULY)

    assert where(cast, SEPTEMBER, YEAR)[school["3 Birch"][0]] == ("", "4")


def test_somebody_who_moved_a_pupil_meanwhile_makes_the_check_stale_and_nothing_is_half_done(
    cast: Cast, school
) -> None:
    digest = the_plan(cast).outcome.digest
    groups = {row.name: row.id for row in the_plan(cast).turn.now}
    with writing(cast.oakfield):
        move_pupils(
            school=cast.oakfield, year=2026, pupils=school["3 Birch"][:1], seen_in=groups["3 Birch"],
            to=groups["2 Ash"], on=date(2026, 11, 30), by=cast.hana.member, at=JULY,
        )  # fmt: skip
    before = stored(cast.oakfield)

    with pytest.raises(Refused, match="Something has changed since"), writing(cast.oakfield):
        apply_plan(school=cast.oakfield, year=YEAR, digest=digest, by=cast.olu.member, at=JULY)

    assert stored(cast.oakfield) == before


def test_a_child_kept_back_is_in_the_same_year_group_and_the_class_chosen(cast: Cast, school) -> None:
    pupil = school["3 Birch"][0]
    into = key_of(cast, "3 Ash")
    with writing(cast.oakfield):
        save_own_ways(
            school=cast.oakfield, seen=the_plan(cast).seen, ways={pupil: OwnWay(into, "3")},
            by=cast.olu.member, at=JULY,
        )  # fmt: skip
    applied(cast)

    assert where(cast, SEPTEMBER, YEAR)[pupil] == ("3 Ash", "3")
    assert where(cast, TODAY, 2026)[pupil] == ("3 Birch", "3")
    assert where(cast, date(2028, 9, 6), 2028)[pupil] == ("", "4")


def test_a_child_of_year_6_who_stays_is_on_roll_in_year_6_again(cast: Cast, school) -> None:
    pupil = school["6 Cedar"][0]
    with writing(cast.oakfield):
        save_own_ways(
            school=cast.oakfield, seen=the_plan(cast).seen, ways={pupil: OwnWay(key_of(cast, "6 Cedar"), "6")},
            by=cast.olu.member, at=JULY,
        )  # fmt: skip
    applied(cast)

    assert where(cast, SEPTEMBER, YEAR)[pupil] == ("6 Cedar", "6")


def test_those_with_a_first_day_in_september_come_into_reception_on_that_day(cast: Cast, school) -> None:
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        entries = [entry(f"New {n}", "N2", enrolment=(date(2027, 9, 13), None)) for n in range(2)]
        new = store_pupils(deed=deed, entries=entries).pupils
    applied(cast)

    assert new[0] not in where(cast, SEPTEMBER, YEAR)
    assert where(cast, date(2027, 9, 13), YEAR)[new[0]] == ("Reception", "R")
    assert new[0] not in where(cast, TODAY, 2026)


def test_who_has_a_place_in_the_new_year_already_is_left_where_they_are(cast: Cast, school) -> None:
    pupil = school["3 Birch"][0]
    with writing(cast.oakfield):
        facts = ClassFacts("Nurture", cast.tom.member)
        group, _ = add_class(school=cast.oakfield, year=YEAR, facts=facts, by=cast.hana.member, at=JULY)
        move_pupils(
            school=cast.oakfield, year=YEAR, pupils=[pupil], seen_in=None, to=group, on=date(2027, 9, 1),
            by=cast.hana.member, at=JULY,
        )  # fmt: skip
    applied(cast)

    then = where(cast, SEPTEMBER, YEAR)
    assert then[pupil] == ("Nurture", "4")
    assert then[school["3 Birch"][1]] == ("4 Birch", "4")


def test_a_mixed_age_school_keeps_its_classes_and_a_split_by_year_group_is_followed(cast: Cast) -> None:
    classes_now = {"R/1": {"R": 3, "1": 3}, "2/3": {"2": 3, "3": 3}, "4/5/6": {"4": 3, "5": 3, "6": 3}}
    made = fill(cast, classes_now)
    applied(cast)

    then = where(cast, SEPTEMBER, YEAR)
    assert [then[pupil] for pupil in made["R/1"]] == [("R/1", "1")] * 3 + [("2/3", "2")] * 3
    assert [then.get(pupil) for pupil in made["4/5/6"]] == [("4/5/6", "5")] * 3 + [("4/5/6", "6")] * 3 + [None] * 3


@pytest.mark.parametrize(("phase", "leaving"), [("infant", "2"), ("junior", "6"), ("primary", "6")])
def test_the_last_year_group_of_the_phase_leaves_on_the_last_day_of_term(cast: Cast, phase: str, leaving: str) -> None:
    School.objects.filter(pk=cast.oakfield).update(phase=phase)
    codes = {"infant": ("R", "1", "2"), "junior": ("3", "4", "5", "6"), "primary": ("1", "2", "6")}[phase]
    made = fill(cast, {f"Year {code}": {code: 2} for code in codes})
    applied(cast)

    with reading(cast.oakfield):
        gone = leavers(school=cast.oakfield, since=TODAY, on=TODAY, year=2026)
    assert {line.id for line, _ in gone} == set(made[f"Year {leaving}"])
    assert {day for _, day in gone} == {date(2027, 7, 22)}


def test_one_who_leaves_on_another_day_does(cast: Cast, school) -> None:
    pupil, other = school["6 Cedar"][:2]
    with writing(cast.oakfield):
        save_last_days(
            school=cast.oakfield, seen=the_plan(cast).seen, last_day=date(2027, 7, 21),
            own={pupil: date(2027, 7, 9), other: None}, by=cast.olu.member, at=JULY,
        )  # fmt: skip
    applied(cast)

    july = where(cast, date(2027, 7, 20), 2026)
    assert pupil not in july
    assert july[other] == ("6 Cedar", "6")
    assert other not in where(cast, date(2027, 7, 22), 2026)


def test_teachers_and_helpers_of_the_classes_are_those_chosen(cast: Cast, school) -> None:
    with writing(cast.oakfield):
        staff = {key_of(cast, "4 Birch"): (cast.tom.member, [cast.asha.member])}
        save_staff(school=cast.oakfield, seen=the_plan(cast).seen, staff=staff, by=cast.olu.member, at=JULY)
    applied(cast)

    with reading(cast.oakfield):
        [birch] = [row for row in classes(school=cast.oakfield, year=YEAR) if row.name == "4 Birch"]
        assert birch.teacher_name == "Tom Teacher"
        assert helpers_of(school=cast.oakfield, group=birch.id) == [(cast.asha.member, "Asha Assistant")]


def test_of_two_who_plan_the_slower_is_told_and_overwrites_nothing(cast: Cast, school) -> None:
    seen = the_plan(cast).seen
    with writing(cast.oakfield):
        save_routes(school=cast.oakfield, seen=seen, routes={}, by=cast.hana.member, at=JULY)

    with pytest.raises(Refused, match="Somebody else has worked on the new year"), writing(cast.oakfield):
        save_routes(school=cast.oakfield, seen=seen, routes={}, by=cast.olu.member, at=JULY)


def test_a_plan_that_was_applied_cannot_be_changed_any_more(cast: Cast, school) -> None:
    with writing(cast.oakfield):
        save_routes(school=cast.oakfield, seen=the_plan(cast).seen, routes={}, by=cast.hana.member, at=JULY)
    applied(cast)

    with pytest.raises(Refused, match="has been set up already"), writing(cast.oakfield):
        save_routes(school=cast.oakfield, seen=the_plan(cast).seen, routes={}, by=cast.olu.member, at=JULY)


def test_a_saved_plan_survives_the_undo_exactly(cast: Cast, school) -> None:
    with writing(cast.oakfield):
        save_own_ways(
            school=cast.oakfield, seen=the_plan(cast).seen, ways={school["3 Birch"][0]: OwnWay("none", "3")},
            by=cast.olu.member, at=JULY,
        )  # fmt: skip
    before = stored(cast.oakfield)
    done = applied(cast)
    with writing(cast.oakfield):
        take_back(viewer=cast.olu, change_set=done, at=JULY)

    changed = {table for table, digest in stored(cast.oakfield).items() if digest != before[table]}
    assert changed <= {"foundation_changeset", "foundation_auditentry", "foundation_replaced", "pupils_roll"}


def test_a_pupil_of_another_school_is_not_planned_for(cast: Cast, school) -> None:
    with pytest.raises(Refused, match="not on the roll of the new year"), writing(cast.oakfield):
        save_own_ways(
            school=cast.oakfield, seen=the_plan(cast).seen, ways={10**9: OwnWay("none", "")},
            by=cast.olu.member, at=JULY,
        )  # fmt: skip


def test_what_hinders_a_plan_is_said_when_it_is_applied(cast: Cast, school) -> None:
    with writing(cast.oakfield):
        save_last_days(
            school=cast.oakfield, seen=the_plan(cast).seen, last_day=date(2025, 7, 1), own={},
            by=cast.olu.member, at=JULY,
        )  # fmt: skip

    with pytest.raises(Refused, match="3 would leave before their first day here"):
        applied(cast)


def test_420_pupils_cost_no_more_statements_than_21(cast: Cast) -> None:
    primary(cast, size=3)
    with CaptureQueriesContext(connection) as few:
        done = applied(cast)
    with writing(cast.oakfield):
        take_back(viewer=cast.olu, change_set=done, at=JULY)
    fill(cast, {f"{code} Big": {code: 57} for code in ("1", "2", "3", "4", "5", "6")})

    with CaptureQueriesContext(connection) as many:
        applied(cast)

    assert len(many) <= len(few) + 12  # from 400 rows on they are copied, which takes some statements more


def a_point(cast: Cast, year: int) -> int:
    with reading(cast.oakfield):
        return next(point.id for point in points(school=cast.oakfield) if (point.year, point.slot) == (year, 1))


def key_of(cast: Cast, name: str) -> str:
    return next(one.key for one in the_plan(cast).choices.classes if one.name == name)
