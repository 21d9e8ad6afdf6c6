"""The policy, its files, its proofs and the marks on the functions say the same."""

from datetime import UTC, datetime
from importlib import import_module
from pkgutil import walk_packages

import pytest
from django.test import Client

import itrack
from itrack.foundation.promise import Enforced, Kind, Seen, State
from itrack.foundation.refusal import Refused
from itrack.promises import proof
from itrack.promises.api import prove, register
from itrack.promises.showing import function_name, policy
from tests.architecture import source

FIRST = {"P20", "P21", "P90", "P91", "P99"}


def marked() -> dict[str, set[str]]:
    """Every function that wears `@keeps`, by the promise it names."""
    found: dict[str, set[str]] = {}
    for module in [one.name for one in walk_packages(itrack.__path__, "itrack.") if not skipped(one.name)]:
        for one in vars(import_module(module)).values():
            if callable(one) and getattr(one, "__module__", "") == module:
                for name in getattr(one, "__dict__", {}).get("keeps", []):
                    found.setdefault(name, set()).add(function_name(one))
    return found


def skipped(module: str) -> bool:
    return any(part in module for part in (".settings", "__main__", ".wsgi", ".migrations"))


def test_the_promises_and_the_marks_on_the_functions_agree() -> None:
    promised = {name: {function_name(one) for one in promise.kept_by} for name, promise in register().items()}

    assert marked() == promised


def test_the_first_five_promises_are_there_each_with_words_and_a_proof() -> None:
    assert {promise.id for promise in register().values()} >= FIRST
    for name, promise in register().items():
        assert promise.says.endswith("."), name
        assert promise.kept_by, f"nothing keeps {name}"
        assert (source.ROOT / "tests/promises" / f"test_{name}.py").is_file(), f"nothing attacks {name}"


def test_no_two_promises_share_an_id() -> None:
    ids = [promise.id for promise in register().values()]

    assert len(ids) == len(set(ids))


def test_proving_gives_the_fields_scripts_rely_on(db) -> None:
    told = prove()

    assert [one["id"] for one in told] == [promise.id for promise in register().values()]
    for one in told:
        assert list(one) == ["id", "name", "says", "kind", "state", "observed", "at"]
        assert one["state"] == State.HOLDING, one
        assert any(sign.isdigit() for sign in one["observed"]), "what was observed has figures"


def test_a_promise_can_be_asked_for_by_id_or_by_name(db) -> None:
    [by_id], [by_name] = prove(["P21"]), prove(["pages_that_only_read_have_no_permission_to_write"])

    assert by_id["name"] == by_name["name"]
    with pytest.raises(Refused, match="P7"):
        prove(["P7"])


def breaks_down() -> Seen:
    raise KeyError("Amara Acorn")


def test_evidence_that_breaks_down_is_a_promise_not_kept(db) -> None:
    promise = Enforced("P0", "We try.", datetime(2026, 11, 23, tzinfo=UTC).date(), [], breaks_down, Kind.ENFORCED)

    told = proof.told("trying", promise, datetime(2026, 11, 23, tzinfo=UTC))

    assert told["state"] == "failing"
    assert "KeyError" in told["observed"]
    assert "Acorn" not in told["observed"]


def test_evidence_that_upsets_the_database_leaves_the_next_one_standing(db) -> None:
    promise = Enforced("P0", "We try.", datetime(2026, 11, 23, tzinfo=UTC).date(), [], upsets, Kind.ENFORCED)

    assert not proof.look(promise).holds
    assert prove(["P21"])[0]["state"] == "holding"


def upsets() -> Seen:
    from itrack.promises.evidence import catalog

    catalog.ask("select 1 / 0")
    return Seen(holds=True, observed="")


@pytest.fixture
def fresh() -> None:
    proof.proved_in.cache_clear()


def test_the_policy_is_public_and_shows_each_sentence_with_what_was_seen(db, fresh) -> None:
    page = Client().get("/privacy").content.decode().replace("<wbr>", "")

    for name, promise in register().items():
        assert f'id="{name}"' in page
        assert promise.says[:40] in page
        assert f"test_{name}.py" in page
    assert f"{len(register())} hold" in page
    assert "refused (code 25006)" in page


def test_a_broken_promise_is_said_openly(db, fresh, monkeypatch) -> None:
    broken = Enforced("P0", "We try.", datetime(2026, 11, 23, tzinfo=UTC).date(), [], breaks_down, Kind.ENFORCED)
    everything = {**register(), "trying": broken}
    for module in ("itrack.promises.proof.register", "itrack.promises.showing.register"):
        monkeypatch.setattr(module, lambda: everything)

    page = Client().get("/privacy").content.decode()

    assert "1 is broken" in page
    assert "details open" in page


def test_the_page_asks_the_evidence_once_a_minute(db, fresh, monkeypatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(proof, "look", lambda promise: asked.append(promise.id) or Seen(holds=True, observed="1"))

    for second in (1, 30, 59):
        policy(at=datetime(2026, 11, 23, 10, 0, second, tzinfo=UTC))
    policy(at=datetime(2026, 11, 23, 10, 1, 0, tzinfo=UTC))

    assert len(asked) == 2 * len(register())
