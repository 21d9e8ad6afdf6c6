"""P97: a school that never reviews is asked three times a year, reminded, and shown to be late; a signature stays."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction

from itrack.accounts.models import Membership
from itrack.foundation.tenancy.windows import writing
from itrack.staff.api import KEEP, remind, reviews
from itrack.staff.models import StaffReview
from tests.architecture.world import World
from tests.cast import NOW
from tests.promises.breaking import broken, what_is_seen
from tests.staff.people import REVIEW, form

NAME = "accounts_are_reviewed_at_least_once_a_term"
LATE = datetime(2026, 12, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def unsigned(world: World) -> World:
    """A school that has been here since September and has signed nothing."""
    with writing(world.ours.id, world.theirs.id):
        Membership.objects.update(joined_at=datetime(2026, 9, 1, 8, 0, tzinfo=UTC))
    return world


def test_over_a_year_without_a_signature_each_term_is_asked_for_reminded_of_and_late(unsigned: World) -> None:
    school, told = unsigned.ours.id, []
    for day in range(365):
        moment = datetime(2026, 9, 1, 6, 30, tzinfo=UTC) + timedelta(days=day)
        with writing(school):
            if made := remind(school=school, at=moment):
                told.append((made.asked.term.number, made.kind))

    assert told == [(term, kind) for term in (1, 2, 3) for kind in ("two weeks before", "three days before", "overdue")]
    with writing(school):
        states = [one.asked.state.value for one in reviews(school=school, day=date(2027, 8, 31))]
    assert states == ["overdue", "missed", "missed"]


def test_leaders_see_that_it_is_overdue(unsigned: World) -> None:
    with time_machine.travel(LATE, tick=False):
        for name in ("ada", "hana"):
            client = unsigned.client(name)
            assert "Overdue since" in client.get("/").content.decode()
            assert "review of accounts is overdue" in client.get("/school/people").content.decode()


def test_a_signature_stands_and_neither_the_program_nor_a_second_one_changes_it(unsigned: World) -> None:
    with time_machine.travel(NOW, tick=False):
        ada = unsigned.client("ada")
        fields = {name: value or KEEP for name, value in form(ada).items()}
        assert ada.post(f"{REVIEW}/sign", fields).status_code == 303
        assert ada.post(f"{REVIEW}/sign", fields).status_code == 409

    with writing(unsigned.ours.id):
        [row] = StaffReview.objects.filter(school_id=unsigned.ours.id, year=2026)
        assert row.signed_by_id == unsigned.cast.ada.member
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            StaffReview.objects.filter(pk=row.pk).update(counts={})


def test_the_evidence_turns_when_a_signed_review_was_altered(unsigned: World) -> None:
    assert what_is_seen(NAME)["state"] == "holding"
    with writing(unsigned.ours.id):
        StaffReview.objects.create(
            school_id=unsigned.ours.id, year=2026, number=1, due_on=NOW, signed_at=NOW,
            signed_by_id=unsigned.cast.ada.member, counts={}, lines=[], seal="0" * 64,
        )  # fmt: skip

    told = what_is_seen(NAME)

    assert told["state"] == "failing"
    assert "Seals that no longer fit: 1 (Autumn term 2026/27)" in told["observed"]


def test_the_evidence_turns_when_the_program_could_change_what_was_signed(db) -> None:
    grant = "grant update on staff_staffreview to itrack_app"

    with broken(grant, grant.replace("grant", "revoke").replace(" to ", " from ")):
        told = what_is_seen(NAME)

    assert told["state"] == "failing"
    assert "rights to change what was signed: 1 (update)" in told["observed"]
