"""Four years of statutory outcomes: right to the pupil, open to names, honest of what was not held, beside England."""

import csv
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from itrack.foundation.models import AuditEntry, ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.reports.api import report_data
from itrack.reports.catalogue.answering import understand
from itrack.reports.catalogue.statutory import REPORT
from itrack.reports.rules.answer import Answer, Mean, Nothing, Number, Out, Percent, Row
from itrack.statutory.api import remove_figure, set_figure
from itrack.statutory.models import SchoolFigure
from itrack.statutory.rules.measures import MEASURES
from itrack.statutory.rules.national import SHIPPED
from tests.cast import NOW, TODAY
from tests.statutory.conftest import Summer, a_child
from tests.statutory.test_entry import type_in

PAGE, NAMES = "/reports/statutory-outcomes", "/reports/statutory-outcomes/names"
FIGURE = "/reports/statutory/figure"
ROWS = {
    "Ada": {"reading-scaled": "112", "maths-scaled": "110", "ks2-writing": "GDS"},
    "Bea": {"reading-scaled": "104", "maths-scaled": "100", "ks2-writing": "EXS"},
    "Cem": {"reading-scaled": "104", "maths-scaled": "99", "ks2-writing": "EXS"},
    "Dot": {"reading-outcome": "F", "maths-scaled": "101", "ks2-writing": "EXS"},
}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def full(summer: Summer) -> Summer:
    assert type_in(summer, "hana", ROWS).refused == []
    return summer


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


def answer(summer: Summer, who: str = "hana", *, on: date | None = None, now: datetime = NOW, **chosen: str) -> Answer:
    viewer, said = (
        summer.cast.people[who],
        {"measure": "rwm-expected"} | chosen | ({"as_at": on.isoformat()} if on else {}),
    )
    with reading(summer.cast.oakfield):
        asked, _ = understand(REPORT, viewer=viewer, said=said, now=now)
        return REPORT.work_out(asked)


def named(told: Answer, key: str) -> dict[str, str]:
    """The pupils behind a figure by forename, with what was read of each."""
    figure = next(one for one in told.figures() if one.key == key)
    return {told.people[pupil].forename: told.standing[figure.about][pupil] for pupil in figure.pupils}


def rows_of(told: Answer, table: str) -> dict[str, Row]:
    [found] = [one for one in told.tables if one.title == table]
    return {f"{row.group}: {row.cells[0]}, {row.cells[1]}": row for row in found.rows}


RWM_ASKED = {"measure": "rwm-expected"}
ALL_THREE = "Key Stage 2: reading, writing and maths: Expected in all three"
OURS, OFFICIAL, ENGLAND = f"{ALL_THREE}, this school", f"{ALL_THREE}, official", f"{ALL_THREE}, England"


def test_the_combined_figure_is_right_to_the_pupil(full: Summer) -> None:
    told = answer(full)

    assert set(named(told, "rwm-expected.2026.achieved")) == {"Ada", "Bea"}
    assert set(named(told, "closely.2026.short")) == {"Cem"}
    assert named(told, "closely.2026.out") == {
        "Dot": "Left out: Reading: F, to be taken in a later year (no rule known)",
        "Eve": "Left out: Not on roll on 12 May 2026",
    }
    [figure] = [one for one in told.figures() if one.key == "rwm-expected.2026.achieved"]
    assert figure.share == Fraction(2, 3)


def test_everybody_in_view_is_counted_or_out_with_a_reason(full: Summer) -> None:
    told = answer(full)

    assert told.counted | {line.pupil for line in told.out} == set(told.people)
    assert Out(full.pupils["Eve"], "2026: Key Stage 2", "Not on roll on 12 May 2026") in told.out


def test_it_has_four_years_and_says_what_was_not_held(full: Summer) -> None:
    now, then = answer(full), answer(full, on=date(2024, 6, 1))

    assert [column.head for column in now.tables[1].columns] == ["Measure", "Of", "2026", "2025", "2024", "2023"]
    assert [column.head for column in then.tables[1].columns] == ["Measure", "Of", "2023", "2022", "2021", "2020"]
    assert rows_of(then, "Percentages")["Early years: Good level of development, this school"].cells[5] == Nothing(
        "not held"
    )
    assert (
        Nothing("no pupils") in rows_of(now, "Percentages")["Early years: Good level of development, this school"].cells
    )
    # Of 2020; of 2021, with and without the phonics check of that autumn; and before the times tables were checked.
    assert sum(note.startswith("Not held") for section in then.sections for note in section.notes) == 4
    assert any("1 pupil has a result with a code" in note for section in now.sections for note in section.notes)


def test_it_stands_as_it_stood_before_a_result_was_put_right(full: Summer) -> None:
    type_in(full, "hana", {"Cem": {"maths-scaled": "100"}}, at=NOW + timedelta(days=1), Cem={"maths-scaled": "99"})

    before, after = (answer(full, on=on, now=NOW + timedelta(days=2)) for on in (TODAY, None))

    assert set(named(before, "closely.2026.short")) == {"Cem"}
    assert set(named(after, "closely.2026.achieved")) == {"Ada", "Bea", "Cem"}


def test_a_leader_reads_figures_that_open_to_names(full: Summer) -> None:
    hana = full.cast.client("hana")

    page = hana.get(PAGE, RWM_ASKED).content.decode()
    names = hana.get(NAMES, {"measure": "rwm-expected", "cell": "closely.2026.short"}).content.decode()

    assert "2 of 3 pupils counted reached the expected standard in reading, writing and maths together (67%)" in page
    assert "67%, " not in page
    assert "2 of 3" in words(page)
    assert "Merle" not in page.partition('id="who"')[0]
    assert "Cem Merle" in names
    assert "Maths: 99" in names
    with reading(full.cast.oakfield):
        assert AuditEntry.objects.filter(verb="statutory-outcomes-names.seen").count() == 1


@pytest.mark.parametrize(
    "asked", [{"cell": "zz"}, {"cell": "rwm-expected.2019.achieved"}, {"measure": "zz"}, {"as_at": "x"}]
)
def test_names_of_what_there_is_not_are_refused(full: Summer, asked: dict[str, str]) -> None:
    assert full.cast.client("hana").get(NAMES, asked).status_code in (400, 404)


def test_the_number_of_questions_does_not_grow_with_the_pupils(full: Summer) -> None:
    answer(full)
    with CaptureQueriesContext(connection) as few:
        answer(full)
    with writing(full.cast.oakfield):
        for n in range(8):
            a_child(full.cast, "Merle", f"More{n}", "6", until=date(2026, 7, 22))
    with CaptureQueriesContext(connection) as many:
        answer(full)

    assert len(many) == len(few)


def test_a_governor_sees_no_name_and_no_small_number(full: Summer) -> None:
    gus = full.cast.client("gus")

    page, told = gus.get(PAGE, RWM_ASKED).content.decode(), answer(full, "gus")

    assert "Merle" not in page
    assert "67%" not in page
    assert "held back" in page.lower()
    assert not told.people
    assert not told.out
    assert not list(told.figures())
    assert not told.findings
    assert gus.get(NAMES, {"cell": "out"}).status_code == 403
    assert gus.get(FIGURE, {"measure": "rwm-expected", "year": "2026"}).status_code == 403
    assert "Statutory outcomes" in gus.get("/reports/").content.decode()


def test_england_stands_beside_and_only_from_the_department(full: Summer) -> None:
    told = answer(full, measure="gld")
    row = rows_of(told, "Percentages")["Early years: Good level of development, England"]

    assert row.cells[2:] == [
        None,
        Percent(Fraction(683, 1000), 1),
        Percent(Fraction(677, 1000), 1),
        Percent(Fraction(672, 1000), 1),
    ]
    assert all(one.source.startswith("DfE, ") and ".service.gov.uk/" in one.source for one in SHIPPED.values())
    assert {measure for measure, _ in SHIPPED} <= set(MEASURES)


def test_a_leader_puts_in_what_the_department_published(full: Summer) -> None:
    hana, about = full.cast.client("hana"), "measure=rwm-expected&year=2026&of=national"
    sent = {"value": "61.5", "source": "DfE, Key stage 2 attainment, revised", "published": "December 2026"}

    saved = hana.post(f"{FIGURE}/save?{about}", sent)
    told, page = answer(full), hana.get(f"{FIGURE}?{about}").content.decode()
    gone = hana.post(f"{FIGURE}/remove?{about}")
    after = answer(full)

    assert "of=national" in saved["Location"]
    assert "Nationally it was 61.5%: less than one pupil apart." in told.finding
    assert "December 2026" in page
    assert "done=removed" in gone["Location"]
    assert "The national figure of 2026 is not known here." in after.finding


def test_a_school_s_own_entry_takes_the_place_of_the_one_that_came_and_gives_it_back(full: Summer) -> None:
    hana, about = full.cast.client("hana"), "measure=rwm-expected&year=2025&of=national"

    hana.post(f"{FIGURE}/save?{about}", {"value": "62.1", "source": "DfE"})
    own = rows_of(answer(full), "Percentages")[ENGLAND].cells[3]
    hana.post(f"{FIGURE}/remove?{about}")

    assert own == Percent(Fraction(621, 1000), 1)
    assert rows_of(answer(full), "Percentages")[ENGLAND].cells[3] == Percent(Fraction(62, 100))


def test_official_and_national_figures_of_one_year_are_kept_apart(full: Summer) -> None:
    with writing(full.cast.oakfield):
        put(full, "rwm-expected", 2026, "70")
        put(full, "rwm-expected", 2026, "60", national=True)

    rows = rows_of(answer(full), "Percentages")

    assert rows[OFFICIAL].cells[2] == Percent(Fraction(70, 100))
    assert rows[ENGLAND].cells[2] == Percent(Fraction(60, 100))


def test_a_teacher_has_no_figures_of_the_whole_school(full: Summer) -> None:
    assert full.cast.client("tom").get(PAGE).status_code == 403


def test_an_official_figure_stands_before_the_computed_one_and_can_be_taken_back(full: Summer) -> None:
    hana, at = full.cast.client("hana"), f"{FIGURE}?measure=rwm-expected&year=2026"
    sent = {"value": "62 %", "source": "Checking exercise, September 2026", "note": "One pupil omitted"}

    saved = hana.post(f"{FIGURE}/save?measure=rwm-expected&year=2026", sent)
    same = hana.post(f"{FIGURE}/save?measure=rwm-expected&year=2026", sent)
    table = answer(full)
    page = hana.get(at).content.decode()
    gone = hana.post(f"{FIGURE}/remove?measure=rwm-expected&year=2026")
    change = re.search(rf"{FIGURE}/(\d+)/undo", hana.get(at).content.decode())
    assert change is not None
    undone = hana.post(f"{FIGURE}/{change[1]}/undo")

    assert "done=saved" in saved["Location"]
    assert "done=same" in same["Location"]
    assert rows_of(table, "Percentages")[OFFICIAL].cells[2] == Percent(Fraction(62, 100))
    assert "2 of 3 pupils counted" in table.finding
    assert "The official figure of 2026 is 62%." in table.finding
    assert "One pupil omitted" in page
    assert "Hana Head" in page
    assert "done=removed" in gone["Location"]
    assert "done=undone" in undone["Location"]
    with reading(full.cast.oakfield):
        [row] = SchoolFigure.objects.filter(ended_at__isnull=True)
        assert (row.value, row.source) == (Decimal("62.0"), "Checking exercise, September 2026")


def test_a_governor_sees_the_official_figure_because_it_is_published(full: Summer) -> None:
    with writing(full.cast.oakfield):
        put(full, "rwm-expected", 2026, "62")

    assert rows_of(answer(full, "gus", now=NOW + timedelta(days=40)), "Percentages")[OFFICIAL].cells[2] == Percent(
        Fraction(62, 100)
    )


def put(summer: Summer, measure: str, year: int, value: str, *, national: bool = False) -> int | None:
    told = {"value": Decimal(value), "source": "Published tables", "note": "", "national": national}
    return set_figure(
        school=summer.cast.oakfield, measure=measure, year=year, by=summer.cast.hana.member, at=NOW, **told
    )


@pytest.mark.parametrize(
    ("measure", "value", "said"),
    [
        ("rwm-expected", "101", "a number from 0 to 100"),
        ("rwm-expected", "-1", "a number from 0 to 100"),
        ("rwm-expected", "many", "Type a number from 0 to 100"),
        ("rwm-expected", "62.55", "one digit after the point"),
        ("rwm-expected", "NaN", "a number from 0 to 100"),
        ("reading-average", "79", "a number from 80 to 120"),
        ("phonics-standard", "32.5", "a whole mark"),
        ("tables-average", "26", "a number from 0 to 25"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_in_its_field(summer: Summer, measure: str, value: str, said: str) -> None:
    answer = summer.cast.client("hana").post(
        f"{FIGURE}/save?measure={measure}&year=2026", {"value": value, "source": "Here"}
    )

    assert answer.status_code == 422
    assert said in answer.content.decode()
    with reading(summer.cast.oakfield):
        assert not SchoolFigure.objects.exists()


def test_a_figure_without_a_source_is_refused(summer: Summer) -> None:
    answer = summer.cast.client("hana").post(f"{FIGURE}/save?measure=gld&year=2026", {"value": "70", "source": " "})

    assert answer.status_code == 422


@pytest.mark.parametrize("asked", ["measure=zz&year=2026", "measure=gld&year=2019", "measure=gld&year=x", "measure=zz"])
def test_a_figure_of_what_is_not_shown_is_not_found(summer: Summer, asked: str) -> None:
    hana = summer.cast.client("hana")

    assert hana.get(f"{FIGURE}?{asked}").status_code == 404
    assert hana.post(f"{FIGURE}/save?{asked}", {"value": "70", "source": "x"}).status_code == 404


def test_there_must_be_a_figure_to_take_away_and_a_change_to_undo(summer: Summer) -> None:
    made = type_in(summer, "hana", {"Ada": {"reading-scaled": "104"}})
    hana = summer.cast.client("hana")

    assert hana.post(f"{FIGURE}/remove?measure=gld&year=2026").status_code == 409
    assert hana.post(f"{FIGURE}/{made.change_set}/undo").status_code == 404
    with writing(summer.cast.oakfield), pytest.raises(Refused):
        remove_figure(school=summer.cast.oakfield, measure="gld", year=2026, by=summer.cast.hana.member, at=NOW)


def test_a_phonics_standard_that_the_school_enters_counts(summer: Summer) -> None:
    standards = "Phonics check: Mark that met the standard, England"

    before = rows_of(answer(summer), "Averages and marks")[standards].cells[2:]
    with writing(summer.cast.oakfield):
        put(summer, "phonics-standard", 2026, "33")

    assert before == [Nothing("not known"), Number(32), Number(32), Number(32)]
    assert rows_of(answer(summer), "Averages and marks")[standards].cells[2] == Number(33)


def test_the_other_schools_figures_are_not_ours(summer: Summer) -> None:
    with writing(summer.cast.oakfield):
        put(summer, "gld", 2026, "99")

    page = summer.cast.client("theo").get(PAGE).content.decode()

    assert "99%" not in page
    with reading(summer.cast.thornhill):
        assert not ChangeSet.objects.filter(kind=ChangeSet.Kind.RESULTS).exists()


def data(summer: Summer, who: str, *, names: bool = True, **said: object) -> dict:
    asked = dict.fromkeys(("point", "subject", "group", "as_at", "year")) | said
    with reading(summer.cast.oakfield):
        return report_data("statutory-outcomes", viewer=summer.cast.people[who], now=NOW, names=names, **asked)


def test_the_command_line_gives_the_same_figures(full: Summer) -> None:
    told = data(full, "hana", choices=RWM_ASKED)
    [table] = [one for one in told["tables"] if one["title"] == "Percentages"]
    row = next(one for one in table["rows"] if one["Measure"] == "Expected in all three")

    assert row["2026"] == {"n": 2, "of": 3, "percent": 67, "pupils": ["Merle, Ada", "Merle, Bea"]}
    assert "2 of 3 pupils counted" in told["finding"]


def test_an_average_opens_to_those_it_is_of(full: Summer) -> None:
    told = answer(full, measure="reading-average")
    [mean] = [one for one in told.figures() if one.key == "reading-average.2026.scored"]

    assert isinstance(mean, Mean)
    assert (mean.n, mean.value) == (3, Fraction(112 + 104 + 104, 3))
    assert told.finding.startswith("In 2026 the average scaled score in reading was 106.7, of 3 pupils.")


def test_a_governors_command_line_names_nobody(full: Summer) -> None:
    assert "Merle" not in str(data(full, "gus", names=False))
    with pytest.raises(Refused):
        data(full, "gus")


def test_its_files_have_shares_averages_and_their_counts(full: Summer) -> None:
    sheet = full.cast.client("hana").get(f"{PAGE}.csv").content.decode("utf-8-sig").splitlines()

    heads = next(csv.reader(sheet[:1]))
    row = next(line for line in csv.DictReader(sheet) if line["Measure"] == "Expected in all three")
    assert {"2026, pupils", "2026, of", "2026"} <= set(heads)
    assert (row["2026, pupils"], row["2026, of"], row["2026"]) == ("2", "3", "66.7")


@pytest.mark.parametrize("said", [{"year": "2026"}, {"subject": "Maths"}, {"group": "4B"}, {"as_at": "soon"}])
def test_what_this_report_cannot_be_asked_is_refused(full: Summer, said: dict[str, str]) -> None:
    with pytest.raises(Refused):
        data(full, "hana", **said)
