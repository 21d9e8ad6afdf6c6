"""What there is to choose from on the marks page, asked for in one question: points, classes, subjects, assessments and
marks."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import DateField, F, IntegerField, QuerySet, TextField, Value

from itrack.curriculum.api import assessment_rows, subject_rows, used_option_rows
from itrack.curriculum.rules import BAND_OF, OptionRow
from itrack.curriculum.rules_schemes import Kind, Option, Scale
from itrack.foundation.composed import Composed
from itrack.foundation.viewer import Viewer
from itrack.pupils.api import ClassName, class_rows, classes_to_mark
from itrack.schools.api import PointRow, point_rows

NO_DAY, NO_NUMBER, NO_WORD = Value(None, DateField()), Value(0, IntegerField()), Value("", TextField())
NO_WORDS = (NO_WORD, NO_WORD)


@dataclass(frozen=True, slots=True)
class Assessed:
    """An assessment to choose, and how its marks are written. `subjects` are those it is for, none for all."""

    id: int
    name: str
    scale: Scale
    options: list[OptionRow]
    subjects: tuple[int, ...]
    read_only: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """Points earliest first, classes by name; of `subjects` also those retired, with the last day they were asked for.

    `year` is the academic year the classes are of. `assessments` come with the scale by which new marks are read, but
    without the rules for bands, which only a save needs.
    """

    year: int
    points: list[PointRow]
    classes: list[ClassName]
    subjects: list[tuple[int, str, date | None]]
    assessments: list[Assessed]

    def taught(self, point: PointRow | None, assessed: Assessed | None) -> list[tuple[int, str]]:
        """(id, name) of the subjects that the point and the assessment ask for; of all while there is no point."""
        opens = point.opens_on if point else date.min
        only = assessed.subjects if assessed else ()
        return [
            (pk, name)
            for pk, name, retired_on in self.subjects
            if (retired_on is None or retired_on >= opens) and (not only or pk in only)
        ]


def offered(*, viewer: Viewer, year: int) -> Offered:
    """What this person may choose; each list in the order in which pages show it."""
    told: dict[str, list[tuple[Any, ...]]] = {"point": [], "class": [], "subject": [], "option": [], "assessment": []}
    for kind, *row in sorted(_LISTS.rows(school=viewer.school, year=year, member=viewer.member), key=_in_order):
        told[kind].append(tuple(row))
    points = [PointRow(pk, year, slot, name, *days) for pk, year, slot, name, _, _, *days in told["point"]]
    classes = [ClassName(pk, name, teacher, bool(helps)) for pk, helps, teacher, name, *_ in told["class"]]
    subjects = [(pk, name, retired_on) for pk, _, _, name, _, _, retired_on, _ in told["subject"]]
    options: dict[int, list[OptionRow]] = {}
    for pk, _, scheme, code, name, band, *_ in told["option"]:
        options.setdefault(scheme, []).append(OptionRow(pk, code, name, band, BAND_OF[band].css if band else ""))
    assessed = [
        _assessed(pk, scheme, options.get(scheme, []), *words[:3]) for pk, _, scheme, *words in told["assessment"]
    ]
    return Offered(year, points, classes_to_mark(viewer=viewer, classes=classes), subjects, assessed)


def _assessed(pk: int, scheme: int, options: list[OptionRow], name: str, kind: str, facts: str) -> Assessed:
    said = json.loads(facts)
    low, high = (None if said[word] is None else Decimal(str(said[word])) for word in ("lowest", "highest"))
    held = {option.code: Option(option.id, option.code, option.name, option.band) for option in options}
    return Assessed(
        pk, name, Scale(scheme, name, Kind(kind), held, low, high), options, tuple(said["subjects"]), said["read_only"]
    )


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
        _list(
            "option", used_option_rows(school=school), "position", "scheme_id", "code", "name", "band", NO_DAY, NO_DAY
        ),
        _list(
            "assessment",
            assessment_rows(school=school),
            *("position", "scheme_id", "name", "scheme__kind", "facts", NO_DAY, NO_DAY),
        ),
        all=True,
    )


def _list(kind: str, rows: QuerySet[Any], *columns: Any) -> QuerySet[Any, Any]:
    return rows.order_by().values_list(Value(kind, TextField()), "pk", *columns)


_LISTS = Composed(_lists)
