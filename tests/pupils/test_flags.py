"""What the school says of a flag stands before the record, everywhere at once, for its year, and can be undone."""

import re
from datetime import date

import pytest

from itrack.foundation.changes.actions import undo
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.foundation.viewer import Role
from itrack.pupils.api import (
    PupilEntry,
    cohort,
    make_classes,
    pupil_flags,
    pupil_line,
    pupils_on_roll,
    set_flags,
    store_pupils,
    take_flags_back,
)
from itrack.pupils.models import FlagOverride
from itrack.pupils.rules_answers import Flag
from itrack.pupils.rules_groups import groups_of
from itrack.pupils.rules_overrides import Wish, why_not_set, why_overtaken, words_for
from tests.cast import NOW, TODAY, Cast, a_pupil

YEAR = 2026


@pytest.fixture
def amara(cast: Cast) -> int:
    """On the roll since September 2025, with free meals since then and SEN support, both by a file."""
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        pupil = a_pupil(deed, "Acorn", "Amara")
        starts = date(2025, 9, 1)
        told = [
            ("fsm", "2025-09-01|ENG", "ENG", "", None, starts, None, None, True),
            ("sen", "2025-09-01", "K", "", None, starts, None, None, True),
        ]
        store_pupils(deed=deed, entries=[PupilEntry(pupil, {}, circumstances=told)])
        make_classes(school=cast.oakfield, year=YEAR, by=cast.hana.member, at=NOW)
    return pupil


def says(cast: Cast, name: str, *wishes: tuple[int, str, str, str], year: int = YEAR):
    with writing(cast.oakfield):
        return set_flags(
            school=cast.oakfield,
            year=year,
            wishes=[Wish(*wish) for wish in wishes],
            may=frozenset(Flag),
            by=cast.people[name].member,
            at=NOW,
        )


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_lists_reports_and_the_pupils_page_say_the_same(cast: Cast, amara: int) -> None:
    says(cast, "olu", (amara, "fsm", "no", ""), (amara, "sen", "E", ""))

    with reading(cast.oakfield):
        line = pupil_line(school=cast.oakfield, pupil=amara, on=TODAY, year=YEAR)
        known = cohort(school=cast.oakfield, days={TODAY}, year=YEAR)
        own = pupil_flags(school=cast.oakfield, pupil=amara, role=Role.HEAD, on=TODAY)
        last_year = pupil_line(school=cast.oakfield, pupil=amara, on=date(2026, 7, 1), year=2025)

    assert line is not None
    assert own is not None
    groups = groups_of(known.pupils[amara].facts, TODAY)
    told = {cell.flag: (cell.says, cell.recorded) for cell in own.cells}
    assert line.flags == ("E",)
    assert (groups["meals"], groups["sen"], groups["disadvantage"]) == ("no", "plan", "yes")
    assert told["fsm"] == ("no", "Yes")
    assert told["sen"] == ("E", "SEN support")
    assert told["disadvantaged"] == ("yes", "Yes"), "the free meals of last year still count"
    assert last_year is not None
    assert last_year.flags == ("K", "FSM"), "the school's word was for 2026/27"


def test_undo_puts_the_word_before_back_and_as_recorded_ends_it(cast: Cast, amara: int) -> None:
    says(cast, "olu", (amara, "fsm", "no", ""))
    second = says(cast, "olu", (amara, "fsm", "unknown", "no"), (amara, "ever6", "yes", ""))
    third = says(cast, "olu", (amara, "fsm", "", "unknown"))

    with writing(cast.oakfield):
        standing = FlagOverride.objects.filter(school_id=cast.oakfield, ended_at=None)
        assert {(row.flag, row.says) for row in standing} == {("ever6", "yes")}
        for done in (third, second):
            undo(school=cast.oakfield, change_set=done.change_set, by=cast.olu.member, at=NOW)
        assert {(row.flag, row.says) for row in standing.all()} == {("fsm", "no")}


def test_as_it_stood_the_roll_forgets_a_word_said_later(cast: Cast, amara: int) -> None:
    before = NOW.replace(hour=11)
    with writing(cast.oakfield):
        told = {"school": cast.oakfield, "may": {"fsm"}, "by": cast.hana.member}
        set_flags(year=YEAR, wishes=[Wish(amara, "fsm", "no", "")], at=NOW.replace(hour=12), **told)

    with reading(cast.oakfield):
        asked = {"school": cast.oakfield, "on": TODAY, "year": YEAR}
        [then], [now] = pupils_on_roll(as_at=before, **asked), pupils_on_roll(**asked)
    assert (then.flags, now.flags) == (("K", "FSM"), ("K",))


@pytest.mark.parametrize(
    ("flag", "word", "seen", "reason"),
    [
        ("fsm", "yes", "no", "Somebody else has set it to “As recorded” since you looked."),
        ("fsm", "K", "", "Free school meals takes: As recorded, Yes, No, Not known."),
        ("sen", "yes", "", "SEN takes: As recorded, SEN support, EHC plan, No, Not known."),
        ("nonsense", "yes", "", "This flag is not one you may set."),
        ("fsm", "<b>", "", "Free school meals takes: As recorded, Yes, No, Not known."),
    ],
)
def test_a_wish_that_cannot_be_is_refused_and_the_others_are_kept(cast, amara, flag, word, seen, reason) -> None:
    saved = says(cast, "olu", (amara, flag, word, seen), (amara, "service", "yes", ""))

    assert [(one.pupil, one.flag, one.reason) for one in saved.refused] == [(amara, flag, reason)]
    assert saved.done == 1


def test_another_schools_pupil_is_refused_and_nothing_is_stored(cast: Cast, amara: int) -> None:
    with writing(cast.thornhill):
        theirs = a_pupil(cast.deed("theo"), "Thistle", "Theo")

    saved = says(cast, "olu", (theirs, "fsm", "yes", ""))

    assert (saved.change_set, saved.done) == (None, 0)
    assert [one.reason for one in saved.refused] == ["This pupil is not in the school’s record."]
    assert amara != theirs


def test_saying_what_already_stands_is_no_deed_and_a_year_there_is_not_is_refused(cast: Cast, amara: int) -> None:
    says(cast, "olu", (amara, "fsm", "no", ""))

    assert says(cast, "olu", (amara, "fsm", "no", "no")).change_set is None
    with pytest.raises(Refused):
        says(cast, "olu", (amara, "fsm", "no", ""), year=1066)


def test_only_who_set_them_or_a_leader_takes_flags_back(cast: Cast, amara: int) -> None:
    done = says(cast, "hana", (amara, "care", "yes", "")).change_set

    with writing(cast.oakfield):
        told = {"school": cast.oakfield, "change_set": done, "at": NOW}
        with pytest.raises(Refused):
            take_flags_back(leads=False, by=cast.olu.member, **told)
        take_flags_back(leads=True, by=cast.ada.member, **told)
        assert not FlagOverride.objects.filter(school_id=cast.oakfield).exists()


def test_what_overtook_a_wish_is_named() -> None:
    assert why_overtaken("", "") == ""
    assert "“Not known”" in why_overtaken("yes", "unknown")
    assert why_not_set("fsm", "yes", may={"sen"}) == "This flag is not one you may set."
    assert dict(words_for("fsm"))[""] == "As recorded"


def test_the_office_sets_a_flag_on_the_pupils_page_and_undoes_it(cast: Cast, amara: int) -> None:
    olu = cast.client("olu")

    answer = olu.post(f"/pupils/{amara}/flags", {"year": YEAR, "says-fsm": "unknown", "was-fsm": ""}, follow=True)

    said = words(answer)
    assert "1 flag set." in said
    assert "Free school meals Not known Set by the school for 2026/27" in said
    assert "As recorded: Yes" in said
    undone = re.search(r'action="(/pupils/flags/undo/\d+)"', answer.content.decode())
    assert undone is not None
    said = words(olu.post(undone[1], {"pupil": amara}, follow=True))
    assert "Taken back:" in said
    assert "Free school meals Yes Free meals since 1 September 2025 Transfer file of 23 November 2026" in said


@pytest.mark.parametrize(
    ("name", "flag", "status"), [("olu", "care", 409), ("olu", "sen", 409), ("sena", "fsm", 409), ("sena", "sen", 303)]
)
def test_nobody_sets_a_flag_that_is_not_theirs(cast: Cast, amara: int, name: str, flag: str, status: int) -> None:
    word = "K" if flag == "sen" else "yes"
    answer = cast.client(name).post(f"/pupils/{amara}/flags", {"year": YEAR, f"says-{flag}": word, f"was-{flag}": ""})

    assert answer.status_code == status


def test_why_a_pupil_is_disadvantaged_is_kept_from_whom_care_is_kept_from(cast: Cast, amara: int) -> None:
    says(cast, "hana", (amara, "fsm", "no", ""), (amara, "ever6", "no", ""), (amara, "care", "yes", ""))

    office, leader = (
        words(cast.client("olu").get(f"/pupils/{amara}")),
        words(cast.client("hana").get(f"/pupils/{amara}")),
    )

    assert "Disadvantaged Yes The reason is not shown to your role." in office
    assert "Looked after" not in office
    assert "Disadvantaged Yes Set by the school for 2026/27" in leader
    says(cast, "hana", (amara, "care", "no", "yes"))
    assert "Disadvantaged No The reason is not shown" in words(cast.client("olu").get(f"/pupils/{amara}"))


def test_the_roll_shows_special_needs_to_those_only_who_are_told_of_them(cast: Cast, amara: int) -> None:
    for name, told in (("hana", True), ("sena", True), ("olu", False)):
        page = cast.client(name).get("/pupils/").content.decode()
        assert ('title="SEN support"' in page) == told, name
        assert 'title="Free school meals"' in page, name
    assert "EHC" not in words(cast.client("olu").get("/pupils/"))
