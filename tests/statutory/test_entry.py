"""Entering statutory results: who may, what is refused and why, what stands afterwards, and taking it back."""

from datetime import date, timedelta

import pytest

from itrack.assessment.models import Result
from itrack.config.undoing import take_back
from itrack.foundation.models import AuditEntry, ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.pupils.api import ClassFacts, add_class, move_pupils
from itrack.statutory.api import SavedResults, save_results, undo_last_entry
from tests.cast import NOW
from tests.statutory.conftest import Summer, a_child

JULY = NOW.replace(month=7, day=8)


def type_in(
    summer: Summer, who: str, told: dict[str, dict[str, str]], *, at=NOW, assessment="ks2", year=2026, **shown
) -> SavedResults:
    viewer = summer.cast.people[who]
    cells = {(summer.pupils[name], part): text for name, row in told.items() for part, text in row.items()}
    seen = {(summer.pupils[name], part): text for name, row in shown.items() for part, text in row.items()}
    with writing(viewer.school):
        return save_results(
            school=viewer.school, assessment=assessment, year=year, cells=cells, shown=seen, by=viewer.member, at=at
        )


def test_what_is_typed_stands_as_a_transfer_file_would_say_it(summer: Summer) -> None:
    made = type_in(summer, "hana", {"Ada": {"reading-scaled": "104", "ks2-writing": "exs", "gps-outcome": "b"}})

    assert (made.saved, made.refused) == (3, [])
    assert summer.standing("Ada") == {"reading-scaled": "104", "ks2-writing": "EXS", "gps-outcome": "B"}
    with reading(summer.cast.oakfield):
        row = Result.objects.filter(component="WRI").values_list(
            "stage", "locale", "year", "subject", "method", "status", "qualifier", "result", "recognised"
        )
        assert list(row) == [("KS2", "ENG", 2026, "ENG", "TA", "R", "NL", "EXS", True)]


def test_what_does_not_fit_is_refused_by_cell_and_the_rest_is_kept(summer: Summer) -> None:
    made = type_in(
        summer,
        "hana",
        {
            "Ada": {"reading-scaled": "121", "maths-scaled": "110", "ks2-science": "GDS"},
            "Bea": {"ks2-writing": "PKF", "reading-raw": "51"},
            "Fay": {"reading-scaled": "100"},
            "Cem": {"nonsense": "1", "reading-outcome": "=SUM(A1)"},
        },
    )

    reasons = {(cell.pupil, cell.component): cell.reason for cell in made.refused}
    ada, bea, cem, fay = (summer.pupils[name] for name in ("Ada", "Bea", "Cem", "Fay"))
    assert reasons[ada, "reading-scaled"] == "121 is not a result of 2026. Not saved. Type a mark from 80 to 120."
    assert reasons[ada, "ks2-science"].endswith("Type EXS, HNM, A, L, F, P.")
    assert reasons[bea, "ks2-writing"].startswith("PKF is not a result of 2026.")
    assert "0 to 50" in reasons[bea, "reading-raw"]
    assert reasons[fay, "reading-scaled"].startswith("This pupil was not in this year group")
    assert reasons[cem, "nonsense"].startswith("There is no such part")
    assert "AS, NS" in reasons[cem, "reading-outcome"]
    assert summer.standing("Ada") == {"maths-scaled": "110"}


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        ({"reading-scaled": "104", "reading-outcome": "NS"}, {}),
        ({"reading-scaled": "99", "reading-outcome": "AS"}, {}),
        ({"reading-scaled": "99", "reading-outcome": "A"}, {}),
        ({"reading-scaled": "99", "reading-outcome": "NS"}, {"reading-scaled": "99", "reading-outcome": "NS"}),
        ({"reading-scaled": "104", "reading-outcome": "CA"}, {"reading-scaled": "104", "reading-outcome": "CA"}),
    ],
)
def test_what_cannot_be_right_together_is_refused_together(summer: Summer, row: dict, kept: dict) -> None:
    made = type_in(summer, "hana", {"Ada": row})

    assert summer.standing("Ada") == kept
    assert len(made.refused) == len(row) - len(kept)


def test_a_code_that_contradicts_what_stands_is_refused_alone(summer: Summer) -> None:
    type_in(summer, "hana", {"Ada": {"reading-scaled": "104"}})

    made = type_in(summer, "hana", {"Ada": {"reading-outcome": "Q", "maths-scaled": "90"}})

    assert [cell.component for cell in made.refused] == ["reading-outcome"]
    assert summer.standing("Ada") == {"reading-scaled": "104", "maths-scaled": "90"}


def test_an_a_in_one_goal_is_an_a_in_all(summer: Summer) -> None:
    with writing(summer.cast.oakfield):
        summer.pupils["Ivy"] = a_child(summer.cast, "Teal", "Ivy", "R")
    goals = {f"e{n:02}": "2" for n in range(1, 18)}

    mixed = type_in(summer, "hana", {"Ivy": {**goals, "e05": "A"}}, assessment="eyfsp")
    whole = type_in(summer, "hana", {"Ivy": dict.fromkeys(goals, "A")}, assessment="eyfsp")

    assert len(mixed.refused) == 17
    assert mixed.change_set is None
    assert (whole.saved, whole.refused) == (17, [])


def test_a_year_that_is_over_needs_a_leader_and_is_noted(summer: Summer) -> None:
    refused = type_in(summer, "sena", {"Ada": {"reading-scaled": "104"}})
    july = type_in(summer, "sena", {"Ada": {"reading-scaled": "104"}}, at=JULY)
    made = type_in(summer, "ada", {"Ada": {"maths-scaled": "104"}})

    assert refused.refused[0].reason.startswith("The school year 2025/26 is over.")
    assert july.saved == made.saved == 1
    with reading(summer.cast.oakfield):
        noted = AuditEntry.objects.filter(verb="past-results.changed").values_list("subject_id", "counts", "by__name")
        assert list(noted) == [(2026, {"results": 1}, "Ada Admin")]


def test_a_teacher_enters_their_own_class_alone(summer: Summer) -> None:
    cast, at = summer.cast, NOW
    with writing(cast.oakfield):
        told = {"school": cast.oakfield, "year": 2026, "by": cast.hana.member, "at": NOW - timedelta(days=60)}
        group, _ = add_class(facts=ClassFacts("4B", cast.tom.member), **told)
        move_pupils(pupils=[summer.pupils["Fay"]], seen_in=None, to=group, on=date(2026, 9, 7), **told)

    saved = type_in(
        summer, "tom", {"Fay": {"tables": "25"}, "Gus": {"tables": "24"}}, assessment="tables", year=2027, at=at
    )

    assert saved.saved == 1
    assert [(cell.pupil, cell.reason[:20]) for cell in saved.refused] == [
        (summer.pupils["Gus"], "This pupil was not i")
    ]
    assert type_in(summer, "olu", {"Fay": {"tables": "20"}}, assessment="tables", year=2027).refused


def test_somebody_elses_change_is_told_and_not_replaced_unawares(summer: Summer) -> None:
    type_in(summer, "hana", {"Ada": {"reading-scaled": "104"}})

    late = type_in(summer, "ada", {"Ada": {"reading-scaled": "101", "maths-scaled": "99"}})
    again = type_in(summer, "ada", {"Ada": {"reading-scaled": "101"}}, Ada={"reading-scaled": "104"})

    assert "it is 104 now" in late.refused[0].reason
    assert late.saved == 1
    assert again.saved == 1
    assert summer.standing("Ada") == {"reading-scaled": "101", "maths-scaled": "99"}


def test_emptying_a_cell_and_taking_that_back(summer: Summer) -> None:
    type_in(summer, "hana", {"Ada": {"reading-scaled": "104"}})

    gone = type_in(summer, "hana", {"Ada": {"reading-scaled": ""}}, Ada={"reading-scaled": "104"})
    empty = summer.standing("Ada")
    with writing(summer.cast.oakfield):
        told = {"school": summer.cast.oakfield, "assessment": "ks2", "year": 2026, "by": summer.cast.hana.member}
        first = undo_last_entry(**told, at=NOW)

    assert (gone.saved, gone.cleared, empty) == (0, 1, {})
    assert first
    assert summer.standing("Ada") == {"reading-scaled": "104"}


def test_a_change_is_taken_back_by_whoever_made_it_or_a_leader(summer: Summer) -> None:
    made = type_in(summer, "hana", {"Ada": {"reading-scaled": "104"}})
    assert made.change_set is not None

    with writing(summer.cast.oakfield):
        with pytest.raises(Refused):
            take_back(viewer=summer.cast.sena, change_set=made.change_set, at=NOW)
        kind = take_back(viewer=summer.cast.ada, change_set=made.change_set, at=NOW)

    assert kind == ChangeSet.Kind.RESULTS
    assert summer.standing("Ada") == {}


def test_typing_what_stands_changes_nothing(summer: Summer) -> None:
    first = type_in(summer, "hana", {"Ada": {"reading-scaled": "104"}})

    again = type_in(summer, "hana", {"Ada": {"reading-scaled": " 0104 "}}, Ada={"reading-scaled": ""})

    assert first.change_set
    assert again.change_set is None


def test_a_cell_left_as_it_was_shown_is_no_change_even_if_somebody_else_made_one(summer: Summer) -> None:
    type_in(summer, "hana", {"Ada": {"reading-scaled": "104"}})

    made = type_in(summer, "ada", {"Ada": {"reading-scaled": "99"}}, Ada={"reading-scaled": "99"})

    assert (made.change_set, made.refused) == (None, [])
    assert summer.standing("Ada") == {"reading-scaled": "104"}


def test_a_year_in_which_nothing_was_held_takes_nothing(summer: Summer) -> None:
    made = type_in(summer, "hana", {"Ada": {"reading-scaled": "104"}}, year=2021)

    assert made.change_set is None
