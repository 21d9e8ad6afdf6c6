"""Setting targets: by whom, what is refused, one change set, undo, history."""

from datetime import timedelta

import pytest

from itrack.assessment.api import save_marks
from itrack.curriculum.models import AssessmentName, MarkOption, MarkScheme
from itrack.foundation.changes.pointing import rows_in_use
from itrack.foundation.models import AuditEntry, ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.pupils.queries.merging import fact_tables
from itrack.targets.api import take_targets_back
from itrack.targets.models import PupilTarget
from itrack.targets.rules.setting import LEADERS_SET, NOT_YOURS
from tests.cast import NOW
from tests.targets.conftest import Aims


@pytest.fixture
def reading_ages(aims: Aims) -> int:
    """A reading age: three months behind the own age is working towards, from there on expected."""
    with writing(aims.school):
        deed = aims.room.cast.deed("hana", ChangeSet.Kind.SCHEME)
        bands = [{"band": "towards", "at_least": "-200"}, {"band": "expected", "at_least": "-3"}]
        told = {"school_id": aims.school, "added_by_id": deed.change_set}
        scheme = MarkScheme.objects.create(name="Ages", kind="age", bands=bands, **told)
        only = [aims.room.subjects["Reading"]]
        return AssessmentName.objects.create(name="Reading age", scheme=scheme, position=9, subjects=only, **told).pk


def test_the_head_sets_targets_for_a_class_in_one_deed(aims: Aims) -> None:
    cells = {aims.room.cell("Amara"): "g", aims.room.cell("Toby"): " E ", aims.room.cell("Mei", "Maths"): "W"}

    made = aims.set("hana", cells)

    assert (made.saved, made.cleared, made.refused) == (3, 0, [])
    assert aims.standing("Amara", "Toby", "Mei") == {
        aims.room.cell("Amara"): ("G", "greater"),
        aims.room.cell("Toby"): ("E", "expected"),
        aims.room.cell("Mei", "Maths"): ("W", "towards"),
    }
    with reading(aims.school):
        [deed] = ChangeSet.objects.filter(school_id=aims.school, kind="targets")
        entry = AuditEntry.objects.get(school_id=aims.school, subject_id=deed.pk, verb="targets.done")
        assert entry.counts == {"targets": 3}


def test_what_cannot_be_set_is_refused_by_cell_and_the_rest_is_set(aims: Aims) -> None:
    room = aims.room
    cells = {
        room.cell("Amara"): "E",
        room.cell("Toby"): "X",
        room.cell("Mei"): "A",
        (room.theirs["pupil"], room.subjects["Reading"]): "E",
        (room.pupils["Amara"], room.theirs["subject"]): "E",
    }

    made = aims.set("hana", cells)

    assert made.saved == 1
    assert {cell.typed: cell.reason for cell in made.refused if cell.typed != "E"} == {
        "X": "X is not a mark here. Not saved. Type B, W, E, G or A.",
        "A": "A has no band to reach. Not saved. Type B, W, E, G.",
    }
    assert [cell.reason for cell in made.refused if cell.typed == "E"] == [
        NOT_YOURS,
        "There is no such subject at this point. Not saved.",
    ]


def test_teachers_set_their_own_pupils_targets_only_where_the_school_lets_them(aims: Aims) -> None:
    cells = {aims.room.cell("Amara"): "E", aims.room.cell("Zainab"): "E"}

    before = aims.set("tom", cells)
    aims.settle(teachers_set=True)
    after = aims.set("tom", cells)

    assert [cell.reason for cell in before.refused] == [LEADERS_SET, LEADERS_SET]
    assert after.saved == 1
    assert [(cell.pupil, cell.reason) for cell in after.refused] == [(aims.room.pupils["Zainab"], NOT_YOURS)]


@pytest.mark.parametrize("name", ["asha", "olu", "gus", "sena"])
def test_nobody_else_sets_targets(aims: Aims, name: str) -> None:
    made = aims.set(name, {aims.room.cell("Amara"): "E"})

    assert [cell.reason for cell in made.refused] == [LEADERS_SET]
    assert not aims.standing("Amara")


def test_a_target_that_is_changed_keeps_its_history(aims: Aims) -> None:
    cell, later = aims.room.cell("Amara"), NOW + timedelta(hours=1)
    aims.set("hana", {cell: "E"})
    aims.set("ada", {cell: "G"}, at=later, shown={cell: "E"})
    aims.set("hana", {cell: ""}, at=later + timedelta(hours=1), shown={cell: "G"})

    with reading(aims.school):
        rows = PupilTarget.objects.filter(school_id=aims.school).order_by("pk")
        told = list(rows.values_list("code", "added_by__by__name", "ended_by__by__name"))

    assert told == [("E", "Hana Head", "Ada Admin"), ("G", "Ada Admin", "Hana Head")]
    assert not aims.standing("Amara")


def test_what_somebody_else_changed_meanwhile_is_told_and_stays(aims: Aims) -> None:
    cell, other = aims.room.cell("Amara"), aims.room.cell("Toby")
    aims.set("hana", {cell: "E"})

    made = aims.set("ada", {cell: "G", other: "W"}, shown={cell: "", other: ""})
    emptied = aims.set("ada", {cell: "G"}, shown={cell: "B"})

    assert made.saved == 1
    assert "it is E now" in made.refused[0].reason
    assert "it is E now" in emptied.refused[0].reason
    assert aims.standing("Amara")[cell][0] == "E"


def test_a_cell_as_it_was_shown_is_left_alone_and_nothing_makes_no_deed(aims: Aims) -> None:
    cell = aims.room.cell("Amara")
    aims.set("hana", {cell: "E"})

    same = aims.set("ada", {cell: "E"}, shown={cell: "E"})
    typed_anew = aims.set("ada", {cell: "e"}, shown={cell: ""})
    unseen = aims.set("ada", {cell: "E"})

    assert [made.change_set for made in (same, typed_anew, unseen)] == [None, None, None]
    assert not typed_anew.refused


def test_a_deed_is_taken_back_by_its_author_or_a_leader(aims: Aims) -> None:
    aims.settle(teachers_set=True)
    cell = aims.room.cell("Amara")
    aims.set("hana", {cell: "E"})
    made = aims.set("tom", {cell: "G"}, shown={cell: "E"}).change_set
    assert made

    with writing(aims.school), pytest.raises(Refused, match="Only the person who set these"):
        take_targets_back(school=aims.school, change_set=made, by=aims.who("sena").member, at=NOW, leads=False)
    with writing(aims.school):
        take_targets_back(school=aims.school, change_set=made, by=aims.who("tom").member, at=NOW, leads=False)

    assert aims.standing("Amara")[cell][0] == "E"


def test_a_score_needs_a_band_and_an_age_is_held_against_the_pupils_own(aims: Aims, reading_ages: int) -> None:
    room, told = aims.room, {"assessment": reading_ages}
    cells = {room.cell("Amara"): "9:02", room.cell("Toby"): "8:06", room.cell("Mei", "Maths"): "9:00"}

    made = aims.set("hana", cells, **told)

    # Born in May 2018, they are nine years and two months old when Summer 2 closes.
    assert aims.standing("Amara", "Toby", assessment=reading_ages) == {
        room.cell("Amara"): ("9:02", "expected"),
        room.cell("Toby"): ("8:06", "towards"),
    }
    assert [cell.reason for cell in made.refused] == ["This assessment is not for that subject. Not saved."]


def test_a_score_without_a_band_is_no_target(aims: Aims) -> None:
    with writing(aims.school):
        deed = aims.room.cast.deed("hana", ChangeSet.Kind.SCHEME)
        told = {"school_id": aims.school, "added_by_id": deed.change_set}
        scheme = MarkScheme.objects.create(name="Bare", kind="scaled", **told)
        bare = AssessmentName.objects.create(name="Bare", scheme=scheme, position=8, **told).pk

    made = aims.set("hana", {aims.room.cell("Amara"): "105"}, assessment=bare)

    assert "105 has no band to reach" in made.refused[0].reason
    assert "which scores mean which band" in made.refused[0].reason


def test_a_target_against_another_year_means_what_such_a_mark_means(aims: Aims) -> None:
    aims.set("hana", {aims.room.cell("Amara"): "2:E", aims.room.cell("Toby"): "4:E"})

    assert aims.standing("Amara", "Toby") == {
        aims.room.cell("Amara"): ("2:E", "below"),
        aims.room.cell("Toby"): ("E", "expected"),
    }


def test_a_point_that_is_past_an_unknown_point_and_history_take_no_targets(aims: Aims) -> None:
    aims.settle(teachers_set=True)
    cell = aims.room.cell("Amara")
    with writing(aims.school):
        AssessmentName.objects.filter(pk=aims.main).update(read_only=True)
        deed = aims.room.cast.deed("hana", ChangeSet.Kind.SCHEME)
        scheme = MarkScheme.objects.filter(school_id=aims.school).first()
        told = {"school_id": aims.school, "added_by_id": deed.change_set, "scheme": scheme, "position": 5}
        second = AssessmentName.objects.create(name="Second", **told).pk

    past = aims.set("tom", {cell: "E"}, point=aims.room.points[0], assessment=second)
    leads = aims.set("hana", {cell: "E"}, point=aims.room.points[0], assessment=second)
    refused = [
        aims.set("hana", {cell: "E"}).refused[0].reason,
        aims.set("hana", {cell: "E"}, point=aims.room.theirs["point"], assessment=second).refused[0].reason,
        aims.set("hana", {cell: "E"}, assessment=999_999).refused[0].reason,
    ]

    assert "closed on" in past.refused[0].reason
    assert leads.saved == 1
    assert [words.split(".")[0] for words in refused] == [
        "Main assessment is kept as history and takes no new targets",
        "There is no such assessment point in this school",
        "There is no such assessment in this school",
    ]


def test_a_scheme_that_targets_use_stands_as_it_is(aims: Aims) -> None:
    with reading(aims.school):
        before = rows_in_use(MarkOption, school=aims.school)
    aims.set("hana", {aims.room.cell("Amara"): "E"})

    with reading(aims.school):
        assert len(rows_in_use(MarkOption, school=aims.school) - before) == 1


def test_targets_follow_a_pupil_when_two_records_become_one(aims: Aims) -> None:
    [table] = [one for one in fact_tables() if one.model is PupilTarget]

    assert table.key == ("point_id", "subject_id", "assessment_id")
    assert table.is_about_attainment


def test_nothing_of_another_school_is_touched(aims: Aims) -> None:
    room = aims.room
    with writing(room.cast.thornhill):
        at = {"by": room.cast.theo.member, "at": NOW}
        save_marks(school=room.cast.thornhill, point=room.theirs["point"], cells={}, **at)

    made = aims.set("hana", {(room.theirs["pupil"], room.theirs["subject"]): "E"}, point=room.theirs["point"])

    assert made.refused
    with reading(room.cast.thornhill):
        assert not PupilTarget.objects.filter(school_id=room.cast.thornhill).exists()
