"""P99: whoever the school did not choose, or no longer chooses, sees nothing of its pupils."""

import pytest
from django.db import transaction
from django.test import Client

from itrack.accounts.models import Membership
from itrack.foundation.routes import every_route
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role
from itrack.promises.evidence import catalog
from tests.architecture.world import OURS, SECRETS, World, address, ask, text_of
from tests.cast import PASSWORD, TODAY
from tests.promises.breaking import broken, what_is_seen

NAME = "sensitive_data_only_for_people_the_school_chooses"


def shows(answer, words: tuple[str, ...]) -> bool:
    said = text_of(answer)
    return any(word in said for word in words)


def readers() -> list:
    return [route for route in every_route() if not route.declared.writes]


def test_nobody_sees_a_pupil_without_signing_in(world: World) -> None:
    for route in every_route():
        answer = ask(Client(), route, address(route, world.ours))
        assert not shows(answer, OURS + SECRETS), route.pattern


@pytest.mark.parametrize("guess", ["", "correct-horse-7", PASSWORD + " ", "' or true --"])
def test_a_wrong_password_opens_nothing(world: World, client, guess: str) -> None:
    answer = client.post("/sign-in/enter", {"username": "hana", "password": guess})

    assert answer.status_code == 422
    assert client.get("/pupils/").status_code == 302


def test_a_session_that_names_another_school_opens_nothing(world: World) -> None:
    client = world.client("ada")
    session = client.session
    session["school"] = world.theirs.id
    session.save()

    answer = client.get("/pupils/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in")


def test_somebody_who_has_left_is_out_on_the_next_click(world: World) -> None:
    client = world.client("tom")
    assert client.get("/pupils/").status_code == 200

    with writing(world.ours.id):
        Membership.objects.filter(pk=world.cast.tom.member).update(ended_on=TODAY)

    assert client.get("/pupils/").status_code == 302


def test_each_school_sees_its_own_pupils_and_none_of_the_others(world: World) -> None:
    for name, own, other in (("ada", OURS, SECRETS), ("theo", SECRETS, OURS)):
        client, school = world.client(name), world.ours if name == "ada" else world.theirs
        who = world.cast.people[name]
        seen = [text_of(ask(client, r, address(r, school))) for r in readers() if r.declared.may.admits(who)]

        assert any(word in said for said in seen for word in own), f"{name} sees nobody, so this proves nothing"
        assert not any(word in said for said in seen for word in other), name


def test_a_governor_sees_no_pupil_by_name(world: World) -> None:
    assert world.cast.gus.role is Role.GOVERNOR
    client = world.client("gus")

    for route in every_route():
        assert not shows(ask(client, route, address(route, world.ours)), OURS), route.pattern


def test_the_wall_stands_with_the_programs_own_filters_gone(world: World, monkeypatch) -> None:
    from django.db.models import QuerySet

    chosen = QuerySet._filter_or_exclude_inplace

    def forgetful(self, negate, args, kwargs):
        return chosen(self, negate, args, {key: value for key, value in kwargs.items() if key != "school_id"})

    monkeypatch.setattr(QuerySet, "_filter_or_exclude_inplace", forgetful)
    client = world.client("ada")
    both = {address(route, school): route for route in readers() for school in (world.ours, world.theirs)}
    seen = [text_of(ask(client, route, url)) for url, route in both.items()]

    assert any(word in said for said in seen for word in OURS), "the pages still show what is ours"
    assert not any(word in said for said in seen for word in SECRETS)


LEAKY = "create table leaky (id bigint, school_id bigint)"
FORCED = "alter table leaky enable row level security; alter table leaky force row level security"
SHOWN = "insert into leaky values (1, 1); grant select on leaky to itrack_reader"


@pytest.mark.parametrize(
    "make",
    [LEAKY, f"{LEAKY}; {FORCED}; create policy school on leaky using (true)", f"{LEAKY}; {SHOWN}"],
    ids=["no wall", "a wall with a hole", "rows to be seen"],
)
def test_the_evidence_turns_when_a_table_stands_outside_the_wall(db, make: str) -> None:
    whole = len([table for table in catalog.tables() if table.of_school])
    assert f"{whole} of {whole} tables" in what_is_seen(NAME)["observed"]

    with broken(make, "drop table leaky"):
        told = what_is_seen(NAME)

    assert told["state"] == "failing"
    assert f"{whole} of {whole + 1} tables" in told["observed"]
    assert ("1 (leaky)" in told["observed"]) == (SHOWN in make)


def test_the_evidence_turns_when_a_link_leaves_the_school_out(db) -> None:
    links = len(catalog.school_links())

    link = "create table leaky (id bigint primary key, school_id bigint, other bigint references leaky (id))"
    with broken(link, "drop table leaky"):
        told = what_is_seen(NAME)

    assert told["state"] == "failing"
    assert f"{links} of {links + 1} links" in told["observed"]


def test_the_evidence_turns_when_a_page_does_not_say_who_may_open_it(db, settings) -> None:
    settings.ROOT_URLCONF = "tests.promises.careless_urls"

    with transaction.atomic():
        told = what_is_seen(NAME)

    assert told["state"] == "failing"
    assert "0 of 1 pages" in told["observed"]
