"""Marks in the wrong place are moved, copied or deleted as previewed; one change, which can be undone to the letter."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from itrack.assessment.models import Judgement
from itrack.checking.api import Asked, move_marks, preview_of, take_move_back
from itrack.checking.rules.moving import Act, Choices, Chosen, Fate, Place
from itrack.curriculum.api import main_assessment
from itrack.curriculum.models import AssessmentName, Subject
from itrack.foundation.models import AuditEntry, ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from tests.assessment.conftest import Classroom, a_class
from tests.cast import NOW, TODAY, a_pupil

Marks = dict[tuple[str, str], str]


def main(room: Classroom) -> int:
    with writing(room.cast.oakfield):
        return main_assessment(school=room.cast.oakfield).get()["pk"]


def place(room: Classroom, point: int, subject: str = "", assessment: int = 0) -> Place:
    return Place(point, room.subjects[subject] if subject else 0, assessment or main(room))


def stands(room: Classroom, at: Place) -> Marks:
    """(forename, subject) → code, ? after a copy."""
    names = {pk: name for name, pk in room.pupils.items()}
    subjects = {pk: name for name, pk in room.subjects.items()}
    with writing(room.cast.oakfield):
        rows = Judgement.objects.filter(point_id=at.point, assessment_id=at.assessment, ended_at__isnull=True)
        told = list(rows.values_list("pupil_id", "subject_id", "code", "confirmed"))
    return {(names[who], subjects[what]): code + ("" if sure else "?") for who, what, code, sure in told}


def seen(room: Classroom, asked: Asked) -> str:
    with writing(room.cast.oakfield):
        return preview_of(school=room.cast.oakfield, asked=asked).seen


def move(room: Classroom, asked: Asked, choices: Choices | None = None, *, shown: str = "") -> int:
    shown = shown or seen(room, asked)
    chosen = choices or Choices(set(room.pupils.values()))
    with writing(room.cast.oakfield):
        told = {"school": room.cast.oakfield, "by": room.cast.hana.member, "at": NOW}
        return move_marks(asked=asked, choices=chosen, shown=shown, **told)


@pytest.fixture
def entered(room: Classroom) -> Asked:
    """Tom typed Autumn 2 reading where it was meant for writing, which has a mark of Mei's already."""
    room.save("tom", {room.cell("Amara"): "E", room.cell("Toby"): "W", room.cell("Mei"): "G"})
    room.save("hana", {room.cell("Mei", "Writing"): "B"})
    return Asked(Act.MOVE, place(room, room.point, "Reading"), place(room, room.point, "Writing"))


def test_marks_move_to_another_subject_and_undo_puts_every_one_back(room: Classroom, entered: Asked) -> None:
    before = stands(room, entered.source)

    done = move(room, entered)

    assert stands(room, entered.source) == {
        ("Amara", "Writing"): "E",
        ("Toby", "Writing"): "W",
        ("Mei", "Writing"): "B",
        ("Mei", "Reading"): "G",
    }
    with writing(room.cast.oakfield):
        assert ChangeSet.objects.get(pk=done).counts == {"moved": 2}
        take_move_back(school=room.cast.oakfield, change_set=done, by=room.cast.hana.member, at=NOW)
    assert stands(room, entered.source) == before


def test_where_another_mark_stands_it_is_replaced_only_when_chosen(room: Classroom, entered: Asked) -> None:
    everybody, mei = set(room.pupils.values()), room.cell("Mei", "Writing")

    done = move(room, entered, Choices(everybody, Chosen.EACH, {mei}))

    assert stands(room, entered.source)["Mei", "Writing"] == "G"
    assert ("Mei", "Reading") not in stands(room, entered.source)
    with writing(room.cast.oakfield):
        assert ChangeSet.objects.get(pk=done).counts == {"moved": 3, "replaced": 1}


def test_a_pupil_not_ticked_is_left_alone(room: Classroom, entered: Asked) -> None:
    move(room, entered, Choices({room.pupils["Toby"]}))

    assert stands(room, entered.source) == {
        ("Amara", "Reading"): "E",
        ("Mei", "Reading"): "G",
        ("Mei", "Writing"): "B",
        ("Toby", "Writing"): "W",
    }


def test_every_subject_of_one_class_moves_to_another_point_and_both_leave_a_note_when_past(room: Classroom) -> None:
    room.save("hana", {room.cell("Amara"): "E", room.cell("Amara", "Maths"): "W", room.cell("Zainab"): "G"})
    last = room.points[room.points.index(room.point) - 1]

    move(room, Asked(Act.MOVE, place(room, room.point), place(room, last), group=room.group))

    assert stands(room, place(room, last)) == {("Amara", "Reading"): "E", ("Amara", "Maths"): "W"}
    assert stands(room, place(room, room.point)) == {("Zainab", "Reading"): "G"}
    with writing(room.cast.oakfield):
        noted = AuditEntry.objects.filter(verb="past-marks.changed").values_list("subject_id", "counts")
        assert list(noted) == [(last, {"marks": 2})]


def test_a_year_group_is_chosen_by_the_year_of_the_marks(room: Classroom) -> None:
    with writing(room.cast.oakfield):
        older = a_pupil(room.cast.deed("olu"), "Foxglove", "Finn", "5")
    room.save("hana", {room.cell("Amara"): "E", (older, room.subjects["Reading"]): "W"})

    asked = Asked(Act.MOVE, place(room, room.point), place(room, room.points[-1]), year_group="5")
    with writing(room.cast.oakfield):
        lines = preview_of(school=room.cast.oakfield, asked=asked).lines

    assert [line.mark.pupil for line in lines] == [older]


def test_copies_stay_copies_and_the_original_stands(room: Classroom) -> None:
    earlier = room.points[room.points.index(room.point) - 1]
    room.save("hana", {room.cell("Amara"): "E"}, point=earlier)
    from itrack.assessment.api import copy_last

    with writing(room.cast.oakfield):
        who = {"pupils": room.pupils.values(), "by": room.cast.hana.member, "at": NOW}
        copy_last(school=room.cast.oakfield, point=room.point, subject=room.subjects["Reading"], **who)

    move(room, Asked(Act.COPY, place(room, room.point, "Reading"), place(room, room.point, "Maths")))

    assert stands(room, place(room, room.point)) == {("Amara", "Reading"): "E?", ("Amara", "Maths"): "E?"}


def test_a_score_moved_to_letters_stays_with_its_reason(room: Classroom, test_of_reading: int) -> None:
    room.save("hana", {room.cell("Amara"): "118"}, assessment=test_of_reading)
    asked = Asked(Act.MOVE, place(room, room.point, "Reading", test_of_reading), place(room, room.point, "Reading"))

    with writing(room.cast.oakfield):
        [line] = preview_of(school=room.cast.oakfield, asked=asked).lines
    assert (line.fate, line.reason) == (Fate.REFUSED, "118 is not a mark here.")
    with pytest.raises(Refused, match="No mark would change"):
        move(room, asked)


def test_a_score_keeps_its_day_and_takes_its_band_where_it_goes(room: Classroom, test_of_reading: int) -> None:
    earlier = room.points[room.points.index(room.point) - 1]
    room.save("hana", {room.cell("Amara"): "118"}, assessment=test_of_reading, taken_on=TODAY)

    source = place(room, room.point, "Reading", test_of_reading)
    move(room, Asked(Act.MOVE, source, place(room, earlier, "Reading", test_of_reading)))

    with writing(room.cast.oakfield):
        one = Judgement.objects.get(ended_at__isnull=True)
        assert (one.point_id, one.score, one.band, one.taken_on) == (earlier, 118, "greater", TODAY)


def test_what_is_for_another_subject_or_retired_or_history_is_refused(room: Classroom, test_of_reading: int) -> None:
    room.save("hana", {room.cell("Amara", "Maths"): "E"})
    source = place(room, room.point, "Maths")

    with writing(room.cast.oakfield):
        school = room.cast.oakfield
        to_test = Asked(Act.COPY, source, place(room, room.point, "Maths", test_of_reading))
        assert preview_of(school=school, asked=to_test).lines[0].reason == "That assessment is not for this subject."
        Subject.objects.filter(name="Writing").update(retired_on=datetime(2026, 9, 1, tzinfo=UTC).date())
        retired = Asked(Act.MOVE, source, place(room, room.point, "Writing"))
        assert preview_of(school=school, asked=retired).lines[0].reason.startswith("This subject was retired")
        AssessmentName.objects.filter(pk=test_of_reading).update(read_only=True)
        with pytest.raises(Refused, match="Reading test is kept as history"):
            preview_of(school=school, asked=to_test)
        with pytest.raises(Refused, match="kept as history"):
            preview_of(school=school, asked=Asked(Act.DELETE, Place(room.point, 0, test_of_reading), source))


def test_marks_are_deleted_and_come_back(room: Classroom, entered: Asked) -> None:
    asked = Asked(Act.DELETE, entered.source, entered.source, group=room.group)

    done = move(room, asked)

    assert stands(room, entered.source) == {("Mei", "Writing"): "B"}
    with writing(room.cast.oakfield):
        take_move_back(school=room.cast.oakfield, change_set=done, by=room.cast.hana.member, at=NOW)
    assert len(stands(room, entered.source)) == 4


def test_a_mark_typed_between_preview_and_apply_stops_the_whole_of_it(room: Classroom, entered: Asked) -> None:
    shown = seen(room, entered)
    room.save("tom", {room.cell("Toby"): "E"})

    with pytest.raises(Refused, match="have changed since you were shown"):
        move(room, entered, shown=shown)

    assert stands(room, entered.source)["Amara", "Reading"] == "E"


def test_the_same_preview_cannot_be_applied_twice(room: Classroom, entered: Asked) -> None:
    shown = seen(room, entered)
    move(room, entered, shown=shown)

    with pytest.raises(Refused, match="have changed since you were shown"):
        move(room, entered, shown=shown)


def test_what_is_not_this_schools_is_refused(room: Classroom, entered: Asked) -> None:
    theirs = room.theirs
    for asked in (
        Asked(Act.MOVE, Place(theirs["point"], 0, main(room)), Place(room.point, 0, main(room))),
        Asked(Act.MOVE, entered.source, Place(theirs["point"], entered.target.subject, main(room))),
        Asked(Act.MOVE, entered.source, Place(room.point, theirs["subject"], main(room))),
        Asked(Act.MOVE, Place(room.point, theirs["subject"], main(room)), entered.target),
        Asked(Act.MOVE, entered.source, Place(room.point, entered.target.subject, 10**9)),
        Asked(Act.MOVE, entered.source, entered.target, group=theirs["group"]),
        Asked(Act.MOVE, entered.source, entered.source),
    ):
        with pytest.raises(Refused):
            move(room, asked, shown="anything")
    assert len(stands(room, entered.source)) == 4


def test_many_marks_cost_as_many_questions_as_few(room: Classroom) -> None:
    later = place(room, room.points[-1])

    def cost(*pupils: int) -> int:
        room.save("hana", {(pupil, subject): "E" for pupil in pupils for subject in room.subjects.values()})
        asked = Asked(Act.MOVE, place(room, room.point), later)
        shown = seen(room, asked)
        with CaptureQueriesContext(connection) as asked_for:
            move(room, asked, Choices(set(pupils)), shown=shown)
        return len(asked_for)

    few = cost(room.pupils["Amara"])
    with writing(room.cast.oakfield):
        deed = room.cast.deed("olu")
        more = [a_pupil(deed, f"Surname{n}", "Kit") for n in range(30)]
        a_class(room.cast.deed("ada", ChangeSet.Kind.CLASSES), "4C", None, more)

    assert cost(*more) == few
