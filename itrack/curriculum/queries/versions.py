"""The versions of a scheme, with what each changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest

from itrack.curriculum.queries.scheme import Scheme, schemes
from itrack.curriculum.rules_versions import differences


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version and what it changed of the one before it; `first` has none before."""

    scheme: Scheme
    changed: list[str]
    first: bool


def versions(*, school: int, name: str, subjects: Mapping[int, str]) -> list[VersionLine]:
    """All versions of a scheme, the latest first. None of one that is not stored yet."""
    held = [each for each in schemes(school=school) if each.name == name]
    return [
        VersionLine(each, differences(old.scale, each.scale, subjects) if old else [], old is None)
        for each, old in zip_longest(held, held[1:])
    ]
