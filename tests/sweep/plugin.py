"""Runs each promise's proof once for every control it rests on, with that control doing nothing, and demands that the
proof fail; then runs the tests that noticed with everything plugged in again, and demands that they pass.

    PYTEST_PLUGINS=tests.sweep.plugin python -m pytest -n 2 --dist loadfile tests/promises

Named in the environment, it comes before our code in the processes beside as well. Each of them has whole proofs, and
tells what it noticed when it is done.

The live program carries no off-switch: this plugin replaces `keeps` before any of our code is imported, so that here,
and here alone, each marked function can be told to do nothing. What "nothing" is stands in `tests/sweep/nothing.py`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

import itrack.foundation.promise as promises
from tests.sweep.nothing import instead_of, rebuilt_for

WHOLE = "everything plugged in"


class Switch:
    """Which control does nothing at the moment."""

    off = ""


def keeps(promise: str) -> Callable[[Any], Any]:
    """Stands in for the product's `keeps`: marks alike, and lets the sweep unplug the function."""

    def mark(function: Any) -> Any:
        function.__dict__.setdefault("keeps", []).append(promise)
        return function if "plug" in function.__dict__ else _plugged(function)

    return mark


def _plugged(function: Any) -> Any:
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def call(*args: Any, **named: Any) -> Any:
        acts = instead_of(name, function) if Switch.off == name else function
        return acts(*args, **named)

    call.__dict__["plug"] = name
    return call


promises.keeps = keeps

# (promise, control) → the tests that failed while the control did nothing; and those that fail without that.
noticed: dict[tuple[str, str], list[str]] = defaultdict(list)
asked: set[tuple[str, str]] = set()
broken: list[str] = []


def _promise_of(item: Any) -> str:
    return Path(str(item.path)).stem.removeprefix("test_")


def _controls(name: str) -> list[str]:
    from itrack.promises.api import register

    promise = register().get(name)
    return [control.__dict__["plug"] for control in promise.kept_by] if promise else []


def pytest_generate_tests(metafunc: Any) -> None:
    controls = _controls(Path(metafunc.module.__file__).stem.removeprefix("test_"))
    metafunc.fixturenames.append("unplugged")
    metafunc.parametrize("unplugged", [*controls, WHOLE] if controls else [], indirect=True)


@pytest.fixture
def unplugged(request: Any) -> str:
    return request.param


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Whole proofs in a row, one control after the other, everything plugged in last."""
    kept = [item for item in items if isinstance(_control(item), str)]
    places = {name: place for place, name in enumerate(dict.fromkeys(_control(item) for item in kept))}
    kept.sort(key=lambda item: (_promise_of(item), _control(item) == WHOLE, places[_control(item)]))
    asked.update((_promise_of(item), _control(item)) for item in kept if _control(item) != WHOLE)
    items[:] = kept


def _control(item: Any) -> Any:
    return item.callspec.params.get("unplugged") if hasattr(item, "callspec") else None


def pytest_runtest_setup(item: Any) -> None:
    promise, control = _promise_of(item), _control(item)
    if control == WHOLE:
        mine = [one for (name, _), ones in noticed.items() if name == promise for one in ones]
        if _bare(item) not in mine:
            pytest.skip("noticed nothing, so proves nothing here")
    elif noticed[promise, control]:
        pytest.skip("another test has noticed already")


def _bare(item: Any) -> str:
    return item.nodeid.replace(f"{_control(item)}-", "").replace(f"-{_control(item)}", "").replace(
        f"[{_control(item)}]", ""
    )  # fmt: skip


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: Any) -> Iterator[None]:
    control = _control(item)
    Switch.off = "" if control == WHOLE else control
    try:
        with rebuilt_for(Switch.off):
            result = yield
    finally:
        Switch.off = ""
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: Any, call: Any) -> Iterator[Any]:
    report = yield
    if report.failed:
        if _control(item) == WHOLE or report.when != "call":
            broken.append(item.nodeid)
        else:
            noticed[_promise_of(item), _control(item)].append(_bare(item))
    return report


def pytest_report_teststatus(report: Any) -> Any:
    return (report.outcome, "", "") if report.when == "call" or report.skipped else None


def pytest_sessionfinish(session: Any) -> None:
    if hasattr(session.config, "workeroutput"):
        told = [[*key, ones] for key, ones in noticed.items() if ones]
        session.config.workeroutput["swept"] = {"asked": sorted(asked), "noticed": told, "broken": broken}
    session.exitstatus = 1 if broken or not asked or unnoticed() else 0


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: Any) -> None:
    """Adds what a process beside has noticed. One that broke down leaves its controls unnoticed."""
    told = getattr(node, "workeroutput", {}).get("swept", {"asked": [], "noticed": [], "broken": []})
    asked.update((promise, control) for promise, control in told["asked"])
    for promise, control, ones in told["noticed"]:
        noticed[promise, control] += ones
    broken.extend(told["broken"])


def unnoticed() -> list[tuple[str, str]]:
    return sorted(one for one in asked if not noticed[one])


def pytest_terminal_summary(terminalreporter: Any) -> None:
    say = terminalreporter.write_line
    for promise, control in unnoticed():
        say(f"NOT NOTICED: {control} did nothing and the proof of {promise} passed")
    for node in broken:
        say(f"FAILS ANYWAY: {node}")
    whole = len(asked) - len(unnoticed())
    say(f"{whole} of {len(asked)} controls of {len({name for name, _ in asked})} promises are missed when unplugged.")
