"""Saving statements: what stands afterwards, what is refused by cell, and how it is taken back."""

from datetime import date, timedelta

import pytest

from itrack.foundation.changes.actions import undo
from itrack.foundation.models import AuditEntry, ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.frameworks.models import Framework, Statement
from itrack.objectives.models import StatementMark
from itrack.objectives.queries.wanted import wanted_instead
from tests.cast import NOW, TODAY
from tests.objectives.conftest import Classroom, a_framework, a_strand


def standing(room: Classroom) -> dict[tuple[int, int], tuple[str | None, date]]:
    with reading(room.cast.oakfield):
        rows = StatementMark.objects.filter(school_id=room.cast.oakfield, ended_at__isnull=True)
        told = rows.values_list("pupil_id", "statement_id", "depth__code", "taken_on")
        return {(pupil, statement): (code, on) for pupil, statement, code, on in told}


def test_a_later_mark_ends_the_earlier_and_both_are_kept(room: Classroom) -> None:
    earlier = NOW - timedelta(days=30)
    room.save("tom", {room.cell("Amara"): "n"}, at=earlier)

    room.save("tom", {room.cell("Amara"): " S "})

    assert standing(room) == {room.cell("Amara"): ("S", TODAY)}
    with reading(room.cast.oakfield):
        kept = StatementMark.objects.filter(school_id=room.cast.oakfield).order_by("pk")
        assert [(row.taken_on, row.ended_at) for row in kept] == [(earlier.date(), NOW), (TODAY, None)]


def test_not_taught_and_does_not_apply_are_marks_of_their_own(room: Classroom) -> None:
    made = room.save("tom", {room.cell("Amara"): "X", room.cell("Toby"): "/", room.cell("Mei"): "N"})

    assert (made.saved, made.refused) == (3, [])
    assert [code for code, _ in standing(room).values()] == ["X", None, "N"]


@pytest.mark.parametrize("name", ["tom", "asha", "sena", "hana", "ada"])
def test_teachers_assistants_and_leaders_judge(room: Classroom, name: str) -> None:
    made = room.save(name, {room.cell("Amara"): "S"})

    assert (made.saved, made.refused) == (1, [])


@pytest.mark.parametrize("name", ["tom", "asha", "olu", "gus"])
def test_nobody_judges_a_pupil_who_is_not_theirs(room: Classroom, name: str) -> None:
    made = room.save(name, {room.cell("Zainab"): "S"})

    assert made.change_set is None
    assert "not in a class of yours" in made.refused[0].reason


def test_what_cannot_be_saved_is_refused_by_cell_and_the_rest_is_kept(room: Classroom) -> None:
    with writing(room.cast.oakfield):
        deed = room.cast.deed("hana", ChangeSet.Kind.FRAMEWORK)
        old = a_framework(deed, "Former curriculum")
        [gone, *_] = a_strand(deed, old, "Maths", "4", 7)[1]
        Framework.objects.filter(school_id=room.cast.oakfield, pk=old).update(archived_on=TODAY)
        [art, *_] = a_strand(deed, room.framework, "Art", "4", 8)[1]
        Statement.objects.filter(pk=room.cell("Amara", 3)[1]).update(retired_on=date(2026, 9, 1))
    amara = room.pupils["Amara"]
    cells = {
        room.cell("Amara"): "S",
        room.cell("Amara", 2): "Q",
        room.cell("Amara", 3): "S",
        (amara, room.theirs["statement"]): "S",
        (amara, gone): "S",
        (amara, art): "S",
        (room.theirs["pupil"], room.cell("Amara")[1]): "S",
        (amara, 10**17): "=cmd|1",
    }

    made = room.save("hana", cells)

    assert [(cell.pupil, cell.statement) for cell in made.refused] == list(cells)[1:]
    assert [cell.reason.split(". ")[0].rstrip(".") for cell in made.refused] == [
        "Q is not a depth here",
        "This statement was retired on 1 September 2026",
        "There is no such statement in this school",
        "This framework is archived",
        "Objectives are not in use for this subject",
        "This pupil is not on the roll, or not in a class of yours",
        "There is no such statement in this school",
    ]
    assert made.refused[0].reason.endswith("Type X, N, E, S, D or /.")
    assert list(standing(room)) == [room.cell("Amara")]


def test_ten_thousand_cells_are_answered_one_by_one(room: Classroom) -> None:
    amara, first = room.cell("Amara")

    made = room.save("tom", {(amara + n, first): "S" for n in range(10_000)})

    assert made.saved + len(made.refused) == 10_000
    assert room.cell("Amara") in standing(room)


def test_a_day_to_come_or_long_ago_is_refused_whole(room: Classroom) -> None:
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=800)):
        with pytest.raises(Refused):
            room.save("tom", {room.cell("Amara"): "S"}, taken_on=day)

    assert standing(room) == {}


def test_an_earlier_day_never_ends_what_was_judged_later(room: Classroom) -> None:
    room.save("tom", {room.cell("Amara"): "S"})

    made = room.save("tom", {room.cell("Amara"): "N", room.cell("Toby"): "N"}, taken_on=TODAY - timedelta(days=7))

    assert made.refused[0].reason == "S was judged here later, on 23 November 2026. Not saved."
    assert standing(room)[room.cell("Toby")] == ("N", TODAY - timedelta(days=7))


def test_of_two_people_in_one_cell_nothing_is_lost_and_both_learn(room: Classroom) -> None:
    cell = room.cell("Amara")
    room.save("tom", {cell: "S"}, shown={cell: ""})

    made = room.save("asha", {cell: "N", room.cell("Toby"): "N"}, shown={cell: "", room.cell("Toby"): ""})

    assert made.saved == 1
    assert made.refused[0].overtaken
    assert made.refused[0].reason.startswith("Tom Teacher typed S at 10:00, after you opened this page.")
    with reading(room.cast.oakfield):
        told = wanted_instead(
            viewer=room.cast.tom, statements=[cell[1]], pupils=[cell[0]], now=NOW + timedelta(minutes=1)
        )
    assert told == {cell: "Asha Assistant wanted another mark here at 10:00. Yours stands."}


def test_a_cell_left_alone_is_no_change_and_an_emptied_one_ends(room: Classroom) -> None:
    first, second = room.cell("Amara"), room.cell("Amara", 2)
    room.save("tom", {first: "S", second: "S"})

    made = room.save("tom", {first: "S", second: ""}, shown={first: "S", second: "S"})

    assert (made.saved, made.cleared, made.unchanged) == (0, 1, 1)
    assert list(standing(room)) == [first]


def test_a_block_is_one_change_set_that_is_taken_back_whole(room: Classroom) -> None:
    room.save("tom", {room.cell("Amara"): "N"})
    made = room.save("tom", {room.cell(who, n): "S" for who in ("Amara", "Toby") for n in (1, 2, 3)})

    with writing(room.cast.oakfield):
        undo(school=room.cast.oakfield, change_set=made.change_set, by=room.cast.tom.member, at=NOW)

    assert standing(room) == {room.cell("Amara"): ("N", TODAY)}


def test_the_log_holds_counts_and_never_a_mark(room: Classroom) -> None:
    room.save("tom", {room.cell("Amara"): "S", room.cell("Toby"): "N"})

    with reading(room.cast.oakfield):
        entry = AuditEntry.objects.filter(school_id=room.cast.oakfield, verb="statements.done").get()
    assert (entry.counts, entry.fields) == ({"saved": 2, "cleared": 0}, [])
