"""One way to set a password, whoever's it is and however they came to it."""

import pytest
from django.contrib.auth.hashers import check_password

from itrack.accounts.actions.passwords import WeakPassword, set_password
from itrack.accounts.models import Membership, Person, SignIn
from itrack.accounts.rules_sessions import Ended
from itrack.foundation.models import AuditEntry
from itrack.foundation.tenancy.windows import writing
from itrack.schools.models import School
from tests.cast import NOW, PASSWORD, Cast

NEW = "mint-Bungalow-saucepan-8"


def stored(person: int) -> str:
    return Person.objects.get(pk=person).password


def test_a_new_password_is_stored_as_a_hash_with_its_time_and_one_entry_in_the_log(cast: Cast) -> None:
    tom = cast.tom

    set_password(person=tom.person, password=NEW, at=NOW)

    assert check_password(NEW, stored(tom.person))
    assert not check_password(PASSWORD, stored(tom.person))
    with writing(tom.school):
        assert Person.objects.get(pk=tom.person).password_set_at == NOW
        [entry] = AuditEntry.objects.filter(school_id=tom.school, verb="password.set", by_id=tom.member, at=NOW)[:1]
    assert (entry.subject, entry.subject_id, entry.fields, entry.counts) == ("membership", tom.member, [], {})


@pytest.mark.parametrize("weak", ["Oakfield-mint-saucepan-8", "TomTeacherPebble2026", "Lantern-11", "x" * 10_000])
def test_a_weak_password_is_refused_with_its_reasons_and_nothing_changes(cast: Cast, weak: str) -> None:
    before = stored(cast.tom.person)

    with pytest.raises(WeakPassword) as refusal:
        set_password(person=cast.tom.person, password=weak, at=NOW)

    assert refusal.value.faults
    assert weak not in refusal.value.sentence
    assert stored(cast.tom.person) == before


def test_a_new_password_ends_every_sign_in_and_says_why(cast: Cast) -> None:
    browser = cast.client("tom")

    set_password(person=cast.tom.person, password=NEW, at=NOW)

    assert browser.get("/").status_code == 302
    with writing(cast.oakfield):
        [ended] = SignIn.objects.filter(school_id=cast.oakfield, member_id=cast.tom.member)
    assert Ended(ended.ended) is Ended.PASSWORD


def test_somebody_invited_is_judged_by_the_school_that_invites_them(cast: Cast) -> None:
    with writing(cast.oakfield):
        invited = Person.objects.create(email="ivy@example.org")
        Membership.objects.create(school_id=cast.oakfield, person=invited, name="Ivy Invited", role="teacher")

    with pytest.raises(WeakPassword, match="oakfield"):
        set_password(person=invited.pk, password="Oakfield-mint-saucepan-8", at=NOW)
    set_password(person=invited.pk, password=NEW, at=NOW)

    with writing(cast.oakfield):
        assert AuditEntry.objects.filter(school_id=cast.oakfield, verb="password.set", at=NOW).exists()
    assert check_password(NEW, stored(invited.pk))


def test_the_town_of_the_school_is_among_the_first_things_tried(cast: Cast) -> None:
    School.objects.filter(pk=cast.oakfield).update(town="Wexcombe")

    with pytest.raises(WeakPassword, match="wexcombe"):
        set_password(person=cast.tom.person, password="Wexcombe-mint-saucepan-8", at=NOW)


def test_another_persons_words_are_no_reason_to_refuse(cast: Cast) -> None:
    set_password(person=cast.theo.person, password="Oakfield-mint-saucepan-8", at=NOW)

    assert check_password("Oakfield-mint-saucepan-8", stored(cast.theo.person))


def test_twelve_characters_will_do_for_whoever_proves_more(cast: Cast) -> None:
    from itrack.accounts.models import SecondFactor

    with pytest.raises(WeakPassword, match="at least 15"):
        set_password(person=cast.hana.person, password="Lute-geck-83", at=NOW)
    SecondFactor.objects.create(person_id=cast.hana.person, kind="app", sealed="x", added_at=NOW)
    set_password(person=cast.hana.person, password="Lute-geck-83", at=NOW)

    assert check_password("Lute-geck-83", stored(cast.hana.person))
