"""Marks are saved as one change set; what cannot be saved is refused with its reason and the rest is kept."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from itrack.assessment.actions import copy_last, save_marks
from itrack.assessment.api import judgement_table
from itrack.assessment.models import Judgement
from itrack.assessment.rules.marks import RETIRED
from itrack.curriculum.models import Subject
from itrack.foundation.changes.actions import undo
from itrack.foundation.models import AuditEntry, ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from itrack.pupils.models import Enrolment
from tests.assessment.conftest import Classroom, a_class
from tests.cast import NOW, TODAY, a_pupil

LATER = NOW + timedelta(minutes=29)


def standing(room: Classroom, **more: object) -> dict[tuple[int, int], str]:
    with writing(room.cast.oakfield):
        table = judgement_table(school=room.cast.oakfield, point=room.point, **more)
    return {(pupil, subject): code for pupil, subject, code, _ in table}


def test_a_code_is_saved_trimmed_and_upper_cased_under_one_change_set_and_one_audit_entry(room: Classroom) -> None:
    made = room.save("tom", {room.cell("Amara"): " e ", room.cell("Toby", "Maths"): "w"})

    assert (made.saved, made.cleared, made.unchanged, made.refused) == (2, 0, 0, [])
    assert standing(room) == {room.cell("Amara"): "E", room.cell("Toby", "Maths"): "W"}
    with writing(room.cast.oakfield):
        assert ChangeSet.objects.get(pk=made.change_set).counts == {"saved": 2, "cleared": 0}
        entry = AuditEntry.objects.get(verb="marks.done")
        assert (entry.by_id, entry.subject_id, entry.counts) == (
            room.cast.tom.member,
            made.change_set,
            {"saved": 2, "cleared": 0},
        )


def test_a_mark_typed_again_makes_no_version_and_no_change_set(room: Classroom) -> None:
    room.save("tom", {room.cell("Amara"): "E"})

    again = room.save("tom", {room.cell("Amara"): "e", room.cell("Toby"): ""})

    assert (again.change_set, again.unchanged) == (None, 2)
    with writing(room.cast.oakfield):
        assert Judgement.objects.count() == 1
        assert ChangeSet.objects.filter(kind=ChangeSet.Kind.MARKS).count() == 1


def test_a_later_mark_ends_the_earlier_and_both_can_be_read_as_at_their_time(room: Classroom) -> None:
    room.save("tom", {room.cell("Amara"): "W"})
    room.save("tom", {room.cell("Amara"): "E"}, at=LATER)

    assert standing(room) == {room.cell("Amara"): "E"}
    assert standing(room, as_at=NOW) == {room.cell("Amara"): "W"}


def test_an_emptied_cell_ends_the_mark_and_undo_puts_it_back(room: Classroom) -> None:
    room.save("tom", {room.cell("Amara"): "E", room.cell("Toby"): "B"})

    emptied = room.save("tom", {room.cell("Amara"): "  "}, at=LATER)

    assert (emptied.saved, emptied.cleared) == (0, 1)
    assert standing(room) == {room.cell("Toby"): "B"}
    with writing(room.cast.oakfield):
        undo(school=room.cast.oakfield, change_set=emptied.change_set, by=room.cast.tom.member, at=LATER)
    assert standing(room) == {room.cell("Amara"): "E", room.cell("Toby"): "B"}


def test_what_cannot_be_saved_is_refused_with_its_reason_and_the_rest_is_saved(room: Classroom) -> None:
    amara, reading = room.cell("Amara")
    cells = {
        (amara, reading): "E",
        room.cell("Toby"): "XYZ",
        (room.theirs["pupil"], reading): "E",
        (amara, room.theirs["subject"]): "E",
        (10**17, reading): "E",
        (amara, 10**17): "E",
    }

    made = room.save("hana", cells)

    assert (made.saved, len(made.refused)) == (1, 5)
    reasons = {(cell.pupil, cell.column): cell.reason for cell in made.refused}
    assert reasons[room.cell("Toby")] == "XYZ is not a mark here. Not saved. Type B, W, E, G or A."
    assert reasons[room.theirs["pupil"], reading] == reasons[10**17, reading]
    assert "not on the roll" in reasons[10**17, reading]
    assert reasons[amara, room.theirs["subject"]] == reasons[amara, 10**17]
    assert "no such subject" in reasons[amara, 10**17]
    assert standing(room) == {(amara, reading): "E"}


def test_a_point_of_another_school_takes_no_marks(room: Classroom) -> None:
    made = room.save("hana", {room.cell("Amara"): "E"}, point=room.theirs["point"])

    assert made.change_set is None
    assert "no such assessment point" in made.refused[0].reason


def test_a_pupil_who_has_left_is_refused(room: Classroom) -> None:
    with writing(room.cast.oakfield):
        Enrolment.objects.filter(pupil_id=room.pupils["Toby"]).update(ends=TODAY - timedelta(days=1))

    made = room.save("hana", {room.cell("Toby"): "E"})

    assert "not on the roll" in made.refused[0].reason


def test_a_teacher_marks_their_own_class_alone(room: Classroom) -> None:
    made = room.save("tom", {room.cell("Amara"): "E", room.cell("Zainab"): "E"})

    assert [cell.pupil for cell in made.refused] == [room.pupils["Zainab"]]
    assert standing(room) == {room.cell("Amara"): "E"}


def test_a_refusal_never_tells_the_mark_of_a_pupil_of_another_class(room: Classroom) -> None:
    room.save("hana", {room.cell("Zainab"): "G"})

    guesses = [room.save("tom", {room.cell("Zainab"): code}, shown={}) for code in ("G", "E", "")]

    assert [[(cell.reason, cell.stands) for cell in guess.refused] for guess in guesses] == [
        [(guesses[0].refused[0].reason, "")]
    ] * 3


@pytest.mark.parametrize("name", ["olu", "asha", "gus"])
def test_who_may_not_mark_is_refused_by_the_action_too(room: Classroom, name: str) -> None:
    made = room.save(name, {room.cell("Amara"): "E"})

    assert (made.change_set, len(made.refused)) == (None, 1)


def test_a_member_of_the_other_school_is_refused(room: Classroom) -> None:
    made = room.save("theo", {room.cell("Amara"): "E"})

    assert (made.change_set, len(made.refused)) == (None, 1)


def test_the_second_of_two_savers_is_told_and_the_first_mark_stands(room: Classroom) -> None:
    room.save("tom", {room.cell("Amara"): "E"}, shown={room.cell("Amara"): ""})

    second = room.save(
        "hana",
        {room.cell("Amara"): "W", room.cell("Toby"): "B"},
        shown={room.cell("Amara"): "", room.cell("Toby"): ""},
        at=LATER,
    )

    assert second.saved == 1
    told = second.refused[0]
    assert (told.typed, told.stands, told.overtaken) == ("W", "E", True)
    assert told.reason == (
        "Tom Teacher typed E at 10:00, after you opened this page. Your W is not saved. Type it again to replace E."
    )
    assert standing(room) == {room.cell("Amara"): "E", room.cell("Toby"): "B"}


def test_a_cell_left_as_it_was_shown_is_no_change_whatever_stands_now(room: Classroom) -> None:
    room.save("hana", {room.cell("Amara"): "G"})

    form = room.save("tom", {room.cell("Amara"): "E"}, shown={room.cell("Amara"): "E"}, at=LATER)

    assert (form.change_set, form.unchanged, form.refused) == (None, 1, [])
    assert standing(room) == {room.cell("Amara"): "G"}


def test_a_cell_somebody_emptied_meanwhile_is_told_as_such(room: Classroom) -> None:
    room.save("tom", {room.cell("Amara"): "E"})
    room.save("tom", {room.cell("Amara"): ""}, at=LATER)

    second = room.save("hana", {room.cell("Amara"): "W"}, shown={room.cell("Amara"): "E"}, at=LATER)

    assert "Tom Teacher emptied this mark at 10:29" in second.refused[0].reason


def test_a_mark_that_a_colleague_changed_meanwhile_is_not_emptied(room: Classroom) -> None:
    amara = room.cell("Amara")
    room.save("tom", {amara: "E"})
    room.save("hana", {amara: "G"})

    made = room.save("tom", {amara: ""}, shown={amara: "E"})

    [refused] = made.refused
    assert refused.reason.endswith("It is not emptied. Empty it again to remove G.")
    assert (refused.stands, refused.overtaken) == ("G", True)


def test_who_overtook_themselves_in_another_window_is_let_through(room: Classroom) -> None:
    room.save("tom", {room.cell("Amara"): "E"})

    again = room.save("tom", {room.cell("Amara"): "W"}, shown={room.cell("Amara"): ""}, at=LATER)

    assert (again.saved, again.refused) == (1, [])


def test_three_hundred_cells_some_set_some_emptied_cost_six_statements(room: Classroom) -> None:
    with writing(room.cast.oakfield):
        deed = room.cast.deed("olu")
        many = [a_pupil(deed, f"Surname{number}", "Pupil") for number in range(75)]
        a_class(deed, "4C", room.cast.tom.member, many)
    cells = {(pupil, subject): "E" for pupil in many for subject in room.subjects.values()}
    room.save("tom", cells)
    changed = {cell: "" if number % 3 else "W" for number, cell in enumerate(cells)}

    with (
        writing(room.cast.oakfield),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        made = save_marks(
            school=room.cast.oakfield, point=room.point, cells=changed, by=room.cast.tom.member, at=LATER, shown=cells
        )

    assert (made.saved, made.cleared) == (100, 200)
    assert len(asked) <= 6, "\n".join(query["sql"][:90] for query in asked)


@pytest.mark.parametrize("by", ["tom", "hana"])
def test_a_subject_retired_before_the_point_takes_no_mark_and_gives_up_those_it_has(room: Classroom, by: str) -> None:
    room.save("hana", {room.cell("Toby"): "E"})
    retire(room, "Reading", TODAY - timedelta(days=365))

    made = room.save(by, {room.cell("Amara"): "E", room.cell("Toby"): "", room.cell("Toby", "Maths"): "W"})

    assert [(cell.pupil, cell.reason) for cell in made.refused] == [(room.pupils["Amara"], RETIRED)]
    assert standing(room) == {room.cell("Toby", "Maths"): "W"}


def test_a_subject_retired_while_the_point_is_open_is_still_marked(room: Classroom) -> None:
    retire(room, "Reading", TODAY)

    assert room.save("tom", {room.cell("Amara"): "E"}).refused == []


def test_nothing_is_copied_into_a_retired_subject(room: Classroom) -> None:
    retire(room, "Reading", TODAY - timedelta(days=365))
    by, [pupil, subject] = room.cast.tom.member, room.cell("Amara")

    with writing(room.cast.oakfield), pytest.raises(Refused, match="retired before"):
        copy_last(school=room.cast.oakfield, point=room.point, subject=subject, pupils=[pupil], by=by, at=NOW)


def retire(room: Classroom, name: str, on: date) -> None:
    with writing(room.cast.oakfield):
        assert Subject.objects.filter(name=name).update(retired_on=on) == 1
