"""Asking each promise's evidence of the running system.

    prove(["P21"])  →  [{"id": "P21", "name": "pages_that_…", "state": "holding", "observed": "…", "at": "…"}]

Evidence that breaks down is no evidence: the promise then counts as failing, with a sentence that says so.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import transaction

from itrack.foundation import clock
from itrack.foundation.promise import Enforced, Seen, State
from itrack.foundation.refusal import Refused
from itrack.promises.queries import register

NO_ANSWER = "The evidence could not be gathered, so this does not count as kept. It broke down with: {}."


def prove(names: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The named promises (by id or by name; all when none is named) with what was seen just now."""
    known = register()
    chosen = [name for name, promise in known.items() if not names or name in names or promise.id in names]
    if unknown := set(names) - set(known) - {promise.id for promise in known.values()}:
        raise Refused(f"There is no promise called {', '.join(sorted(unknown))}. `itrack prove` alone lists them all.")
    return [told(name, known[name], clock.now()) for name in chosen]


def told(name: str, promise: Enforced, at: datetime) -> dict[str, Any]:
    """One promise as `itrack prove` prints it."""
    seen = look(promise)
    return {
        "id": promise.id,
        "name": name,
        "says": promise.says,
        "kind": promise.kind.value,
        "state": (State.HOLDING if seen.holds else State.FAILING).value,
        "observed": seen.observed,
        "at": at.isoformat(timespec="seconds"),
    }


def look(promise: Enforced) -> Seen:
    try:
        with transaction.atomic():
            seen = promise.evidence()
            # Whatever window the evidence opened closes here; what it stored, were it to, is put back.
            transaction.set_rollback(True)
    except Exception as error:  # noqa: BLE001 - whatever broke, the answer is "not shown to be kept"
        return Seen(holds=False, observed=NO_ANSWER.format(type(error).__name__))
    return seen


@lru_cache(maxsize=1)
def proved_in(minute: datetime) -> list[dict[str, Any]]:
    """All promises, asked once a minute: the page is public, and evidence costs the database some work."""
    return prove()
