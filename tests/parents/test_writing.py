"""Teachers write, the head reads: what is stored, what is refused, what can be taken back."""

import re
from io import BytesIO

import pytest
from PIL import Image

from itrack.foundation.changes.actions import undo
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.parents import api
from itrack.parents.models import Comment
from itrack.parents.rules.report import GENERAL, Report, State
from tests.cast import NOW, TODAY
from tests.paper import Paper
from tests.reports.progress import marked
from tests.reports.school import Oakfield

YEAR = 2026
HOSTILE = '#panic("x") $a$ =1+1 <script>alert(1)</script> *b* 😀'


def save(oakfield: Oakfield, texts: dict[int, str], shown: dict[int, str] | None = None, who: str = "tom") -> int:
    viewer = getattr(oakfield.cast, who)
    with writing(viewer.school):
        return api.save_report(
            school=viewer.school, pupil=oakfield.amara, year=YEAR, texts=texts, shown=shown or {},
            by=viewer.member, at=NOW,
        )  # fmt: skip


def report(oakfield: Oakfield, who: str = "tom") -> Report:
    viewer = getattr(oakfield.cast, who)
    with reading(viewer.school):
        beside = api.for_school(school=viewer.school, year=YEAR, on=TODAY)
        found = api.report_of(viewer=viewer, pupil=oakfield.amara, year=YEAR, on=TODAY, beside=beside)
    assert found is not None
    return found


def state(oakfield: Oakfield, wanted: State, who: str) -> int:
    viewer = getattr(oakfield.cast, who)
    with writing(viewer.school):
        return api.set_state(
            school=viewer.school, pupil=oakfield.amara, year=YEAR, state=wanted, leads=who == "hana",
            by=viewer.member, at=NOW,
        )  # fmt: skip


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("<main")[2]))


def a_logo() -> BytesIO:
    kept = BytesIO()
    Image.new("RGB", (300, 100), (20, 90, 70)).save(kept, "PNG")
    kept.seek(0)
    kept.name = "logo.png"
    return kept


def test_the_mark_of_a_subject_is_the_last_of_the_year_even_where_it_has_no_band(oakfield):
    with writing(oakfield.cast.oakfield):
        marked(oakfield.cast.hana, "Maths", {oakfield.amara: "E"}, slot=6, year=2025)
        marked(oakfield.cast.hana, "Maths", {oakfield.amara: "A"}, slot=2, year=2026, at=NOW)

    told = {one.name: one.achieved for one in report(oakfield).subjects}
    assert told["Maths"] == "Absent for the assessment, at Autumn 2"


def test_a_comment_stands_until_another_takes_its_place(oakfield):
    reading_id = report(oakfield).subjects[0].id

    save(oakfield, {GENERAL: "Good.", reading_id: "Reads a lot."})
    save(oakfield, {GENERAL: "Very good."}, {GENERAL: "Good."})

    assert (report(oakfield).general, report(oakfield).subjects[0].comment) == ("Very good.", "Reads a lot.")
    with reading(oakfield.cast.oakfield):
        assert Comment.objects.filter(pupil_id=oakfield.amara).count() == 3


def test_saving_the_same_again_changes_nothing(oakfield):
    save(oakfield, {GENERAL: "Good."})

    assert save(oakfield, {GENERAL: "Good."}) == 0
    assert save(oakfield, {GENERAL: "Good."}, {GENERAL: "Good."}) == 0


def test_an_emptied_comment_goes_and_undo_brings_it_back(oakfield):
    save(oakfield, {GENERAL: "Good."})
    made = save(oakfield, {GENERAL: ""}, {GENERAL: "Good."})
    assert report(oakfield).general == ""

    with writing(oakfield.cast.oakfield):
        undo(school=oakfield.cast.oakfield, change_set=made, by=oakfield.cast.tom.member, at=NOW)

    assert report(oakfield).general == "Good."


def test_what_a_colleague_wrote_meanwhile_is_not_overwritten(oakfield):
    save(oakfield, {GENERAL: "By Hana."}, who="hana")

    with pytest.raises(Refused, match="Somebody else has changed this report"):
        save(oakfield, {GENERAL: "By Tom."}, {GENERAL: ""})

    assert report(oakfield).general == "By Hana."


def test_too_long_a_comment_and_a_strange_subject_are_refused(oakfield):
    with pytest.raises(Refused, match="longer than"):
        save(oakfield, {GENERAL: "x" * 2001})
    with pytest.raises(Refused, match="not this school"):
        save(oakfield, {999_999: "x"})


def test_a_report_is_ready_then_read_and_a_change_makes_it_a_draft(oakfield):
    with pytest.raises(Refused, match="once its teacher has marked it as ready"):
        state(oakfield, State.READ, "hana")
    state(oakfield, State.READY, "tom")
    with pytest.raises(Refused, match="Only the head"):
        state(oakfield, State.READ, "tom")
    state(oakfield, State.READ, "hana")
    assert report(oakfield).state == State.READ

    made = save(oakfield, {GENERAL: "New words."})

    assert report(oakfield).state == State.DRAFT
    with writing(oakfield.cast.oakfield):
        undo(school=oakfield.cast.oakfield, change_set=made, by=oakfield.cast.tom.member, at=NOW)
    assert report(oakfield).state == State.READ


def test_the_page_saves_marks_ready_and_takes_back(oakfield):
    client, url = oakfield.cast.client("tom"), f"/parents/pupils/{oakfield.amara}"
    page = client.get(url)
    assert "Missing:" in words(page.content.decode())

    saved = client.post(f"{url}/save", {"text-0": "A happy year.", "shown-0": ""}, follow=True)
    said = saved.content.decode()
    assert "Saved." in said
    assert "A happy year." in said
    lacking = re.search(r'name="lacking" value="(\d)"', client.get(f"{url}?ask=ready").content.decode())[1]
    client.post(f"{url}/state", {"state": "ready", "lacking": lacking})
    assert report(oakfield).state == State.READY

    [undoing] = re.findall(rf'action="({url}/undo/\d+)"', said)
    assert client.post(undoing).status_code == 409  # the state was set after it
    assert client.post(f"{url}/state", {"state": "nonsense"}).status_code == 409
    client.post(f"{url}/state", {"state": "draft"})
    assert client.post(undoing).status_code == 303
    assert report(oakfield).general == ""


def test_hostile_words_stay_words_on_page_and_paper(oakfield):
    save(oakfield, {GENERAL: HOSTILE})
    client, url = oakfield.cast.client("tom"), f"/parents/pupils/{oakfield.amara}"

    page, paper = client.get(url).content.decode(), Paper(client.get(f"{url}.pdf").content)

    assert "<script>alert" not in page
    assert HOSTILE.replace("😀", "□") in paper.words
    assert "Acorn" not in paper.title


def test_the_paper_has_every_legal_item_in_the_schools_name(oakfield):
    hana = oakfield.cast.client("hana")
    hana.post("/parents/school/save", {"discuss": "Ring us on any day.", "national": ""})
    assert hana.post("/parents/logo", {"file": a_logo()}).status_code == 303
    save(oakfield, {GENERAL: "A happy year."})

    paper = Paper(hana.get(f"/parents/pupils/{oakfield.amara}.pdf").content)

    assert paper.claims_accessible
    assert paper.told_of_pictures == ["The logo of Oakfield Primary School"]
    for said in (
        "Amara Acorn", "Oakfield Primary School. Annual report to parents, 2026/27. Year 4, 4B.",
        "General progress A happy year.",
        "Reading Expected, at Autumn 2", "Attendance The record has no attendance for this year yet.",
        "Ring us on any day. Tom Teacher is the class teacher.", "Draft, not yet read by the head.",
    ):  # fmt: skip
        assert said in paper.words


def test_a_file_that_is_no_picture_is_a_sentence_and_the_logo_stays(oakfield):
    client = oakfield.cast.client("hana")
    client.post("/parents/logo", {"file": a_logo()})
    bad = BytesIO(b"<svg onload=alert(1)>")
    bad.name = "logo.svg"

    answer = client.post("/parents/logo", {"file": bad})

    assert answer.status_code == 409
    assert "This is an SVG drawing" in answer.content.decode()
    assert client.get("/parents/logo.png").headers["Content-Type"] == "image/png"
    client.post("/parents/logo", {"remove": "1"})
    assert client.get("/parents/logo.png").status_code == 404


@pytest.mark.parametrize("path", ["", ".pdf"])
def test_another_class_is_not_there_for_a_teacher(oakfield, path):
    client = oakfield.cast.client("tom")

    assert client.get(f"/parents/pupils/{oakfield.ada}{path}").status_code == 404
    assert client.get(f"/parents/classes/{oakfield.a5}").status_code == 404
    assert client.post(f"/parents/pupils/{oakfield.ada}/save", {"text-0": "x"}).status_code == 404
    assert client.post(f"/parents/pupils/{oakfield.ada}/state", {"state": "ready"}).status_code == 404
    assert client.get("/parents/school").status_code == 403


def test_the_check_list_says_what_each_report_lacks(oakfield):
    said = words(oakfield.cast.client("tom").get(f"/parents/classes/{oakfield.b4}").content.decode())

    assert "Nothing the law wants is missing in 0 of 4 reports" in said
    assert "Amara Acorn Draft A comment on general progress; A mark or a comment in Maths and Science;" in said
    assert "The result of the multiplication tables check (for the office)" in said
