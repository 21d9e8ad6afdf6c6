"""Marks of other kinds than the main assessment's: scores, ages, and marks against another year."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from itrack.assessment.actions import copy_last
from itrack.assessment.models import Judgement
from itrack.curriculum.models import AssessmentName, MarkOption, MarkScheme
from itrack.curriculum.rules_schemes import BandRule, rules_data
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.versions import merge
from itrack.pupils.models import Circumstance
from tests.assessment.conftest import Classroom
from tests.cast import NOW

BANDS = [("below", 0), ("towards", 85), ("expected", 95), ("greater", 116)]
SCORES = tuple(BandRule(band, at_least=Decimal(score)) for band, score in BANDS)
AGES = tuple(BandRule(band, at_least=Decimal(m)) for band, m in [("below", -200), ("expected", -6), ("greater", 12)])


def an_assessment(room: Classroom, name: str, kind: str, rules: tuple[BandRule, ...] = (), **more: object) -> int:
    with writing(room.cast.oakfield):
        deed = room.cast.deed("ada")
        made = {"school_id": deed.school, "added_by_id": deed.change_set}
        scheme = MarkScheme.objects.create(name=name, kind=kind, bands=rules_data(rules), **made)
        return AssessmentName.objects.create(name=name, scheme=scheme, position=9, **made, **more).pk


@pytest.fixture
def test_of_reading(room: Classroom) -> int:
    return an_assessment(room, "Reading test", "standardised", SCORES)


def stored(room: Classroom, assessment: int) -> dict[str, tuple[str, Decimal | None, str, str]]:
    names = {pupil: name for name, pupil in room.pupils.items()}
    with writing(room.cast.oakfield):
        rows = Judgement.objects.filter(assessment_id=assessment, ended_at=None)
        return {names[row.pupil_id]: (row.code, row.score, row.band, row.of_year) for row in rows}


def is_of_year(room: Classroom, name: str, year_group: str) -> None:
    key, values = ("pupil_id", "kind", "key"), ("code", "detail", "recognised")
    row = (room.pupils[name], "year", "2026", year_group, "", True)
    with writing(room.cast.oakfield):
        merge(Circumstance, deed=room.cast.deed("olu"), key=key, values=values, rows=[row])


def test_a_score_is_stored_with_its_band_beside_the_main_judgement(room: Classroom, test_of_reading: int) -> None:
    room.save("tom", {room.cell("Amara"): "W"})

    made = room.save("tom", {room.cell("Amara"): " 104 ", room.cell("Toby"): "84"}, assessment=test_of_reading)

    assert (made.saved, made.refused) == (2, [])
    assert stored(room, test_of_reading) == {
        "Amara": ("104", Decimal(104), "expected", ""),
        "Toby": ("84", Decimal(84), "below", ""),
    }
    assert made.shown[f"{room.pupils['Amara']}-{room.subjects['Reading']}"] == ("104", "e", "61%")
    with writing(room.cast.oakfield):
        assert Judgement.objects.filter(ended_at=None).count() == 3


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("140", "140 is out of range. Not saved. Type 70 to 130."),
        ("69", "69 is out of range. Not saved. Type 70 to 130."),
        ("E", "E is not a score here. Not saved. Type 70 to 130."),
        ("=1+1", "=1+1 is not a score here. Not saved. Type 70 to 130."),
        ("1" * 40, "11111111111… is not a score here. Not saved. Type 70 to 130."),
        ("10４", "10４ is not a score here. Not saved. Type 70 to 130."),
    ],
)
def test_what_is_no_score_is_refused_by_cell_with_the_range(
    room: Classroom, test_of_reading: int, typed: str, why: str
) -> None:
    made = room.save("tom", {room.cell("Amara"): typed, room.cell("Toby"): "99"}, assessment=test_of_reading)

    assert [cell.reason for cell in made.refused] == [why]
    assert list(stored(room, test_of_reading)) == ["Toby"]


def test_an_age_is_compared_with_the_pupils_own_on_the_day(room: Classroom) -> None:
    ages = an_assessment(room, "Reading age", "age", AGES)  # everybody here was born on 1 May 2018

    room.save("tom", {room.cell("Amara"): "9:00"}, assessment=ages, taken_on=date(2026, 11, 20))
    room.save("tom", {room.cell("Toby"): "7y 11m"}, assessment=ages, taken_on=date(2026, 11, 20))
    room.save("tom", {room.cell("Mei"): "10:02"}, assessment=ages)

    told = stored(room, ages)
    assert (told["Amara"][0], told["Amara"][1], told["Amara"][2]) == ("9:00", Decimal(108), "expected")
    assert told["Toby"] == ("7:11", Decimal(95), "below", "")
    assert told["Mei"][2] == "", "nobody knows how old she was then"


def test_a_test_that_lies_ahead_has_no_scores_yet(room: Classroom, test_of_reading: int) -> None:
    told = {"assessment": test_of_reading}

    made = room.save("tom", {room.cell("Amara"): "104"}, taken_on=NOW.date() + timedelta(days=1), **told)

    assert [cell.reason for cell in made.refused] == ["The day of the test lies ahead. Not saved."]
    assert room.save("tom", {room.cell("Amara"): "104"}, taken_on=NOW.date(), **told).saved == 1


def test_a_mark_against_a_younger_year_is_below_and_against_the_own_year_a_plain_one(room: Classroom) -> None:
    for name in ("Amara", "Toby", "Mei"):
        is_of_year(room, name, "4")

    made = room.save("tom", {room.cell("Amara"): "2e", room.cell("Toby"): "4:E", room.cell("Mei"): "5:W"})

    with writing(room.cast.oakfield):
        rows = Judgement.objects.filter(ended_at=None).values_list("pupil_id", "code", "band", "of_year")
        told = {pupil: words for pupil, *words in rows}
    assert told[room.pupils["Amara"]] == ["2:E", "below", "2"]
    assert told[room.pupils["Toby"]] == ["E", "expected", ""]
    assert told[room.pupils["Mei"]] == ["5:W", "greater", "5"]
    assert made.shown[f"{room.pupils['Amara']}-{room.subjects['Reading']}"] == ("2:E", "b", "")
    page = room.cast.client("tom").get("/mark/").content.decode()
    assert 'value="2:E"' in page


def test_each_pupil_of_a_mixed_class_is_judged_by_their_own_year(room: Classroom) -> None:
    rules = (BandRule("towards", at_least=Decimal(0)), BandRule("expected", at_least=Decimal(0), year_group="3"))
    marks = an_assessment(room, "Class test", "percentage", rules)
    is_of_year(room, "Amara", "3")
    is_of_year(room, "Toby", "4")

    room.save("tom", {room.cell("Amara"): "61.5", room.cell("Toby"): "61.50%"}, assessment=marks)

    assert stored(room, marks) == {
        "Amara": ("61.5", Decimal("61.5"), "expected", ""),
        "Toby": ("61.5", Decimal("61.5"), "towards", ""),
    }
    page = room.cast.client("tom").get(f"/mark/?assessment={marks}").content.decode()
    assert "<small>Y3</small>" in page
    assert "<small>Y4</small>" in page


def test_an_assessment_for_some_subjects_takes_no_mark_in_another(room: Classroom) -> None:
    reading = an_assessment(room, "PR", "standardised", SCORES, subjects=[room.subjects["Reading"]])

    made = room.save("tom", {room.cell("Amara", "Maths"): "100"}, assessment=reading)

    assert [cell.reason for cell in made.refused] == ["This assessment is not for that subject. Not saved."]


def test_history_takes_no_new_marks_and_cannot_be_typed_over(room: Classroom) -> None:
    old = an_assessment(room, "Old steps", "standardised", SCORES, read_only=True)

    made = room.save("tom", {room.cell("Amara"): "100"}, assessment=old)

    reasons = ["Old steps is kept as history and takes no new marks. Not saved."]
    assert [cell.reason for cell in made.refused] == reasons
    assert "readonly" in room.cast.client("tom").get(f"/mark/?assessment={old}").content.decode()


def test_another_schools_assessment_is_none(room: Classroom, test_of_reading: int) -> None:
    theo = room.cast.client("theo")

    assert theo.get(f"/mark/?assessment={test_of_reading}").status_code == 404
    with writing(room.cast.thornhill):
        theirs = AssessmentName.objects.get(school_id=room.cast.thornhill).pk
    made = room.save("tom", {room.cell("Amara"): "E"}, assessment=theirs)
    assert [cell.reason for cell in made.refused] == ["There is no such assessment in this school. Not saved."]


def test_scores_are_not_copied_from_point_to_point(room: Classroom, test_of_reading: int) -> None:
    told = {"school": room.cast.oakfield, "point": room.point, "subject": room.subjects["Reading"], "at": NOW}
    with writing(room.cast.oakfield), pytest.raises(Refused, match="belongs to the day of its test"):
        copy_last(pupils=list(room.pupils.values()), by=room.cast.tom.member, assessment=test_of_reading, **told)


def test_the_page_shows_some_pupils_in_the_order_asked_for(room: Classroom, test_of_reading: int) -> None:
    room.save("tom", {room.cell("Amara"): "120", room.cell("Toby"): "88"}, assessment=test_of_reading)
    tom, reading = room.cast.client("tom"), room.subjects["Reading"]

    def shown(asked: str) -> list[str]:
        page = tom.get(f"/mark/?assessment={test_of_reading}&subject={reading}&{asked}").content.decode()
        places = {name: page.find(f">{surname}, {name}</a>") for surname, name in NAMES}
        return sorted((name for name, at in places.items() if at >= 0), key=lambda name: places[name])

    assert shown("") == ["Amara", "Toby", "Mei"]
    assert shown("show=missing") == ["Mei"]
    assert shown(f"sort={reading}") == ["Toby", "Amara", "Mei"]
    assert shown("show=nonsense&sort=nonsense") == ["Amara", "Toby", "Mei"]
    page = tom.get(f"/mark/?assessment={test_of_reading}&subject={reading}&show=copies").content.decode()
    assert "Nobody here is asked for" in page


NAMES = (("Acorn", "Amara"), ("Barleycorn", "Toby"), ("Everglade", "Mei"))


def test_a_step_of_a_ladder_is_shown_in_the_band_it_has_for_the_pupils_year(room: Classroom) -> None:
    ladder = an_assessment(
        room, "Steps", "ladder", (BandRule("towards", "4B", None, "4"), BandRule("below", "4B", None, "5"))
    )
    with writing(room.cast.oakfield):
        scheme, deed = AssessmentName.objects.get(pk=ladder).scheme, room.cast.deed("ada")
        for place, (code, band) in enumerate((("4B", "greater"), ("A", "")), 1):
            MarkOption.objects.create(
                school_id=deed.school, added_by_id=deed.change_set, scheme=scheme, code=code, name=code, band=band,
                position=place,
            )  # fmt: skip
    is_of_year(room, "Amara", "4")
    is_of_year(room, "Toby", "5")

    page = room.cast.client("tom").get(f"/mark/?group={room.group}&assessment={ladder}").content.decode()
    made = room.save(
        "tom", dict.fromkeys(map(room.cell, room.pupils), "4B") | {room.cell("Mei"): "A"}, assessment=ladder
    )

    assert 'data-codes="4B: A:"' in page, "until the record has told, a step has no band"
    assert "Working towards" in page
    cells = {name: f"{room.pupils[name]}-{room.subjects['Reading']}" for name in room.pupils}
    assert made.shown == {cells["Amara"]: ("4B", "w", ""), cells["Toby"]: ("4B", "b", "")}
    looked = room.cast.client("hana").get(f"/mark/standing?group={room.group}&assessment={ladder}").json()
    assert {cell: tuple(look) for cell, look in looked["shown"].items()} == made.shown
