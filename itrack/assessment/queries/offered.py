"""What there is to choose from on the marks page, asked for in one question: points, classes, subjects and marks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, F, IntegerField, QuerySet, TextField, Value

from itrack.curriculum.api import option_rows, subject_rows
from itrack.curriculum.rules import BAND_OF, OptionRow
from itrack.foundation.composed import Composed
from itrack.foundation.viewer import Viewer
from itrack.pupils.api import ClassName, class_rows, classes_to_mark
from itrack.schools.api import PointRow, point_rows

NO_DAY, NO_NUMBER, NO_WORD = Value(None, DateField()), Value(0, IntegerField()), Value("", TextField())
NO_WORDS = (NO_WORD, NO_WORD)


@dataclass(frozen=True, slots=True)
class Offered:
    """Points earliest first, classes by name; of `subjects` also those retired, with the last day they were asked for.

    `year` is the academic year the classes are of.
    """

    year: int
    points: list[PointRow]
    classes: list[ClassName]
    subjects: list[tuple[int, str, date | None]]
    options: list[OptionRow]

    def taught(self, point: PointRow | None) -> list[tuple[int, str]]:
        """(id, name) of the subjects that the point asks for; of all while there is no point."""
        opens = point.opens_on if point else date.min
        return [(pk, name) for pk, name, retired_on in self.subjects if retired_on is None or retired_on >= opens]


def offered(*, viewer: Viewer, year: int) -> Offered:
    """What this person may choose; each list in the order in which pages show it."""
    told: dict[str, list[tuple[Any, ...]]] = {"point": [], "class": [], "subject": [], "option": []}
    for kind, *row in sorted(_LISTS.rows(school=viewer.school, year=year, member=viewer.member), key=_in_order):
        told[kind].append(tuple(row))
    points = [PointRow(pk, year, slot, name, *days) for pk, year, slot, name, _, _, *days in told["point"]]
    classes = [ClassName(pk, name, teacher, bool(helps)) for pk, helps, teacher, name, *_ in told["class"]]
    subjects = [(pk, name, retired_on) for pk, _, _, name, _, _, retired_on, _ in told["subject"]]
    options = [
        OptionRow(pk, code, name, band, BAND_OF[band].css if band else "")
        for pk, _, _, code, name, band, *_ in told["option"]
    ]
    return Offered(year, points, classes_to_mark(viewer=viewer, classes=classes), subjects, options)


def _in_order(row: tuple[Any, ...]) -> tuple[int, int, str]:
    """Points by year and slot, all else by its position, then by name."""
    kind, _, first, second, name, *_ = row
    return first, second if kind == "point" else 0, name


def _lists(given: Callable[[str], Any]) -> QuerySet[Any, Any]:
    school, year = given("school"), given("year")
    days = (F("opens_on"), F("closes_on"))
    classes = class_rows(school=school, year=year, member=given("member"))
    # Points come first, since theirs are the columns whose types the others' blanks take on.
    return _list("point", point_rows(school=school), "year", "slot", "name", *NO_WORDS, *days).union(
        _list("class", classes, "helps", "teacher_id", "name", *NO_WORDS, NO_DAY, NO_DAY),
        _list("subject", subject_rows(school=school), "position", NO_NUMBER, "name", *NO_WORDS, "retired_on", NO_DAY),
        _list("option", option_rows(school=school), "position", NO_NUMBER, "code", "name", "band", NO_DAY, NO_DAY),
        all=True,
    )


def _list(kind: str, rows: QuerySet[Any], *columns: Any) -> QuerySet[Any, Any]:
    return rows.order_by().values_list(Value(kind, TextField()), "pk", *columns)


_LISTS = Composed(_lists)
