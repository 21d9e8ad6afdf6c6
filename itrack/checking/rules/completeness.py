"""How far the marks of a point have come, class by class and subject by subject.

Expected is a mark for every pupil in the class in every subject asked for. A copy that nobody has confirmed is not
entered yet: it is told beside.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Share:
    """`done` of `total` marks entered under one name: a subject of a class, or a class. `copied` wait for a word."""

    id: int
    name: str
    done: int
    total: int
    copied: int = 0

    @property
    def to_go(self) -> int:
        return self.total - self.done

    @property
    def state(self) -> str:
        if not self.total:
            return "No pupils"
        return {0: "Not started", self.total: "Complete"}.get(self.done, f"{self.to_go} to go")

    @property
    def kind(self) -> str:
        return {0: "", self.total: "ok"}.get(self.done, "wait")

    @property
    def deed(self) -> str:
        """What the link beside it offers."""
        return {0: "Start", self.total: "Look"}.get(self.done, "Mark")


@dataclass(frozen=True, slots=True)
class ClassShare:
    """A class with its marks in all and by subject."""

    whole: Share
    teacher: str
    pupils: int
    subjects: tuple[Share, ...]


def shares(
    classes: Sequence[tuple[int, str, str]],
    subjects: Sequence[tuple[int, str]],
    class_of: Mapping[int, int],
    marked: Iterable[tuple[int, int]],
    copied: Iterable[tuple[int, int]] = (),
) -> list[ClassShare]:
    """Counts `marked` and `copied` (pupil, subject) by class; `classes` are (id, name, teacher), `class_of` pupil →
    class. A mark in a subject that is not asked for counts nowhere."""
    sizes = Counter(class_of.values())
    done, waiting = _counted(marked, class_of), _counted(copied, class_of)
    told = []
    for group, name, teacher in classes:
        size = sizes[group]
        rows = tuple(
            Share(subject, words, done[group, subject], size, waiting[group, subject]) for subject, words in subjects
        )
        told.append(ClassShare(total(group, name, rows), teacher, size, rows))
    return told


def _counted(marks: Iterable[tuple[int, int]], class_of: Mapping[int, int]) -> Counter[tuple[int, int]]:
    return Counter((class_of[pupil], subject) for pupil, subject in marks if pupil in class_of)


def total(pk: int, name: str, rows: Sequence[Share]) -> Share:
    """Several shares as one, under a name of its own."""
    done, of = sum(row.done for row in rows), sum(row.total for row in rows)
    return Share(pk, name, done, of, sum(row.copied for row in rows))


def not_started(rows: Iterable[ClassShare]) -> list[ClassShare]:
    """The classes with pupils that nobody has begun to mark."""
    return [row for row in rows if row.whole.total and not row.whole.done]


def by_subject(rows: Sequence[ClassShare]) -> list[Share]:
    """Each subject over all the classes."""
    columns = zip(*(row.subjects for row in rows), strict=True)
    return [total(column[0].id, column[0].name, column) for column in columns]
