"""The attainment overview in a browser's eyes: figures, who may, what nonsense in the address gets."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from itrack.curriculum.api import subjects
from itrack.foundation.tenancy.windows import reading, writing
from tests.cast import a_pupil
from tests.reports.school import Oakfield, a_class, mark

PAGE, NAMES = "/reports/attainment", "/reports/attainment/names"
NONSENSE = ("nonsense", "-1", "٣", "1e9", "9" * 400, "\x00", "<b>", "year-99", "class-", "2026-02-30")


def shown(oakfield: Oakfield, who: str, path: str = PAGE, **said: object) -> str:
    answer = oakfield.cast.client(who).get(path, said)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def words(html: str) -> str:
    """What a reader hears, without the markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("<main")[2]))


def subject_id(oakfield: Oakfield, name: str, school: int | None = None) -> int:
    school = school or oakfield.cast.oakfield
    with reading(school):
        return next(pk for pk, called in subjects(school=school) if called == name)


def test_the_head_sees_the_whole_school_with_its_denominator(oakfield):
    said = words(shown(oakfield, "hana"))

    assert "Attainment overview: Whole school, Autumn 2" in said
    assert "5 of 6 pupils are counted in at least one subject" in said
    assert "on roll on 2 November 2026, when Autumn 2 opened, or on 23 November 2026" in said
    assert "Idris Fennelwood Every subject Joined on 18 November 2026, after the point opened" in said
    assert "Leo Cobnut Reading Code A, absent for the assessment" in said
    assert "Maud Ashplant Writing, Maths, Science No mark yet" in said


def test_a_year_group_and_a_class_are_counted_by_themselves(oakfield):
    four = words(shown(oakfield, "hana", pupils="year-4"))
    alder = words(shown(oakfield, "hana", pupils=f"class-{oakfield.a4}"))

    assert "Attainment overview: Year 4, Autumn 2" in four
    assert "4 of 5 pupils are counted" in four
    assert "1 of 1 pupil is counted" in alder
    assert "In 4A, the one pupil counted is at expected or above in reading." in alder


def test_every_figure_leads_to_its_names(oakfield):
    page = shown(oakfield, "hana", pupils="year-4")

    links = re.findall(rf'<a href="({NAMES}[^"]+)">(\d+)<span', page)

    assert links
    client = oakfield.cast.client("hana")
    for link, figure in links:
        names = client.get(link.replace("&amp;", "&")).content.decode()
        assert f": {figure} pupil" in words(names)
        assert len(re.findall(r'<th scope="row">', names)) == int(figure)


def test_the_names_of_a_figure_are_those_pupils_and_no_others(oakfield):
    said = {"pupils": "year-4", "cell": f"{subject_id(oakfield, 'Reading')}.expected"}

    names = words(shown(oakfield, "hana", NAMES, **said))

    assert "Expected in reading: 1 pupil" in names
    assert "Amara Acorn 4B Expected" in names
    assert "Toby" not in names


def test_a_name_never_stands_in_an_address(oakfield):
    page = shown(oakfield, "hana") + shown(oakfield, "hana", NAMES)

    addresses = " ".join(re.findall(r'(?:href|action)="([^"]*)"', page))

    for name in ("Acorn", "Amara", "Barleycorn", "4B"):
        assert name not in addresses


def test_the_subject_looked_at_is_the_one_told_of(oakfield):
    said = words(shown(oakfield, "hana", pupils="year-4", subject=subject_id(oakfield, "Writing")))

    assert "In Year 4, all 3 pupils counted are at expected or above in writing (100%)." in said
    assert "2 of 5 pupils are not counted in writing. Fewer than 5 pupils are counted in writing" in said


@pytest.mark.parametrize("who", ["asha", "olu"])
def test_roles_without_attainment_are_turned_away(oakfield, who):
    client = oakfield.cast.client(who)

    assert client.get(PAGE).status_code == 403
    assert client.get(NAMES).status_code == 403
    assert oakfield.cast.client("gus").get(NAMES).status_code == 403, "a governor sees no names"


def test_a_teacher_sees_their_own_class_and_no_other(oakfield):
    usual = words(shown(oakfield, "tom"))

    assert "Attainment overview: 4B, Autumn 2" in usual
    assert "Maud" not in usual
    assert "4A" not in usual
    client = oakfield.cast.client("tom")
    for path in (PAGE, NAMES):
        assert client.get(path, {"pupils": f"class-{oakfield.a4}"}).status_code == 404
        for wider in ("all", "year-4"):
            refused = client.get(path, {"pupils": wider})
            assert refused.status_code == 400
            assert "Maud" not in refused.content.decode()


def test_a_teacher_without_a_class_is_told_so(oakfield):
    said = words(shown(oakfield, "sena"))
    assert "Whole school" in said

    with writing(oakfield.cast.oakfield):
        from itrack.pupils.models import Group

        Group.objects.filter(pk=oakfield.b4).update(teacher_id=oakfield.cast.hana.member)

    assert "You have no class in 2026/27" in words(shown(oakfield, "tom"))


def test_the_other_school_sees_nothing_and_its_ids_lead_nowhere(oakfield):
    theirs = words(shown(oakfield, "theo"))
    with writing(oakfield.cast.thornhill):
        deed = oakfield.cast.deed("theo")
        group = a_class(oakfield.cast, "4T", [a_pupil(deed, "Thistle", "Theo")], head="theo")
    client = oakfield.cast.client("hana")

    assert "No pupils here" in theirs
    assert "Amara" not in theirs
    subject = subject_id(oakfield, "Reading", oakfield.cast.thornhill)
    for path in (PAGE, NAMES):
        assert client.get(path, {"pupils": f"class-{group}"}).status_code == 404
        assert client.get(path, {"subject": subject}).status_code == 404


@pytest.mark.parametrize("field", ["year", "point", "pupils", "subject", "as_at"])
def test_nonsense_in_the_address_gets_a_sentence(oakfield, field):
    client = oakfield.cast.client("hana")

    for path in (PAGE, NAMES):
        for text in NONSENSE:
            answer = client.get(path, {field: text})
            assert answer.status_code in (400, 404), text
            if answer.status_code == 400:
                assert "The other filters are kept." in words(answer.content.decode())


def test_a_figure_there_is_not_is_not_found(oakfield):
    client = oakfield.cast.client("hana")
    theirs = subject_id(oakfield, "Reading", oakfield.cast.thornhill)

    for cell in ("best", "expected", "0.expected", f"{theirs}.expected", *NONSENSE):
        assert client.get(NAMES, {"cell": cell}).status_code == 404, cell


def test_a_day_to_come_and_a_class_of_another_year_are_answered(oakfield):
    client = oakfield.cast.client("hana")

    tomorrow = client.get(PAGE, {"as_at": "2026-11-24"})
    other_year = client.get(PAGE, {"year": "2025", "pupils": f"class-{oakfield.b4}"})

    assert "That day has not come yet." in tomorrow.content.decode()
    assert "That is a class of 2026/27, not of 2025/26." in other_year.content.decode()
    assert (tomorrow.status_code, other_year.status_code) == (400, 400)


def test_a_day_before_the_school_existed_is_a_calm_page(oakfield):
    too_early = oakfield.cast.client("hana").get(PAGE, {"as_at": "0001-01-01"})
    assert too_early.status_code == 400
    assert "No pupils here" in words(shown(oakfield, "hana", as_at="1950-01-01"))


def test_a_point_without_marks_says_so_and_who_is_waited_for(oakfield):
    said = words(shown(oakfield, "hana", point="1"))
    to_come = words(shown(oakfield, "hana", point="3"))

    assert "No marks to count yet" in said
    assert "0 of 5 pupils are counted" in said
    assert "Spring 1 opens on 4 January 2027" in to_come


def test_a_mark_changed_later_does_not_change_the_report_as_it_stood(oakfield):
    said = {"pupils": "year-4", "subject": subject_id(oakfield, "Reading"), "as_at": "2026-11-22"}
    before = shown(oakfield, "hana", **said)
    with writing(oakfield.cast.oakfield):
        mark(oakfield.cast.hana, "Reading", {oakfield.toby: "G", oakfield.amara: ""})

    after = shown(oakfield, "hana", **said)
    today = shown(oakfield, "hana", pupils="year-4")

    assert "2 of 3 pupils counted are at expected or above in reading" in words(before)
    assert figures(before) == figures(after)
    assert figures(before) != figures(today)
    assert "as it stood at the end of 22 November 2026" in words(after)


def figures(page: str) -> list[str]:
    table = page.partition('<table class="register ruled">')[2].partition("</table>")[0]
    return re.findall(r"<td[^>]*>(.*?)</td>", table)


def test_a_day_asked_for_ends_at_midnight_in_britain(oakfield):
    with writing(oakfield.cast.oakfield):
        mark(oakfield.cast.hana, "Maths", {oakfield.amara: "E"}, at=datetime(2026, 11, 20, 23, 59, tzinfo=UTC))
        mark(oakfield.cast.hana, "Maths", {oakfield.toby: "E"}, at=datetime(2026, 11, 21, 0, 0, tzinfo=UTC))
    said = {"pupils": "year-4", "cell": f"{subject_id(oakfield, 'Maths')}.counted", "as_at": "2026-11-20"}

    names = words(shown(oakfield, "hana", NAMES, **said))

    assert "Amara Acorn" in names
    assert "Toby" not in names


def test_the_number_of_queries_does_not_grow_with_the_school(oakfield):
    client = oakfield.cast.client("hana")
    small = _queries(client)
    with writing(oakfield.cast.oakfield):
        deed = oakfield.cast.deed("hana")
        pupils = [a_pupil(deed, f"Surname{chr(65 + i)}", "Pupil") for i in range(26)]
        a_class(oakfield.cast, "4C", pupils)
        mark(oakfield.cast.hana, "Reading", dict.fromkeys(pupils, "E"))

    assert _queries(client) == small


def _queries(client) -> tuple[int, int]:
    counts = []
    for path in (PAGE, NAMES):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(path, {"pupils": "all"}).status_code == 200
        counts.append(len(caught))
    assert max(counts) <= 40
    return counts[0], counts[1]


def test_the_catalogue_is_open_to_whoever_may_read_a_report(oakfield):
    hana = shown(oakfield, "hana", reverse("reports"))

    assert "Attainment overview" in words(hana)
    assert f'href="{reverse("reports")}"' in hana
    governor = shown(oakfield, "gus", reverse("reports"))
    assert "Marks entered" not in words(governor)
    assert "Attainment overview" in words(governor)
    assert "leads to the names" not in words(governor)
    assert "Statutory outcomes" in words(governor)
    for username in ("olu", "asha"):
        client = oakfield.cast.client(username)
        assert client.get(reverse("reports")).status_code == 403, username
        assert f'href="{reverse("reports")}"' not in client.get(reverse("home")).content.decode(), username


def test_each_look_at_the_names_behind_a_figure_is_logged(oakfield):
    from itrack.foundation.models import AuditEntry

    shown(oakfield, "tom", NAMES)

    with reading(oakfield.cast.oakfield):
        seen = AuditEntry.objects.filter(verb="attainment-names.seen")
        assert [entry.by_id for entry in seen] == [oakfield.cast.tom.member]


def test_the_difference_between_two_days_is_a_list_of_who_moved(oakfield):
    with writing(oakfield.cast.oakfield):
        mark(oakfield.cast.hana, "Reading", {oakfield.toby: "G", oakfield.amara: ""})
    said = {"pupils": "year-4", "since": "2026-11-20"}

    page = words(shown(oakfield, "hana", **said))
    same = words(shown(oakfield, "hana", pupils="year-4", as_at="2026-11-16", since="2026-11-15"))

    listed = page.partition("Changed since 20 November 2026")[2]
    assert "Toby Barleycorn Reading Working towards Greater depth" in listed
    assert "Amara Acorn Reading Expected Not counted: No mark yet" in listed
    assert "Amara Acorn Writing Not counted: No mark yet Expected" in listed
    assert "stand elsewhere than at the end of 20 November 2026" in listed
    assert "Nobody stands elsewhere than at the end of 15 November 2026." in same


@pytest.mark.parametrize("since", ["soon", "2026-11-23", "2027-01-01"])
def test_a_day_to_compare_with_must_lie_before_the_one_the_report_is_of(oakfield, since):
    answer = oakfield.cast.client("hana").get(PAGE, {"since": since})

    assert answer.status_code == 400
