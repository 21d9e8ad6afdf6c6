"""The policy as its page prints it: each sentence with its state, what was seen, and what keeps it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from itrack.foundation.promise import State
from itrack.promises.api import proved_in, register

# What a reader sees of each state, and the shape and colour beside it.
WORDS = {
    State.HOLDING: ("Holds", "ok"),
    State.FAILING: ("Broken", "bad"),
    State.STALE: ("Not checked lately", "wait"),
    State.UNPROVED: ("Not proved yet", "wait"),
    State.WORDING: ("Wording only", ""),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """`kept_by` and `proof` name the functions and the test, for whoever wants to read them."""

    name: str
    says: str
    state: str
    shape: str
    observed: str
    seen_at: datetime
    kept_by: list[str]
    proof: str


@dataclass(frozen=True, slots=True)
class Policy:
    sentences: list[Sentence]

    @property
    def broken(self) -> list[Sentence]:
        return [sentence for sentence in self.sentences if sentence.shape == "bad"]

    @property
    def holding(self) -> int:
        return sum(sentence.shape == "ok" for sentence in self.sentences)


def policy(*, at: datetime) -> Policy:
    """Every sentence as it stood within the last minute."""
    return Policy([_sentence(told) for told in proved_in(at.replace(second=0, microsecond=0))])


def _sentence(told: dict[str, Any]) -> Sentence:
    words, shape = WORDS[State(told["state"])]
    return Sentence(
        name=told["name"],
        says=told["says"],
        state=words,
        shape=shape,
        observed=told["observed"],
        seen_at=datetime.fromisoformat(told["at"]),
        kept_by=[function_name(function) for function in register()[told["name"]].kept_by],
        proof=f"tests/promises/test_{told['name']}.py",
    )


def function_name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
