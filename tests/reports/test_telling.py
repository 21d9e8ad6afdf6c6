"""What is left of an answer for a reader without names, and that two reports are settled together."""

from dataclasses import replace
from fractions import Fraction

import pytest

from itrack.curriculum.rules import BANDS
from itrack.reports.rules.answer import (
    Answer,
    Bar,
    Column,
    Count,
    Hidden,
    Number,
    Out,
    Percent,
    Person,
    Row,
    Section,
    Sum,
    Table,
    Unit,
)
from itrack.reports.rules.finding import Finding
from itrack.reports.rules.pictures import (
    BarRow,
    Circles,
    DotGroup,
    GroupDot,
    PairedDots,
    ShareBar,
    ShareBars,
    StackedBars,
)
from itrack.reports.rules.suppression.figures import TwoFigures, figures_of
from itrack.reports.rules.suppression.holding import held_back
from itrack.reports.rules.suppression.settling import settled
from itrack.reports.rules.suppression.telling import without_names

HEADS = (Column("Group", numeric=False), Column("Secure"), Column("Of"), Column("%"), Column("Points"), Column("Bar"))


def some(first: int, n: int) -> frozenset[int]:
    return frozenset(range(first, first + n))


def row(name: str, secure: frozenset[int], counted: frozenset[int]) -> Row:
    share = Fraction(len(secure), len(counted))
    cells = [
        name,
        Count(f"{name}.secure", secure, counted, "secure", "Reading"),
        Count(f"{name}.counted", counted, None, "counted", "Reading"),
        Percent(share),
        Number(3, Unit.POINTS, ("all.secure",)),
        Bar(len(secure), len(counted), (1, 2), ("all.secure",)),
    ]
    return Row(cells, note="under 5")


def answer(*rows: Row, sums: tuple[Sum, ...] = ()) -> Answer:
    pupils = {one: Person(one, "Acorn", "Amara") for figure in _counts(rows) for one in figure.pupils}
    bars = [BarRow("Reading", [(BANDS[0], 3)], ["girls.secure"]), BarRow("Writing", [(BANDS[0], 9)], ["boys.secure"])]
    return Answer(
        "Pupils on roll.",
        [
            Section(
                [Table("By group", HEADS, rows)],
                picture=StackedBars("Groups", bars),
                words="The line is 63%.",
                notes=["Read with care: under 5."],
                findings=[Finding("", "3 of 9 are.")],
            )
        ],
        people=pupils,
        counted=frozenset(pupils),
        findings=[Finding("", "3 of 9 are.")],
        standing={"Reading": dict.fromkeys(pupils, "Expected")},
        sums=sums,
    )


def _counts(rows):
    return [cell for row in rows for cell in row.cells if isinstance(cell, Count)]


@pytest.fixture
def told() -> Answer:
    return answer(row("girls", some(0, 3), some(0, 9)), row("boys", some(20, 9), some(20, 30)))


def test_a_figure_held_back_takes_with_it_whatever_is_made_of_it(told):
    seen = without_names(told, {"girls.secure"}, upto=5)

    girls, boys = seen.tables[0].rows
    assert girls.cells == ["girls", Hidden(), girls.cells[2], Hidden(), Hidden(), Hidden()]
    assert girls.cells[2].n == 9
    assert boys.cells[3:] == told.tables[0].rows[1].cells[3:]
    assert [one.n for one in boys.cells[1:3]] == [9, 30]


def test_a_share_goes_where_the_number_it_is_of_is_held_back(told):
    seen = without_names(told, {"boys.counted"}, upto=5)

    secure = seen.tables[0].rows[1].cells[1]
    assert secure.n == 9
    assert secure.of is None, "9 and 30% would tell of how many"


def test_a_bar_that_is_not_drawn_for_want_of_pupils_does_not_tell_so(told):
    few = replace(told.tables[0].rows[0], cells=[*told.tables[0].rows[0].cells[:5], None])

    seen = without_names(answer(few, told.tables[0].rows[1]), {"girls.secure", "girls.counted"}, upto=5)

    assert seen.tables[0].rows[0].cells[1:] == [Hidden()] * 5


def test_what_rests_on_a_figure_of_another_row_goes_with_it(told):
    seen = without_names(told, {"all.secure"}, upto=5)

    assert all(one.cells[4:] == [Hidden(), Hidden()] for one in seen.tables[0].rows)


def test_nobody_and_nothing_said_of_anybody_is_left(told):
    seen = without_names(replace(told, out=[Out(1, "Reading", "Absent")]), set(), upto=5)

    assert (seen.people, seen.counted, seen.out, seen.standing, seen.sums) == ({}, frozenset(), (), {}, ())
    assert (seen.finding, seen.sections[0].words, seen.sections[0].notes) == ("", "", ())
    assert [one.note for one in seen.tables[0].rows] == ["", ""]
    assert max(one for figure in seen.figures() for one in figure.pupils) < 30, "no pupil's id"
    assert "Acorn" not in repr(seen)


def test_a_bar_that_repeats_what_is_held_back_is_not_drawn(told):
    seen = without_names(told, {"girls.secure"}, upto=5)

    assert [(one.label, one.held, list(one.shares)) for one in seen.sections[0].picture.rows] == [
        ("Reading", True, []),
        ("Writing", False, [(BANDS[0], 9)]),
    ]
    unsaid = [BarRow("Reading", [(BANDS[0], 3)])]
    bare = replace(told, sections=[replace(told.sections[0], picture=StackedBars("Groups", unsaid))])
    assert without_names(bare, set(), upto=5).sections[0].picture is None


def test_a_share_without_its_counts_beside_it_is_not_told():
    bare = Row(["girls", "", Count("girls.counted", some(0, 40)), Percent(Fraction(1, 40)), None, None])

    seen = without_names(answer(bare), set(), upto=5)

    assert seen.tables[0].rows[0].cells[3] == Hidden()


def test_a_reason_that_few_have_is_not_so_much_as_listed(told):
    out = [Out(pupil, "Reading", "No mark yet") for pupil in range(8)] + [Out(1, "Maths", "Joined on 3 May 2026")]

    held = without_names(replace(told, out=out), {"girls.secure"}, upto=5).held

    assert held.reasons == [("No mark yet", 8)]
    assert (held.upto, held.hidden) == (5, 1)


def test_the_same_pupils_in_two_reports_are_held_back_in_both():
    everybody, girls, boys = some(0, 60), some(0, 3), some(3, 57)
    one = answer(
        Row(["all", "", Count("all", everybody), None, None, None]),
        Row(["girls", "", Count("girls", girls), None, None, None]),
        Row(["boys", "", Count("boys", boys), None, None, None]),
        sums=(Sum("all", ("girls", "boys")),),
    )
    other = answer(Row(["lads", "", Count("lads", boys), None, None, None]))

    hidden = held_back(figures_of({"one": [one], "other": [other]}))

    assert {"girls", "boys", "lads"} <= hidden or {"girls", "all"} <= hidden
    assert ("boys" in hidden) == ("lads" in hidden), "who reads both would subtract the one from the other"


def beside(smalls: int) -> tuple[Answer, Answer]:
    """Twenty groups in two halves, and a report that tells of some how few of the first are not in the second."""
    groups = [(some(100 * at, 33), some(100 * at, 30)) for at in range(20)]
    rows = [
        Row([f"{at}", "", Count(f"{at}.whole", whole), Count(f"{at}.half", half), None, None])
        for at, (whole, half) in enumerate(groups)
    ]
    left = [
        Row([f"{at}", "", Count(f"{at}.left", whole - half), None, None, None])
        for at, (whole, half) in enumerate(groups[:smalls])
    ]
    return answer(*rows), answer(
        *left, sums=tuple(Sum(f"{at}.whole", (f"{at}.half", f"{at}.left")) for at in range(smalls))
    )


def test_a_report_that_costs_another_much_is_not_shown_and_costs_it_nothing():
    first, second = beside(12)

    hidden = settled({"first": [first], "second": [second]})

    assert hidden == {f"{at}.left" for at in range(12)}


def test_a_report_that_costs_another_little_is_shown():
    first, second = beside(2)

    hidden = settled({"first": [first], "second": [second]})

    assert hidden - {"0.left", "1.left"} < {figure.key for figure in first.figures()}
    assert len(hidden) == 4


def test_what_stands_nowhere_but_can_be_told_is_guarded():
    first, _ = beside(0)
    told = replace(first, untold=[Count("left", some(30, 3))], sums=(Sum("0.whole", ("0.half", "left")),))

    assert len(held_back(figures_of({"first": [told]})) & {"0.whole", "0.half"}) == 1
    assert not held_back(figures_of({"first": [first]}))


def test_pictures_show_nothing_that_their_table_holds_back(told):
    dots = PairedDots(
        "", [DotGroup("Sex", [GroupDot("Girls", 3, 9, keys=["girls.secure"])])], (4, 9), "", keys=["boys.secure"]
    )
    bars = ShareBars("", [ShareBar("Girls", 3, 9, "33%", keys=["girls.secure"]), ShareBar("Boys", 9, 9, "100%")], "")
    circles = Circles("", ("a", "b", "c"), {}, "", keys=["girls.secure"])

    def seen(picture, *hidden):
        pictured = replace(told, sections=[replace(told.sections[0], picture=picture)])
        return without_names(pictured, hidden, upto=5).sections[0].picture

    assert seen(dots, "girls.secure").groups == []
    assert seen(dots, "boys.secure") is None
    assert [bar.label for bar in seen(bars).bars] == ["Girls"], "a bar that names no figure repeats nobody knows what"
    assert seen(bars, "girls.secure") is None
    assert seen(circles) == circles
    assert seen(circles, "girls.secure") is None


def test_a_report_whose_figures_contradict_each_other_is_not_told_to_anybody():
    twice = answer(
        Row(["a", "", Count("a", some(0, 3)), None, None, None]),
        Row(["b", "", Count("a", some(0, 9)), None, None, None]),
    )
    wrong = answer(Row(["a", "", Count("a", some(0, 9)), None, None, None]), sums=(Sum("a", ("b",)),))

    for one in (twice, wrong):
        with pytest.raises(TwoFigures):
            figures_of({"one": [one]})
