"""Giving somebody a place, as the one who invites sees it, and the mail that comes of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from itrack.accounts.api import invite, resend_invitation, withdraw_invitation
from itrack.accounts.models import Link, Membership, Person
from itrack.accounts.rules_links import digest
from itrack.foundation import clock
from itrack.foundation.models import AuditEntry
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role
from tests.accounts.post import jobs, link_in, post
from tests.cast import NOW, Cast

NIA = {"name": "Nia Nightjar", "job_title": "Class teacher, RH", "email": "nia@oakfield.example", "role": Role.TEACHER}


def ask(cast: Cast, by: str = "ada", **other: object) -> int:
    who = cast.people[by]
    with writing(who.school):
        return invite(school=who.school, by=who.member, at=NOW, **(NIA | other))


def there(cast: Cast, school: int | None = None) -> list[Membership]:
    with writing(school or cast.oakfield):
        return list(Membership.objects.filter(school_id=school or cast.oakfield, person__email=NIA["email"]))


def test_an_invited_person_has_a_place_but_no_user_name_no_password_and_no_way_in(cast: Cast) -> None:
    member = ask(cast)

    [place] = there(cast)
    person = Person.objects.get(email=NIA["email"])
    assert (place.pk, place.name, place.role, place.joined_at) == (member, "Nia Nightjar", "teacher", None)
    assert person.username is None
    assert not person.has_usable_password()


def test_the_queue_holds_ids_and_nothing_else(cast: Cast) -> None:
    member = ask(cast)

    [job] = jobs()
    assert job.args == {"school": cast.oakfield, "member": member}


def test_the_mail_goes_to_the_person_and_holds_a_link_and_no_password(cast: Cast) -> None:
    ask(cast)

    [letter] = post(NOW)

    assert letter.to == ["nia@oakfield.example"]
    assert "Dear Nia Nightjar" in letter.body
    assert "Oakfield Primary School" in letter.subject
    assert "Your role: teacher." in letter.body
    assert "Monday 30 November 2026, 10:00" in letter.body
    assert link_in(letter).startswith("/invitation/")


def test_the_token_is_in_the_mail_alone_and_a_digest_in_the_table(cast: Cast) -> None:
    ask(cast)

    [letter] = post(NOW)

    token = link_in(letter).rpartition("/")[2]
    link = Link.objects.get()
    assert link.digest == digest(token)
    with connection.cursor() as cursor:
        for table in ("procrastinate_jobs", "accounts_link", "foundation_auditentry", "django_session"):
            cursor.execute("select coalesce(string_agg(t::text, '|'), '') from TABLE t".replace("TABLE", table))
            assert token not in cursor.fetchone()[0], table


def test_nobody_but_an_administrator_can_invite(cast: Cast) -> None:
    for name in ("hana", "tom", "olu", "theo"):
        with pytest.raises(Refused, match="administrator"), writing(cast.oakfield):
            invite(school=cast.oakfield, by=cast.people[name].member, at=NOW, **NIA)

    assert there(cast) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "nia@oakfield.example\nBcc: everybody@thornhill.example"),
        ("email", "nia@oakfield.example, theo@thornhill.example"),
        ("email", "n" * 10_000 + "@oakfield.example"),
        ("name", "Nia\nBcc: everybody@thornhill.example"),
        ("name", "Win at https://evil.example"),
        ("name", "Win at evil.example"),
        ("name", "N" * 10_000),
        ("name", ""),
        ("job_title", "Teacher\r\nSubject: Hello"),
        ("job_title", "T" * 10_000),
    ],
)
def test_what_could_slip_into_a_mail_or_fill_it_is_refused_with_a_sentence(cast: Cast, field: str, value: str) -> None:
    with pytest.raises(Refused, match=r"Nobody was invited\."):
        ask(cast, **{field: value})

    assert jobs() == []
    assert there(cast) == []


def test_an_address_is_one_person_however_it_is_spelt(cast: Cast) -> None:
    ask(cast)

    with pytest.raises(Refused, match="Nia Nightjar has this e-mail address and is invited already"):
        ask(cast, email=" NIA@Oakfield.example ")


def test_somebody_known_at_another_school_gets_a_second_place_and_the_inviter_learns_nothing(cast: Cast) -> None:
    Person.objects.filter(pk=cast.theo.person).update(email="theo@thornhill.example")
    with CaptureQueriesContext(connection) as for_unknown:
        ask(cast)

    with CaptureQueriesContext(connection) as for_known:
        member = ask(cast, email="theo@thornhill.example", name="T. Head")

    assert len(for_known) == len(for_unknown) > 1
    with writing(cast.oakfield):
        assert Membership.objects.get(pk=member).person_id == cast.theo.person
        said = [(e.verb, e.fields, e.counts) for e in AuditEntry.objects.filter(verb="member.invited")]
    assert said[0] == said[1]
    _, letter = post(NOW)
    assert "You have an account with us already" in letter.body
    assert "theo" not in letter.body.replace("theo@thornhill.example", "")


def test_an_invitation_to_another_school_leaves_the_first_one_good(cast: Cast) -> None:
    with writing(cast.thornhill):
        other = invite(school=cast.thornhill, by=None, at=NOW, **NIA)
    ask(cast)

    first, second = post(NOW)

    assert other
    assert Link.objects.filter(expires_at__gt=NOW + timedelta(days=6)).count() == 2
    assert link_in(first) != link_in(second)


def test_a_second_mail_makes_the_link_of_the_first_lead_nowhere(cast: Cast, client) -> None:
    member = ask(cast)
    [first] = post(clock.now())

    with writing(cast.oakfield):
        resend_invitation(school=cast.oakfield, member=member, by=cast.ada.member, at=clock.now())
    [second] = post(clock.now())

    old = client.get(link_in(first))
    assert old.status_code == 410
    assert "A newer mail has replaced this link" in old.content.decode()
    assert Link.objects.filter(used_at__isnull=True, expires_at__gt=clock.now()).count() == 1
    assert link_in(second)


def test_a_withdrawn_invitation_is_neither_sent_nor_good(cast: Cast, client) -> None:
    member = ask(cast)
    [letter] = post(clock.now())
    with writing(cast.oakfield):
        resend_invitation(school=cast.oakfield, member=member, by=cast.ada.member, at=clock.now())

        withdraw_invitation(school=cast.oakfield, member=member, by=cast.ada.member, at=clock.now())

    assert post(clock.now()) == []
    assert client.get(link_in(letter)).status_code == 410
    with pytest.raises(Refused, match="removed"), writing(cast.oakfield):
        resend_invitation(school=cast.oakfield, member=member, by=cast.ada.member, at=clock.now())


def test_who_was_removed_can_be_invited_anew(cast: Cast) -> None:
    member = ask(cast)
    with writing(cast.oakfield):
        withdraw_invitation(school=cast.oakfield, member=member, by=cast.ada.member, at=NOW)

    again = ask(cast, role=Role.OFFICE)

    [place] = there(cast)
    assert again == member
    assert (place.role, place.ended_on, place.joined_at) == ("office", None, None)


def test_a_place_taken_up_cannot_be_withdrawn_as_an_invitation(cast: Cast) -> None:
    with pytest.raises(Refused, match="Tom Teacher has taken the invitation up"), writing(cast.oakfield):
        withdraw_invitation(school=cast.oakfield, member=cast.tom.member, by=cast.ada.member, at=NOW)
