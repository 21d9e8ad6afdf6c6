"""Changes of second proofs reach their owner by mail; who has lost them all is helped by an administrator."""

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from itrack.accounts.actions.factors import PROOFS_CHANGED, add_app, make_codes, remove_factor
from itrack.accounts.actions.forgetting import forget_factors
from itrack.accounts.actions.posting import post_proofs_changed
from itrack.accounts.models import Person, SecondFactor
from itrack.accounts.queries.factors import factors_of
from itrack.foundation.models import AuditEntry
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from tests.accounts.test_account_page import at_two_schools
from tests.accounts.test_second_factor import SECRET, after_password, is_in, strict
from tests.cast import NOW, Cast


def with_proofs(cast: Cast, name: str = "tom") -> None:
    add_app(person=cast.people[name].person, secret=SECRET, step=0, at=NOW)
    make_codes(person=cast.people[name].person, at=NOW)


def waiting(cast: Cast, name: str = "tom") -> int:
    return ProcrastinateJob.objects.filter(task_name=PROOFS_CHANGED, args={"person": cast.people[name].person}).count()


def forget(cast: Cast, name: str = "tom", by: str = "ada") -> None:
    with writing(cast.oakfield):
        forget_factors(school=cast.oakfield, member=cast.people[name].member, by=cast.people[by].member, at=NOW)


def test_a_mail_waits_for_each_proof_that_comes_or_goes(cast: Cast) -> None:
    with_proofs(cast)
    assert waiting(cast) == 1

    remove_factor(person=cast.tom.person, factor=factors_of(person=cast.tom.person)[0].id, at=NOW)

    assert waiting(cast) == 2


def test_the_mail_says_what_happened_and_where_to_turn_and_holds_no_secret(
    cast: Cast, django_mail_patch_dns: None
) -> None:
    Person.objects.filter(pk=cast.tom.person).update(email="tom@oakfield.example")
    with_proofs(cast)

    post_proofs_changed(person=cast.tom.person, at=NOW)

    [sent] = mail.outbox
    assert sent.to == ["tom@oakfield.example"]
    assert "was added or removed. It has one now." in sent.body
    assert "/forgotten" in sent.body
    assert SECRET not in sent.body


def test_an_administrator_takes_lost_proofs_away_and_the_owner_is_told(cast: Cast) -> None:
    client = cast.client("tom")
    with_proofs(cast)
    assert is_in(client)

    answer = cast.client("ada").post(f"/school/people/{cast.tom.member}/forget-proofs")

    assert answer.status_code == 303
    assert not SecondFactor.objects.filter(person_id=cast.tom.person).exists()
    assert not is_in(client)
    assert waiting(cast) == 2
    with writing(cast.oakfield):
        entry = AuditEntry.objects.get(verb="second_factor.forgotten")
        assert (entry.by_id, entry.subject_id) == (cast.ada.member, cast.tom.member)


def test_whose_role_must_have_a_proof_sets_up_a_new_one_afterwards(cast: Cast) -> None:
    with_proofs(cast)
    strict(cast)
    after_password("tom", "/second-factor")

    forget(cast)

    after_password("tom", "/protect")


@pytest.mark.parametrize("name", ["hana", "olu", "tom", "theo"])
def test_nobody_but_an_administrator_of_the_school_may(cast: Cast, name: str) -> None:
    with_proofs(cast)

    answer = cast.client("hana" if name == "tom" else name).post(f"/school/people/{cast.tom.member}/forget-proofs")

    assert answer.status_code == 403
    assert factors_of(person=cast.tom.person)


def test_not_ones_own_not_a_strangers_and_not_of_somebody_of_two_schools(cast: Cast) -> None:
    for name in ("ada", "theo"):
        with_proofs(cast, name)
    with pytest.raises(Refused, match="My account"):
        forget(cast, "ada")
    with pytest.raises(Refused, match="no second proof"):
        forget(cast, "theo")
    with pytest.raises(Refused, match="no second proof"):
        forget(cast, "tom")

    with_proofs(cast, "tom")
    at_two_schools(cast)
    with pytest.raises(Refused, match="another school"):
        forget(cast, "tom")
    assert factors_of(person=cast.tom.person)
