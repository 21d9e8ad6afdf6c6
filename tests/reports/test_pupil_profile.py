"""A pupil on one page: for staff with what each may see, for parents without it, for nobody else at all."""

import re
from datetime import UTC, date, datetime

import pytest

from itrack.assessment.rules.results import Told
from itrack.curriculum.rules import BANDS
from itrack.foundation.models import AuditEntry
from itrack.foundation.tenancy.windows import reading, writing
from itrack.pupils.api import PupilEntry, store_pupils
from itrack.reports.catalogue.profile import results
from itrack.targets.api import set_targets
from itrack.ui.drawings.steps import Steps, band_steps
from tests.cast import NOW
from tests.paper import Paper
from tests.reports.progress import marked as last_summer
from tests.reports.school import Oakfield, mark, point_id
from tests.reports.test_attendance import told as of_last_year


@pytest.fixture
def marked(oakfield: Oakfield) -> Oakfield:
    """Amara was marked in Autumn 1 too, and has a target in reading."""
    from itrack.curriculum.api import subjects

    hana = oakfield.cast.hana
    with writing(hana.school):
        before = datetime(2026, 10, 6, 9, tzinfo=UTC)
        mark(hana, "Reading", {oakfield.amara: "W"}, at=before, slot=1)
        reading_id = subjects(school=hana.school)[0][0]
        cells = {(oakfield.amara, reading_id): "G"}
        set_targets(school=hana.school, point=point_id(hana.school), cells=cells, by=hana.member, at=NOW)
    return oakfield


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("<main")[2]))


def shown(oakfield: Oakfield, who: str, pupil: int, **said: str) -> str:
    answer = oakfield.cast.client(who).get(f"/reports/pupil-profile/{pupil}", said)
    assert answer.status_code == 200
    return answer.content.decode()


def paper(oakfield: Oakfield, who: str, pupil: int, **said: str) -> Paper:
    return Paper(oakfield.cast.client(who).get(f"/reports/pupil-profile/{pupil}.pdf", said).content)


def test_it_shows_marks_over_time_and_the_target(marked):
    page = shown(marked, "tom", marked.amara)

    said = words(page)
    assert "Amara Acorn" in said
    assert "Reading W E" in said
    assert "Reading: Y4 Aut 1 Working towards; Y4 Aut 2 Expected." in said
    assert "Reading Autumn 2, 2026/27 G E below" in said
    assert "For staff" in said


def test_a_year_done_again_is_told_by_the_year_group_it_was_done_in(marked):
    hana = marked.cast.hana
    with writing(hana.school):
        told = ("year", "2025", "4", "", None, date(2025, 9, 1), date(2026, 8, 31), None, True)
        store_pupils(deed=marked.cast.deed("hana"), entries=[PupilEntry(marked.amara, {}, circumstances=[told])])
        last_summer(hana, "Reading", {marked.amara: "B"}, slot=6, year=2025)

    assert "Reading: Y4 Sum 2 Below; Y4 Aut 1 Working towards" in words(shown(marked, "tom", marked.amara))


def test_parents_see_no_flags_and_no_judgement_of_track(marked):
    said = words(shown(marked, "tom", marked.amara, version="parents"))

    assert "Reading W E" in said
    assert "Reading Autumn 2, 2026/27 G E" in said
    assert "For staff" not in said
    assert "Disadvantage" not in said
    assert "G E below" not in said


def test_what_a_role_may_not_know_is_not_on_it(marked):
    head, teacher = (words(shown(marked, who, marked.amara)) for who in ("hana", "tom"))

    assert "Looked after" in head
    assert "Looked after" not in teacher


@pytest.mark.parametrize("version", ["", "parents"])
def test_its_pdf_is_one_accessible_page_that_says_the_same(marked, version):
    read = paper(marked, "tom", marked.amara, version=version)

    assert read.pages == 1
    assert read.claims_accessible
    assert "Amara Acorn" in read.words
    assert "Reading W E" in read.words
    assert ("For staff" in read.words.replace("for staff", "")) is (version == "")
    [drawn] = read.told_of_pictures
    assert "Y4 Aut 2 Expected" in drawn


def test_no_name_is_in_the_title_of_page_or_file(marked):
    page = shown(marked, "tom", marked.amara)
    answer = marked.cast.client("tom").get(f"/reports/pupil-profile/{marked.amara}.pdf")

    assert "Acorn" not in re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]
    assert "Acorn" not in Paper(answer.content).title
    assert "Acorn" not in str(answer.headers)


@pytest.mark.parametrize("ending", ["", ".pdf"])
def test_another_class_is_not_there_for_a_teacher(marked, ending):
    client = marked.cast.client("tom")

    assert client.get(f"/reports/pupil-profile/{marked.amara}{ending}").status_code == 200
    assert client.get(f"/reports/pupil-profile/{marked.ada}{ending}").status_code == 404
    assert client.get(f"/reports/pupil-profile/{2**62}{ending}").status_code == 404
    assert client.get(f"/reports/pupil-profile/{2**70}{ending}").status_code == 404


@pytest.mark.parametrize("who", ["asha", "olu", "gus", "tara"])
def test_who_sees_no_marks_gets_no_profile(marked, who):
    assert marked.cast.client(who).get(f"/reports/pupil-profile/{marked.amara}").status_code == 403


def test_each_look_is_noted_with_whose_it_was(marked):
    shown(marked, "tom", marked.amara)

    with reading(marked.cast.oakfield):
        noted = AuditEntry.objects.filter(school_id=marked.cast.oakfield, verb="profile-sheet.seen")
        assert list(noted.values_list("subject", "subject_id")) == [("pupil", marked.amara)]


def test_a_pupil_is_chosen_among_ones_own_classes(marked):
    tom, hana = (
        words(marked.cast.client(who).get("/reports/pupil-profile").content.decode()) for who in ("tom", "hana")
    )

    assert "Amara Acorn" in tom
    assert "Ada Bilberry" not in tom
    assert "5A" in hana
    assert marked.cast.client("tom").get("/reports/pupil-profile", {"class": str(marked.a5)}).status_code == 404
    assert marked.cast.client("tom").get("/reports/pupil-profile", {"class": "٣"}).status_code == 404


def test_a_pupil_without_marks_has_a_page_that_says_so(marked):
    assert "No mark has been entered yet." in words(shown(marked, "hana", marked.idris))
    assert "No mark has been entered yet." in paper(marked, "hana", marked.idris).words


def test_the_goals_of_the_early_years_are_told_together():
    told = [
        Told("Early years: good level of development", "2023", "No", "11 of 12 goals of the measure", True),
        *(Told(f"Early years: Goal {n}", "2023", "2", "Expected", True) for n in range(16)),
        Told("Early years: Writing", "2023", "1", "Emerging", True),
    ]

    [table] = results(told).tables

    assert [list(row.cells) for row in table.rows] == [
        ["Early years goals", "2023", "Emerging", "Writing"],
        ["Early years goals", "2023", "Expected", "16 goals"],
        ["Early years: good level of development", "2023", "No", "11 of 12 goals of the measure"],
    ]


def test_a_gap_in_the_marks_is_a_gap_in_the_line():
    drawn = band_steps([Steps("Maths", ["b", None, "e", "g"])], points=["A", "B", "C", "D"], bands=BANDS, title="T")

    assert len(re.findall('class="path"', drawn)) == 2
    assert len(re.findall("<circle", drawn)) == 3
    assert "Maths: A Below; C Expected; D Greater depth." in drawn


def test_a_years_attendance_stands_under_its_school_year(marked):
    of_last_year(marked, {marked.amara: (380, 10, 5)})

    on_page, on_record = (
        words(marked.cast.client("hana").get(address).content.decode())
        for address in (f"/reports/pupil-profile/{marked.amara}", f"/pupils/{marked.amara}")
    )

    assert "2025/26 365 of 380 96%" in on_page
    assert "2025/26 " in on_record
    assert "365 of 380 96%" in on_record
