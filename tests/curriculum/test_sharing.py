"""A trust gives a mark scheme to its other schools, where it is locked."""

import json
from contextlib import nullcontext
from decimal import Decimal

import pytest

from itrack.accounts.api import viewers_named
from itrack.accounts.models import Membership, Person
from itrack.config.cli import __main__ as cli
from itrack.config.cli import schemes as command
from itrack.config.undoing import take_back
from itrack.curriculum.api import (
    add_usual_assessments,
    assessment_lines,
    edit_option,
    make_version,
    rename_scheme,
    schemes,
    set_bands,
    set_range,
)
from itrack.curriculum.models import MarkScheme
from itrack.curriculum.rules import OptionFacts
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.foundation.viewer import Role
from itrack.schools.models import School, Trust
from tests.cast import NOW, Cast

TEST = "Standardised test"


@pytest.fixture(autouse=True)
def one_trust(cast: Cast, monkeypatch) -> None:
    """Both schools are of one trust, Tara stands for it in both, and Oakfield has the usual tests."""
    monkeypatch.setattr(command, "standing", lambda asked: nullcontext())
    School.objects.update(trust=Trust.objects.create(name="Oak and Thorn Trust"))
    with writing(cast.thornhill):
        Membership.objects.create(
            school_id=cast.thornhill, person=Person.objects.get(username="tara"), name="Tara Trust",
            job_title="Trust officer", role=Role.TRUST, joined_at=NOW,
        )  # fmt: skip
    with writing(cast.oakfield):
        add_usual_assessments(school=cast.oakfield, by=cast.ada.member, at=NOW)


@pytest.fixture
def told(cast: Cast, capsys):
    def ask(*words: str, by: str = "tara") -> tuple[int, object]:
        code = cli.main(["schemes", *words, "--school", "100001", "--by", by, "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out) if code == 0 else said.err

    return ask


def number_of(told, name: str = TEST) -> str:
    return str(next(line["id"] for line in told("list")[1] if line["scheme"] == name))


def theirs(cast: Cast, name: str = TEST):
    with reading(cast.thornhill):
        return [each for each in schemes(school=cast.thornhill) if each.name == name]


def tara_there(cast: Cast):
    return next(place for place in viewers_named(username="tara") if place.school == cast.thornhill)


def test_a_scheme_that_is_given_arrives_as_it_is_and_is_locked(cast: Cast, told) -> None:
    code, made = told("share", number_of(told))

    assert (code, [line["school"] for line in made]) == (0, ["100002"])
    [there] = theirs(cast)
    with reading(cast.oakfield):
        ours = next(each for each in schemes(school=cast.oakfield) if each.name == TEST)
    assert there.locked
    assert not ours.locked
    assert (there.kind, there.scale.range, there.scale.rules) == (ours.kind, ours.scale.range, ours.scale.rules)


def test_a_school_uses_the_trusts_scheme_and_cannot_change_it(cast: Cast, told) -> None:
    told("share", number_of(told))
    [there] = theirs(cast)
    code, by, at = next(line for line in there.options), cast.theo.member, NOW
    same = {"school": cast.thornhill, "by": by, "at": at}
    facts = OptionFacts(code.code, "In other words", code.facts.band)
    changes = (
        lambda: rename_scheme(scheme=there.id, seen=there.name, name="Ours", **same),
        lambda: set_range(scheme=there.id, seen=there.bands_seen, lowest=Decimal(60), highest=Decimal(140), **same),
        lambda: set_bands(scheme=there.id, seen=there.bands_seen, lines=[], **same),
        lambda: make_version(scheme=there.id, **same),
        lambda: edit_option(option=code.id, seen=code.facts.seen, facts=facts, **same),
    )

    for change in changes:
        with writing(cast.thornhill), pytest.raises(Refused, match="trust"):
            change()
    theo = cast.client("theo")
    answer = theo.post("/school/assessments/add", {"name": "Autumn test", "scheme": str(there.id)})

    assert answer.status_code in (302, 303)
    with reading(cast.thornhill):
        lines = assessment_lines(school=cast.thornhill)
    assert [(line.name, line.scheme) for line in lines][1:] == [("Autumn test", there.id)]
    assert [(each.name, each.scale.range, each.scale.rules) for each in theirs(cast)] == [
        (there.name, there.scale.range, there.scale.rules)
    ]


def test_given_again_it_is_nothing_new_and_changed_it_is_the_next_version(cast: Cast, told) -> None:
    told("share", number_of(told))

    assert told("share", number_of(told))[1] == []
    with writing(cast.oakfield):
        MarkScheme.objects.filter(school_id=cast.oakfield, name=TEST).update(highest=140)
    assert len(told("share", number_of(told))[1]) == 1

    assert sorted((each.version, each.locked) for each in theirs(cast)) == [(1, True), (2, True)]


def test_a_school_with_a_scheme_of_its_own_of_that_name_keeps_it(cast: Cast, told) -> None:
    with writing(cast.thornhill):
        add_usual_assessments(school=cast.thornhill, by=cast.theo.member, at=NOW)

    code, said = told("share", number_of(told))

    assert code == 1
    assert "has a scheme of its own called Standardised test. Nothing was changed." in said
    assert [each.locked for each in theirs(cast)] == [False]


def test_what_was_given_can_be_taken_back_by_the_school(cast: Cast, told) -> None:
    _, made = told("share", number_of(told))

    with writing(cast.thornhill):
        take_back(viewer=cast.theo, change_set=made[0]["change_set"], at=NOW)

    assert theirs(cast) == []


@pytest.mark.parametrize("by", ["hana", "tom"])
def test_only_somebody_who_stands_for_the_trust_gives(cast: Cast, told, by: str) -> None:
    number = number_of(told)

    assert told("share", number, by=by)[0] == 1
    assert theirs(cast) == []


def test_a_school_where_nobody_stands_for_the_trust_is_given_nothing(cast: Cast, told) -> None:
    with writing(cast.thornhill):
        Membership.objects.filter(school_id=cast.thornhill, role=Role.TRUST).update(role=Role.GOVERNOR)

    code, said = told("share", number_of(told))

    assert code == 1
    assert "There is no other school of the trust in which you have a place." in said


def test_schools_of_no_trust_are_not_beside_one_another(cast: Cast, told) -> None:
    School.objects.update(trust=None)

    assert told("share", number_of(told))[0] == 1
    assert theirs(cast) == []


def test_a_scheme_that_is_not_there_is_told(told) -> None:
    code, said = told("share", "999999")

    assert code == 1
    assert "This school has no scheme of that number." in said
