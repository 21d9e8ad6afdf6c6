"""The filters a report begins with: remembered by a page that says so, forgotten by Clear, never by a look."""

from itrack.foundation.tenancy.windows import reading, writing
from itrack.pupils.models import Group
from itrack.reports.models import UsualView
from tests.reports.school import Oakfield
from tests.reports.test_attainment_page import PAGE, shown, subject_id, words

REMEMBER, FORGET = "/reports/remember", "/reports/forget"
THIS = {"report": "attainment"}


def kept(oakfield: Oakfield) -> list[dict[str, str]]:
    with reading(oakfield.cast.oakfield):
        return list(UsualView.objects.values_list("filters", flat=True))


def test_the_report_begins_with_what_was_remembered_until_it_is_cleared(oakfield: Oakfield):
    writing_id = str(subject_id(oakfield, "Writing"))
    hana = oakfield.cast.client("hana")
    hana.get(PAGE, {"pupils": "year-4", "subject": writing_id})
    assert kept(oakfield) == []

    answer = hana.post(REMEMBER, THIS | {"pupils": "year-4", "subject": writing_id})

    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert kept(oakfield) == [{"pupils": "year-4", "subject": writing_id}]
    said = words(hana.get(PAGE).content.decode())
    assert "Attainment overview: Year 4, Autumn 2" in said
    assert "Your usual pupils and subject." in said
    assert "Whole school" in words(hana.get(PAGE, {"pupils": "all"}).content.decode()).partition("Your")[0]
    assert "Overview: Year 4" not in shown(oakfield, "sena"), "it is one person's"
    hana.post(FORGET, THIS)
    assert kept(oakfield) == []
    assert "Attainment overview: Whole school" in words(hana.get(PAGE).content.decode())


def test_what_means_nothing_any_more_is_left_out(oakfield: Oakfield):
    tom = oakfield.cast.client("tom")
    tom.post(REMEMBER, THIS | {"pupils": f"class-{oakfield.b4}", "subject": str(subject_id(oakfield, "Maths"))})
    with writing(oakfield.cast.oakfield):
        Group.objects.filter(pk=oakfield.b4).update(teacher_id=None)
        Group.objects.filter(pk=oakfield.a4).update(teacher_id=oakfield.cast.tom.member)

    assert "Attainment overview: 4A" in words(tom.get(PAGE).content.decode())


def test_what_is_not_the_readers_is_not_remembered(oakfield: Oakfield):
    tom, theirs = oakfield.cast.client("tom"), subject_id(oakfield, "Maths", oakfield.cast.thornhill)

    assert tom.post(REMEMBER, THIS | {"pupils": f"class-{oakfield.a4}"}).status_code == 404
    assert tom.post(REMEMBER, THIS | {"pupils": "all"}).status_code == 400
    assert tom.post(REMEMBER, THIS | {"subject": str(theirs)}).status_code == 404
    assert tom.post(REMEMBER, THIS | {"pupils": "\x00"}).status_code == 400
    assert tom.post(REMEMBER, {"report": "horoscope"}).status_code == 404
    assert oakfield.cast.client("olu").post(REMEMBER, THIS).status_code == 403
    assert kept(oakfield) == []
