"""Adding somebody, or a whole pasted list: seen before it counts, and nothing half-done."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.test import Client

from itrack.accounts.models import Membership, Person
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role
from itrack.staff.api import invite_rows, known
from itrack.staff.rules.paste import MOST_ROWS, fingerprint, judge
from tests.cast import NOW, TODAY, Cast, build_cast
from tests.staff.people import PAGE, a_class, last_move, member_with, of, read, sent, teacher_of

PASTE = f"{PAGE}/paste"
PRIYA = {"name": "Priya Plover", "job_title": "Class teacher", "email": "priya@oakfield.example", "role": "teacher"}


def rows(*lines: str) -> str:
    """Spreadsheet rows, their cells written with | between."""
    return "\r\n".join(line.replace(" | ", "\t").replace("|", "\t") for line in lines)


TWO = rows(
    "Name | Job title | E-mail | Role | Class",
    "Priya Plover | Class teacher | Priya@Oakfield.example | Class Teacher | 2R",
    "Dan Dunnock | Chair of governors | dan@oakfield.example | governor | ",
)


def preview(client: Client, text: str) -> tuple[str, str]:
    """What the preview says, and the word by which it knows itself."""
    answer = client.post(f"{PASTE}/check", {"rows": text})
    assert answer.status_code == 200
    found = re.search(r'name="seen" value="(\w+)"', answer.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())), found.group(1) if found else ""


def people_of(cast: Cast) -> int:
    with writing(cast.oakfield):
        return Membership.objects.filter(school_id=cast.oakfield).count()


def waiting_jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name = 'accounts.invite'")
        return int(cursor.fetchone()[0])


def test_somebody_is_invited_with_their_classes_and_a_letter_waits(cast: Cast) -> None:
    ada, group = cast.client("ada"), a_class(cast, "2R", None)

    said = sent(ada, f"{PAGE}/invite", PRIYA | {"classes": [str(group)]})

    assert "Invited: Priya Plover. The link goes to priya@oakfield.example" in said
    found = member_with(cast, "priya@oakfield.example")
    assert found is not None
    assert (found.role, found.joined_at, teacher_of(cast, group)) == ("teacher", None, found.pk)
    assert waiting_jobs() == 1
    said = read(ada, PAGE, state="invited")
    assert "Priya Plover Class teacher Teacher 2R never none yet Invited" in said
    assert "not taken up" not in said
    with time_machine.travel(NOW + timedelta(days=14), tick=False):
        said = read(cast.client("ada"), PAGE, state="invited")
    assert "Invited 23 November 2026, not taken up" in said


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Write the name."),
        ({"job_title": " "}, "Write the job title."),
        ({"email": ""}, "Write the e-mail address."),
        ({"email": "priya"}, "This is no e-mail address."),
        ({"email": "priya@oakfield.example\nBcc: all@oakfield.example"}, "This is no e-mail address."),
        ({"email": "a@b.example, c@d.example"}, "This is no e-mail address."),
        ({"email": "x" * 300 + "@oakfield.example"}, "This is no e-mail address."),
        ({"role": "owner"}, "Choose a role from the list."),
        ({"role": ""}, "Choose a role from the list."),
        ({"classes": ["999999"]}, "Tick classes of the list."),
        ({"classes": ["x"]}, "Tick classes of the list."),
    ],
)
def test_what_cannot_be_is_said_and_nobody_is_invited(cast: Cast, changed: dict[str, object], sentence: str) -> None:
    before = people_of(cast)

    said = sent(cast.client("ada"), f"{PAGE}/invite", PRIYA | changed, status=422)

    assert sentence in said
    assert (people_of(cast), waiting_jobs()) == (before, 0)


def test_a_class_is_for_who_teaches_it(cast: Cast) -> None:
    group = a_class(cast, "2R", None)

    form = PRIYA | {"role": "office", "classes": [str(group)]}
    said = sent(cast.client("ada"), f"{PAGE}/invite", form, status=422)

    assert "Office is no role that teaches. Tick no class." in said
    assert teacher_of(cast, group) is None


def test_an_address_is_invited_once(cast: Cast) -> None:
    ada = cast.client("ada")
    sent(ada, f"{PAGE}/invite", PRIYA)

    said = sent(ada, f"{PAGE}/invite", PRIYA | {"email": " PRIYA@oakfield.example "}, status=422)

    assert "Priya Plover has this address and is here already." in said
    assert waiting_jobs() == 1


def test_somebody_of_another_school_is_invited_without_a_word_about_it(cast: Cast) -> None:
    Person.objects.filter(pk=cast.theo.person).update(email="theo@thornhill.example")

    said = sent(cast.client("ada"), f"{PAGE}/invite", PRIYA | {"email": "theo@thornhill.example"})

    assert "Invited: Priya Plover." in said
    assert "Theo" not in said
    found = member_with(cast, "theo@thornhill.example")
    assert found is not None
    assert found.person_id == cast.theo.person


def test_a_new_link_is_sent_and_the_invitation_taken_back(cast: Cast) -> None:
    ada = cast.client("ada")
    sent(ada, f"{PAGE}/invite", PRIYA)
    found = member_with(cast, PRIYA["email"])
    assert found is not None
    page = f"{PAGE}/{found.pk}"

    assert "A new link is on its way to Priya Plover" in sent(ada, f"{page}/invite")
    assert waiting_jobs() == 2
    assert "Priya Plover is removed" in sent(ada, f"{page}/remove")
    assert "Back: Priya Plover, as teacher. A new invitation is on its way." in sent(ada, f"{page}/back")
    assert waiting_jobs() == 3
    assert "taken the invitation up" in sent(ada, f"{of(cast, 'tom')}/invite", status=409)


def test_pasted_rows_are_shown_before_anybody_is_invited(cast: Cast) -> None:
    a_class(cast, "2R", None)
    before = people_of(cast)

    said, seen = preview(cast.client("ada"), TWO)

    assert "2 people can be invited." in said
    assert "Invite 2 people" in said
    assert seen
    assert people_of(cast) == before


def test_the_rows_shown_are_invited_in_one_go_with_their_classes(cast: Cast) -> None:
    ada, group = cast.client("ada"), a_class(cast, "2R", None)
    _, seen = preview(ada, TWO)

    said = sent(ada, f"{PASTE}/invite", {"rows": TWO, "seen": seen})

    assert "Invited: 2 people." in said
    priya, dan = member_with(cast, "priya@oakfield.example"), member_with(cast, "dan@oakfield.example")
    assert priya is not None
    assert dan is not None
    assert (priya.role, dan.role, teacher_of(cast, group)) == ("teacher", "governor", priya.pk)
    assert waiting_jobs() == 2


def test_the_same_paste_again_adds_nobody(cast: Cast) -> None:
    ada = cast.client("ada")
    a_class(cast, "2R", None)
    _, seen = preview(ada, TWO)
    sent(ada, f"{PASTE}/invite", {"rows": TWO, "seen": seen})
    after = people_of(cast)

    again = sent(ada, f"{PASTE}/invite", {"rows": TWO, "seen": seen}, status=422)
    said, _ = preview(ada, TWO)

    assert "2 are here already." in again
    assert "Nobody of these can be invited. 2 are here already." in said
    assert (people_of(cast), waiting_jobs()) == (after, 2)


def test_rows_that_meanwhile_mean_something_else_invite_nobody(cast: Cast) -> None:
    ada, group = cast.client("ada"), a_class(cast, "2R", None)
    _, seen = preview(ada, TWO)
    sent(ada, f"{PAGE}/invite", PRIYA | {"classes": [str(group)]})
    before = people_of(cast)

    said = sent(ada, f"{PASTE}/invite", {"rows": TWO, "seen": seen}, status=409)

    assert "Nobody was invited. Paste the rows again and look." in said
    assert people_of(cast) == before


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("| Teacher | a@oakfield.example | teacher |", "Write the name."),
        ("Al Adder || a@oakfield.example | teacher |", "Write the job title."),
        ("Al Adder | Teacher | a@oakfield | teacher |", "This is no e-mail address."),
        ("Al Adder | Teacher || teacher |", "Write the e-mail address."),
        ("Al Adder | Teacher | a@oakfield.example | wizard |", "“wizard” is no role here."),
        ("Al Adder | Teacher | a@oakfield.example | |", "Write the role:"),
        ("Al Adder | Teacher | a@oakfield.example | teacher | 9Z", "There is no class called 9Z this year."),
        ("Al Adder | Teacher | a@oakfield.example | teacher | 4B", "Tom Teacher teaches 4B."),
        ("Al Adder | Governor | a@oakfield.example | governor | 2R", "governor is no such role."),
        ("Al Adder | Teacher | a@oakfield.example | teacher | | | more", "more in this row than five columns."),
        ("Al Adder | Teacher | a@oakfield.example;b@oakfield.example | teacher |", "This is no e-mail address."),
        ("=HYPERLINK(1) | Teacher | a@oakfield.example | teacher |", "A name has at most 80 characters"),
        (f"{'x' * 90} | Teacher | a@oakfield.example | teacher |", "A name has at most 80 characters"),
    ],
)
def test_each_refused_row_says_why_and_holds_nobody_else_up(cast: Cast, line: str, reason: str) -> None:
    ada = cast.client("ada")
    a_class(cast, "2R", None)
    a_class(cast, "4B", "tom")
    text = rows(line, "Priya Plover | Class teacher | priya@oakfield.example | teacher | 2R")

    said, seen = preview(ada, text)

    assert reason in said.replace("&quot;", '"')
    assert "1 row is not accepted." in said
    sent(ada, f"{PASTE}/invite", {"rows": text, "seen": seen})
    assert member_with(cast, "priya@oakfield.example") is not None
    assert member_with(cast, "a@oakfield.example") is None


def test_two_rows_of_one_address_or_one_class_are_not_both_taken(cast: Cast) -> None:
    a_class(cast, "2R", None)
    text = rows(
        "Al Adder | Teacher | a@oakfield.example | teacher | 2R",
        "Bo Adder | Teacher | A@oakfield.example | teacher |",
        "Cy Adder | Teacher | c@oakfield.example | teacher | 2r",
    )

    said, _ = preview(cast.client("ada"), text)

    assert "1 person can be invited." in said
    assert "Row 1 has the same address." in said
    assert "Row 1 is given 2R already." in said


def test_who_was_removed_is_not_invited_anew_by_a_paste(cast: Cast) -> None:
    ada = cast.client("ada")
    Person.objects.filter(pk=cast.tom.person).update(email="tom@oakfield.example")
    sent(ada, f"{of(cast, 'tom')}/remove")

    said, _ = preview(ada, rows("Tom Teacher | Teacher | tom@oakfield.example | teacher |"))

    assert "Tom Teacher had this address and was removed. Bring them back on their own page." in said
    assert last_move(cast)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Paste the rows first."),
        (" \r\n\t\t\r\n", "There is no row with anything in it."),
        ("\t\t\t,\r\n" * (MOST_ROWS + 5), f"At most {MOST_ROWS} rows at a time."),
        ("x" * 100_001, "more than one paste takes"),
        ("Name\tJob title\tE-mail\tRole\tClass", "There is no row with anything in it."),
    ],
)
def test_a_paste_that_says_nothing_or_too_much_is_refused(cast: Cast, text: str, sentence: str) -> None:
    assert sentence in sent(cast.client("ada"), f"{PASTE}/check", {"rows": text}, status=422)


@pytest.mark.parametrize(
    "text",
    [
        '"',
        '"a\tb\n"c"d\te',
        "\x00\t\x00",
        "\ud7ff\u2028\t\u2029",
        "a,b,c,d,e,f,g",
        "'; drop table x; --\t\t\t\t",
        "\t" * 5000,
    ],
)
def test_hostile_rows_are_answered(cast: Cast, text: str) -> None:
    answer = cast.client("ada").post(f"{PASTE}/check", {"rows": text})

    assert answer.status_code in (200, 422)
    assert "can be invited" not in answer.content.decode() or "Nobody" in answer.content.decode()


def test_commas_serve_where_there_are_no_tabs(cast: Cast) -> None:
    said, _ = preview(cast.client("ada"), 'Al Adder,"Teacher, part time",a@oakfield.example,TA,')

    assert "1 person can be invited." in said
    assert "Teacher, part time" in said


@pytest.mark.django_db(transaction=True)
def test_two_pastes_at_the_same_moment_invite_everybody_once() -> None:
    cast = build_cast()
    text = rows(*(f"New Person{chr(97 + n)} | Assistant | n{n}@oakfield.example | ta |" for n in range(5)))
    with writing(cast.oakfield):
        seen = fingerprint(judge(text, known(school=cast.oakfield, today=TODAY)))

    def apply(ready: Barrier) -> object:
        ready.wait()
        try:
            with writing(cast.oakfield):
                return invite_rows(school=cast.oakfield, text=text, seen=seen, by=cast.ada.member, at=NOW)
        except Refused as refusal:
            return refusal.sentence
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        ready = Barrier(2)
        told = [one.result(timeout=30) for one in [people.submit(apply, ready), people.submit(apply, ready)]]

    assert sorted(map(str, told))[0] == "5"
    assert "Nobody was invited" in sorted(map(str, told))[1]
    assert Person.objects.filter(email__endswith="@oakfield.example").count() == 5
    with writing(cast.oakfield):
        assert Membership.objects.filter(role=Role.ASSISTANT.value, joined_at__isnull=True).count() == 5


def test_a_form_about_people_stays_in_its_tab_when_it_is_answered(cast: Cast) -> None:
    ada = cast.client("ada")

    checked = ada.post("/school/people/paste/check", {"rows": "Ivy Quince\tTeacher\tivy@oakfield.example\tTeacher\t"})
    refused = ada.post("/school/people/invite", {})

    assert 'href="/school/people/paste" aria-current="page"' in checked.content.decode()
    assert 'href="/school/people/add" aria-current="page"' in refused.content.decode()
