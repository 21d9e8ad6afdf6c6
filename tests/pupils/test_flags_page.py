"""The page of a class's flags: at a glance, one to set, a preview of many, and what it will not do."""

import re

import pytest

from itrack.foundation.tenancy.windows import reading, writing
from itrack.pupils.api import classes_for, make_classes
from itrack.pupils.models import FlagOverride
from tests.cast import NOW, TODAY, Cast, a_pupil
from tests.pupils.test_flags import YEAR, amara, says, words  # noqa: F401 - a fixture

PAGE, SAVE = "/pupils/flags", "/pupils/flags/save"


@pytest.fixture
def four(cast: Cast, amara: int) -> dict[str, int]:  # noqa: F811
    """Amara and Ben in Year 4, Cleo in Year 5."""
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        ben, cleo = a_pupil(deed, "Birch", "Ben"), a_pupil(deed, "Cedar", "Cleo", "5")
        make_classes(school=cast.oakfield, year=YEAR, by=cast.hana.member, at=NOW)
        groups = {row.name: row.id for row in classes_for(viewer=cast.hana, year=YEAR, on=TODAY)}
    return {"amara": amara, "ben": ben, "cleo": cleo, "group": groups["Year 4"], "five": groups["Year 5"]}


def sent(four, flag: str = "fsm", **more) -> dict[str, object]:
    """The form of Year 4 with both pupils as recorded, and what is changed in it."""
    plain = {f"{field}-{four[name]}": "" for field in ("says", "was") for name in ("amara", "ben")}
    return {"group": four["group"], "flag": flag, "year": YEAR, **plain, **more}


def standing(cast: Cast) -> set[tuple[int, str, str]]:
    with reading(cast.oakfield):
        rows = FlagOverride.objects.filter(school_id=cast.oakfield, ended_at=None)
        return set(rows.values_list("pupil_id", "flag", "says"))


def test_all_flags_of_a_class_stand_at_a_glance(cast: Cast, four) -> None:
    says(cast, "hana", (four["ben"], "care", "yes", ""))

    page = cast.client("hana").get(PAGE, {"group": four["group"]})

    said = words(page)
    assert "Acorn, Amara Yes Yes No No Yes No Yes Not known SEN support" in said
    assert "Birch, Ben No No Yes set; recorded: No No Yes No Yes Not known Not known" in said
    assert "Cedar" not in said
    assert "Looked after" not in words(cast.client("olu").get(PAGE, {"group": four["group"]}))


def test_one_flag_is_shown_with_everybodys_reason_and_source(cast: Cast, four) -> None:
    said = words(cast.client("olu").get(PAGE, {"year_group": "4", "flag": "fsm"}))

    assert "Acorn, Amara Yes Free meals since 1 September 2025 Transfer file of 23 November 2026" in said
    assert "Yes: 1 · No: 1" in said


def test_one_change_is_stored_at_once(cast: Cast, four) -> None:
    answer = cast.client("olu").post(SAVE, sent(four, **{f"says-{four['ben']}": "yes"}), follow=True)

    assert "1 flag set." in words(answer)
    assert standing(cast) == {(four["ben"], "fsm", "yes")}


def test_many_changes_are_shown_before_anything_is_stored(cast: Cast, four) -> None:
    olu, form = cast.client("olu"), sent(four, every="unknown")

    preview = olu.post(SAVE, form)

    assert "Set Free school meals for 2 pupils?" in words(preview)
    assert "Acorn, Amara As recorded: Yes Not known" in words(preview)
    assert standing(cast) == set()
    shown = dict(re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', preview.content.decode()))
    done = olu.post(SAVE, {name: value for name, value in shown.items() if "csrf" not in name}, follow=True)
    assert "2 flags set, of 2 pupils." in words(done)
    assert standing(cast) == {(four["amara"], "fsm", "unknown"), (four["ben"], "fsm", "unknown")}
    olu.post(re.findall(r'action="(/pupils/flags/undo/\d+)"', done.content.decode())[0])
    assert standing(cast) == set()


def test_a_word_for_everybody_leaves_those_who_were_given_their_own(cast: Cast, four) -> None:
    form = sent(four, every="no", sure="1", **{f"says-{four['ben']}": "yes"})

    cast.client("olu").post(SAVE, form)

    assert standing(cast) == {(four["amara"], "fsm", "no"), (four["ben"], "fsm", "yes")}


def test_as_recorded_can_be_said_for_everybody(cast: Cast, four) -> None:
    says(cast, "olu", (four["amara"], "fsm", "no", ""), (four["ben"], "fsm", "yes", ""))
    seen = {
        f"{field}-{four[name]}": word for field in ("says", "was") for name, word in (("amara", "no"), ("ben", "yes"))
    }

    cast.client("olu").post(SAVE, sent(four, every="recorded", sure="1", **seen))

    assert standing(cast) == set()


def test_what_somebody_set_meanwhile_is_refused_by_row_and_the_rest_is_kept(cast: Cast, four) -> None:
    says(cast, "hana", (four["amara"], "fsm", "no", ""))

    answer = cast.client("olu").post(SAVE, sent(four, every="unknown", sure="1"))

    assert answer.status_code == 422
    assert "1 pupil not set. The others are saved." in words(answer)
    assert "Acorn, Amara: Somebody else has set it to “No” since you looked." in words(answer)
    assert standing(cast) == {(four["amara"], "fsm", "no"), (four["ben"], "fsm", "unknown")}


def test_pupils_who_are_not_on_the_page_are_not_touched(cast: Cast, four) -> None:
    form = sent(four, **{f"says-{four['cleo']}": "yes", f"was-{four['cleo']}": ""})

    cast.client("olu").post(SAVE, form)

    assert standing(cast) == set()


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("hana", {"flag": "nonsense"}),
        ("hana", {"group": "999999"}),
        ("hana", {"year": "1066"}),
        ("hana", {"group": "\x00"}),
        ("olu", {"flag": "care"}),
        ("olu", {"flag": "sen"}),
    ],
)
def test_what_is_not_there_or_not_theirs_is_not_found(cast: Cast, four, name: str, asked: dict[str, str]) -> None:
    assert cast.client(name).get(PAGE, asked).status_code == 404
    assert cast.client(name).post(SAVE, {"year": YEAR, **asked}).status_code == 404


@pytest.mark.parametrize("word", ["K", "<script>", "yes" * 50])
def test_a_word_that_the_flag_does_not_take_is_refused(cast: Cast, four, word: str) -> None:
    answer = cast.client("olu").post(SAVE, sent(four, **{f"says-{four['ben']}": word}))

    assert answer.status_code == 422
    assert "Birch, Ben: Free school meals takes:" in words(answer)
    assert standing(cast) == set()


def test_another_schools_class_is_not_there(cast: Cast, four) -> None:
    with writing(cast.thornhill):
        a_pupil(cast.deed("theo"), "Thistle", "Theo")
        make_classes(school=cast.thornhill, year=YEAR, by=cast.theo.member, at=NOW)
        theirs = classes_for(viewer=cast.theo, year=YEAR, on=TODAY)[0].id

    assert cast.client("hana").get(PAGE, {"group": theirs}).status_code == 404
    assert cast.client("hana").post(SAVE, sent({**four, "group": theirs})).status_code == 404


def test_a_senco_sets_sen_and_reads_the_rest(cast: Cast, four) -> None:
    sena = cast.client("sena")

    assert 'name="says-' not in sena.get(PAGE, {"group": four["group"], "flag": "fsm"}).content.decode()
    sena.post(SAVE, sent(four, "sen", **{f"says-{four['ben']}": "K"}))
    assert standing(cast) == {(four["ben"], "sen", "K")}


def test_a_year_without_anybody_says_so(cast: Cast, four) -> None:
    assert "Nobody is here on that day" in words(cast.client("hana").get(PAGE, {"year": "2021", "year_group": "6"}))


@pytest.mark.parametrize(
    ("flag", "there", "elsewhere"), [("fsm", "Acorn", "Birch"), ("care", "Birch", "Acorn"), ("sen", "Acorn", "Birch")]
)
def test_the_roll_is_narrowed_to_a_flag_for_those_who_are_told_of_it(cast, four, flag, there, elsewhere) -> None:
    says(cast, "hana", (four["ben"], "care", "yes", ""))

    said = words(cast.client("hana").get("/pupils/", {"flag": flag}))

    assert there in said
    assert elsewhere not in said
    status = cast.client("olu").get("/pupils/", {"flag": flag, "group": "", "year_group": ""}).status_code
    assert status == (200 if flag == "fsm" else 404)


def test_two_records_do_not_tell_the_office_of_care(cast: Cast, four) -> None:
    pair = tuple(sorted((four["amara"], four["ben"])))
    says(cast, "hana", (four["amara"], "care", "yes", ""), (four["ben"], "care", "no", ""))
    says(cast, "hana", (four["amara"], "service", "yes", ""), (four["ben"], "service", "no", ""))

    office, leader = (
        words(cast.client(name).get("/pupils/duplicates/compare", {"one": pair[0], "two": pair[1]}))
        for name in ("olu", "ada")
    )

    assert "Looked after" in leader
    assert "Looked after" not in office
    assert "Flag set by the school: not shown to your role" in office
    assert "Service child" in office
