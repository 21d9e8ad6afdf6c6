"""How far the marks of a point have come, class by class and subject by subject."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Share:
    """`done` of `total` marks entered under one name: a subject of a class, or a class."""

    id: int
    name: str
    done: int
    total: int

    @property
    def state(self) -> str:
        if not self.total:
            return "No pupils"
        return {0: "Not started", self.total: "Complete"}.get(self.done, f"{self.total - self.done} to go")

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
) -> list[ClassShare]:
    """Counts `marked` (pupil, subject) by class; `classes` are (id, name, teacher), `class_of` pupil → class."""
    sizes = Counter(class_of.values())
    done = Counter((class_of[pupil], subject) for pupil, subject in marked if pupil in class_of)
    told = []
    for group, name, teacher in classes:
        size = sizes[group]
        rows = tuple(Share(subject, words, done[group, subject], size) for subject, words in subjects)
        whole = Share(group, name, sum(row.done for row in rows), size * len(rows))
        told.append(ClassShare(whole, teacher, size, rows))
    return told


def school_days_until(last: date, today: date) -> int:
    """Weekdays from today to that day, both included; 0 when it has passed. Knows no holidays."""
    return sum((today + timedelta(days=n)).weekday() < 5 for n in range((last - today).days + 1))
