"""A report that lacks what the law wants becomes ready when somebody was told what is missing and said so again."""

import re
from decimal import Decimal

import pytest

from itrack.foundation.tenancy.windows import reading, writing
from itrack.parents import api
from itrack.parents.models import ReportState
from itrack.parents.rules.national import national_words
from itrack.parents.rules.report import is_answered
from itrack.statutory.rules.national import SHIPPED, National
from tests.cast import NOW
from tests.parents.test_writing import YEAR, words
from tests.reports.school import Oakfield

WORDS, SAVE = "/parents/school", "/parents/school/save"


def ready(oakfield: Oakfield) -> set[int]:
    with reading(oakfield.cast.oakfield):
        return set(ReportState.objects.filter(ended_at__isnull=True).values_list("pupil_id", flat=True))


def asked(page: str) -> dict[str, str]:
    """What the form of the question sends."""
    form = re.search(r'<form[^>]*>(?:(?!</form>).)*name="lacking"(?:(?!</form>).)*</form>', page, re.S)[0]
    return dict(re.findall(r'name="(lacking|state)" value="(\w+)"', form))


@pytest.mark.parametrize(
    ("lacking", "said", "answered"), [(0, "", True), (2, "", False), (2, "2", True), (3, "2", False), (2, "²", False)]
)
def test_only_who_was_told_of_as_much_as_is_missing_has_answered(lacking, said, answered):
    assert is_answered(lacking, said) is answered


def test_a_first_press_asks_and_shows_what_is_missing_and_a_second_marks(oakfield):
    client, url = oakfield.cast.client("tom"), f"/parents/pupils/{oakfield.amara}"

    page = client.post(f"{url}/state", {"state": "ready"}, follow=True).content.decode()

    assert ready(oakfield) == set()
    assert "Something the law wants is missing in this report. It is still a draft. Missing: a comment" in words(page)
    assert "attendance of the year (for the office)" in words(page)
    client.post(f"{url}/state", asked(page))
    assert ready(oakfield) == {oakfield.amara}


def test_who_answered_for_less_than_is_missing_now_is_asked_again(oakfield):
    client, url = oakfield.cast.client("tom"), f"/parents/pupils/{oakfield.amara}"

    answer = client.post(f"{url}/state", {"state": "ready", "lacking": "1"})

    assert answer["Location"] == f"{url}?ask=ready"
    assert ready(oakfield) == set()


def test_a_class_is_asked_about_at_once_and_those_that_lack_nothing_can_go_alone(oakfield, monkeypatch):
    monkeypatch.setattr(
        "itrack.parents.queries.classes.missing",
        lambda report, **_: [] if report.pupil == oakfield.toby else ["something"],
    )
    client, url = oakfield.cast.client("tom"), f"/parents/classes/{oakfield.b4}"

    page = client.get(url, {"ask": "ready"}).content.decode()

    assert "3 of 4 drafts lack something; the list below says what." in words(page)
    assert ready(oakfield) == set()
    said = client.post(f"{url}/ready", follow=True).content.decode()
    assert ready(oakfield) == {oakfield.toby}
    client.post(re.search(rf'action="({url}/undo/\d+)"', said)[1])
    assert ready(oakfield) == set()


def test_all_of_a_class_become_ready_when_that_is_said_of_as_many_as_lack_something(oakfield):
    client, url = oakfield.cast.client("tom"), f"/parents/classes/{oakfield.b4}"
    page = client.get(url, {"ask": "ready"}).content.decode()

    fewer = client.post(f"{url}/ready", {"lacking": "1"})
    none_whole = client.post(f"{url}/ready")

    assert (fewer.status_code, none_whole.status_code) == (409, 303)
    assert ready(oakfield) == set()
    client.post(f"{url}/ready", asked(page))
    assert ready(oakfield) == {oakfield.amara, oakfield.toby, oakfield.leo, oakfield.idris}


def test_a_report_that_was_ready_already_is_not_in_the_deed(oakfield):
    client, tom = oakfield.cast.client("tom"), oakfield.cast.tom
    with writing(tom.school):
        first = api.set_ready(school=tom.school, pupils=[oakfield.amara], year=YEAR, by=tom.member, at=NOW)
    with writing(tom.school):
        both = [oakfield.amara, oakfield.toby]
        second = api.set_ready(school=tom.school, pupils=both, year=YEAR, by=tom.member, at=NOW)

    client.post(f"/parents/classes/{oakfield.b4}/undo/{second}")

    assert first
    assert ready(oakfield) == {oakfield.amara}


def test_anothers_class_is_not_to_be_marked(oakfield):
    client = oakfield.cast.client("tom")

    assert client.post(f"/parents/classes/{oakfield.a4}/ready", {"lacking": "1"}).status_code == 404
    assert oakfield.cast.client("theo").post(f"/parents/classes/{oakfield.b4}/ready").status_code == 404
    assert ready(oakfield) == set()


KNOWN = {
    ("reading-expected", 2024): National(Decimal("74"), "DfE, A", "revised"),
    ("rwm-expected", 2024): National(Decimal("61"), "DfE, A", "revised"),
    ("rwm-expected", 2025): National(Decimal("62.0"), "DfE, B", ""),
    ("gld", 2026): National(Decimal("68.3"), "DfE, C", ""),
}


@pytest.mark.parametrize(
    ("upto", "said"),
    [
        (2023, ""),
        (
            2024,
            "2024, pupils who reached the expected standard: 74% in reading; 61% in reading, writing and maths "
            "combined. Source: DfE, A, revised.",
        ),
        (
            2027,
            "2025, pupils who reached the expected standard: 62% in reading, writing and maths combined. "
            "Source: DfE, B.",
        ),
    ],
)
def test_the_last_year_known_is_offered_and_years_never_mix(upto, said):
    assert national_words(KNOWN, upto=upto) == said


def test_a_head_who_has_written_nothing_finds_the_national_figures_filled_in_and_unsaved(oakfield):
    hana = oakfield.cast.client("hana")

    page = hana.get(WORDS).content.decode()

    offered = national_words(SHIPPED, upto=2027)
    assert offered in page.replace("&#x27;", "'")
    assert "Filled in, not saved." in page
    with reading(oakfield.cast.oakfield):
        assert api.words_to_all(school=oakfield.cast.oakfield).national == ""


def test_what_a_head_wrote_or_left_blank_stays_and_the_figures_are_a_click_away(oakfield):
    hana = oakfield.cast.client("hana")
    hana.post(SAVE, {"discuss": "Ring us.", "national": ""})

    page, filled = hana.get(WORDS).content.decode(), hana.get(WORDS, {"fill": "national"}).content.decode()

    assert "Filled in, not saved." not in page
    assert '?fill=national">' in page
    assert "Filled in, not saved." in filled
    assert "Ring us." in filled
    with reading(oakfield.cast.oakfield):
        assert api.words_to_all(school=oakfield.cast.oakfield).national == ""


def test_the_schools_own_entry_of_a_national_figure_is_the_one_offered(oakfield):
    hana = oakfield.cast.client("hana")
    about = "measure=rwm-expected&year=2026&of=national"
    saved = hana.post(f"/reports/statutory/figure/save?{about}", {"value": "63", "source": "DfE, provisional"})
    assert saved.status_code == 303, re.findall(r'class="error"[^>]*>([^<]*)', saved.content.decode())

    page = hana.get(WORDS).content.decode()

    assert "2026, pupils who reached the expected standard: 63% in reading, writing and maths combined." in page
    assert "Source: DfE, provisional" in page
