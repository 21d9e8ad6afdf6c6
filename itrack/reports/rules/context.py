"""Who is in the school, in a sentence: how many, girls and boys, and who has what need or circumstance.

Every share is of all on roll. Of whom nothing is recorded are told apart and never counted as no.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from itrack.pupils.rules_answers import UNKNOWN
from itrack.reports.rules.finding import FEW, Finding, Standing, in_brackets, inside, listed
from itrack.reports.rules.groups import Division
from itrack.ui.words import count_of, figure

# (kind, group) → how it is said of so many pupils: "51 are disadvantaged".
SAID = {
    ("disadvantage", "yes"): ("is disadvantaged", "are disadvantaged"),
    ("sen", "support"): ("has SEN support", "have SEN support"),
    ("sen", "plan"): ("has an EHC plan or statement", "have an EHC plan or statement"),
    ("language", "eal"): ("has English as an additional language", "have English as an additional language"),
    ("joined", "usual"): ("joined at the usual time", "joined at the usual time"),
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many pupils are in each (kind, group), and in all."""

    total: int
    of: Mapping[tuple[str, str], int]

    def __getitem__(self, at: tuple[str, str]) -> int:
        return self.of.get(at, 0)


def sizes(total: int, kinds: Sequence[Division]) -> Sizes:
    return Sizes(total, {(one.code, part.code): len(part.members) for one in kinds for part in one.parts})


class Words(TypedDict):
    """Where, of which day, and whether it has gone: "in the school", "On 23 November 2026"."""

    where: str
    on: str
    past: bool


def context_findings(told: Sizes, kinds: Sequence[Division], *, where: str, on: str, past: bool) -> list[Finding]:
    """`where` "in the school", `on` "On 23 November 2026"; `kinds`: those the reader is told of. Empty for nobody."""
    if not told.total:
        return []
    there = {one.code for one in kinds}
    said = [_share(told, at, words) for at, words in SAID.items() if at[0] in there and told[at]]
    first = _first(told, on, where, past, _by_sex(told))
    care = " ".join([*_unknown(told, kinds), *_small(told)])
    return [_counted(first, said), *([Finding("", care)] if care else [])]


def told_context(told: Sizes, *, where: str, on: str, past: bool) -> list[Finding]:
    """The same of nothing but the sizes there are, for who sees no small numbers: `told` has those that are shown."""
    sexes = _by_sex(told) if {("sex", "f"), ("sex", "m")} <= told.of.keys() and not told["sex", UNKNOWN] else ""
    said = [_share(told, at, words) for at, words in SAID.items() if told[at]]
    return [_counted(_first(told, on, where, past, sexes), said)]


def _first(told: Sizes, on: str, where: str, past: bool, sexes: str) -> str:
    verb = ("was" if past else "is") if told.total == 1 else ("were" if past else "are")
    return f"{on}, {count_of(told.total, 'pupil')} {verb} on roll {where}{f': {sexes}' if sexes else ''}."


def _counted(first: str, said: Sequence[str]) -> Finding:
    rest = f"Of them, {listed(said)}." if said else ""
    return Finding("", f"{first} {rest}".strip())


def _by_sex(told: Sizes) -> str:
    parts = [(told["sex", "f"], "girl"), (told["sex", "m"], "boy")]
    said = [count_of(n, noun) for n, noun in parts]
    unstated = told["sex", UNKNOWN]
    return listed([*said, *([f"{figure(unstated)} of whom it is not stated"] if unstated else [])])


def _share(told: Sizes, at: tuple[str, str], words: tuple[str, str]) -> str:
    n = told[at]
    return f"{figure(n)} {words[n != 1]}{in_brackets(Standing('', n, told.total, told.total))}"


def _unknown(told: Sizes, kinds: Sequence[Division]) -> list[str]:
    gaps = [(told[one.code, UNKNOWN], one) for one in kinds if one.code in {kind for kind, _ in SAID}]
    named = [f"{inside(one.title)} ({figure(n)})" for n, one in gaps if n]
    return [f"The record does not say for some pupils: {listed(named)}."] if named else []


def _small(told: Sizes) -> list[str]:
    return [f"Fewer than {FEW} pupils: read shares with care."] if told.total < FEW else []
