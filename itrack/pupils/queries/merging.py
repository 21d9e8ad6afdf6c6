"""Two records that may be of one pupil: who they are, and how the two differ.

The tables are walked, so what a later table says of a pupil is compared and moved without a list here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from itertools import combinations
from typing import Any

from django.apps import apps
from django.db.models import UniqueConstraint

from itrack.foundation.models import ChangeSet, Versioned
from itrack.foundation.personal_data import Purpose
from itrack.pupils.models import Circumstance, Enrolment, FlagOverride, Group, GroupPlace, Pupil
from itrack.pupils.queries.held import known_pupils
from itrack.pupils.queries.roll import PupilLine, lines_of_pupils
from itrack.pupils.rules import is_temporary_upn, name_key
from itrack.pupils.rules_entry import PUPIL_FIELDS
from itrack.ui.words import long_date

Facts = dict[tuple[Any, ...], tuple[Any, ...]]
# Whose record it is and which deed brought it: no part of what the fact says.
SHOWN = 8
OURS = frozenset({"id", "school", "pupil", "added_by", "added_at", "ended_at", "ended_by"})


@dataclass(frozen=True)
class FactTable:
    """A table of facts about pupils: the columns that make two statements one fact, and the columns that may differ."""

    model: type[Versioned]
    key: tuple[str, ...]
    values: tuple[str, ...]

    def standing(self, school: int, pupils: Sequence[int]) -> dict[int, Facts]:
        rows: Any = self.model._default_manager.filter(school_id=school, ended_at__isnull=True)
        found: defaultdict[int, Facts] = defaultdict(dict)
        for pupil, *told in rows.filter(pupil__in=pupils).values_list("pupil_id", *self.key, *self.values):
            found[pupil][tuple(told[: len(self.key)])] = tuple(told[len(self.key) :])
        return found

    @property
    def is_about_attainment(self) -> bool:
        return bool(self.model.PersonalData.purpose == Purpose.ASSESSMENT)  # type: ignore[attr-defined]


def fact_tables() -> list[FactTable]:
    """Every table of facts that belong to one pupil."""
    return [_table(model) for model in apps.get_models() if issubclass(model, Versioned) and _is_of_pupils(model)]


def _is_of_pupils(model: type[Versioned]) -> bool:
    return any(field.name == "pupil" and field.related_model is Pupil for field in model._meta.local_fields)


def _table(model: type[Versioned]) -> FactTable:
    said = [field for field in model._meta.local_concrete_fields if field.name not in OURS]
    unique = [one for one in model._meta.constraints if isinstance(one, UniqueConstraint) and one.condition is not None]
    keyed = set(unique[0].fields) if unique else {field.name for field in said}
    key = tuple(str(field.attname) for field in said if field.name in keyed)
    return FactTable(model, key, tuple(str(field.attname) for field in said if field.name not in keyed))


@dataclass(frozen=True)
class Difference:
    """One thing the two say differently. `facts` are the keys it is about: several for the places of a year."""

    table: FactTable | None
    key: tuple[Any, ...]
    what: str
    first: str
    second: str


@dataclass(frozen=True)
class TwoRecords:
    """`first` is the record that stays, `second` the one that is taken into it."""

    first: PupilLine
    second: PupilLine
    same: list[tuple[str, str]]
    differences: list[Difference]
    moving: list[tuple[str, int]]

    @cached_property
    def seen(self) -> str:
        """A digest of all that was shown, so that a change made meanwhile is noticed."""
        said = [(one.what, one.first, one.second) for one in self.differences]
        return sha256(repr((self.first.id, self.second.id, self.same, said, self.moving)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Sight:
    """What the reader's role shows: marks and results or not, and all but the `hidden` circumstances and flags."""

    marks: bool = True
    hidden: frozenset[str] = frozenset()

    def shows_values(self, table: FactTable, key: tuple[Any, ...]) -> bool:
        return (self.marks or not table.is_about_attainment) and self.names(table, key)

    def names(self, table: FactTable, key: tuple[Any, ...]) -> bool:
        """The key of a circumstance begins with its kind, that of a flag with the flag."""
        return table.model not in (Circumstance, FlagOverride) or key[0] not in self.hidden


EVERYTHING = Sight()


def two_records(
    *, school: int, pupils: tuple[int, int], on: date, year: int, sight: Sight = EVERYTHING
) -> TwoRecords | None:
    """How two pupils' records differ; the one known longer is the first. None unless both are the school's own."""
    lines = {line.id: line for line in lines_of_pupils(pupils, school=school, on=on, year=year)}
    held = Pupil.objects.filter(school_id=school, pk__in=pupils, merged_into__isnull=True).in_bulk()
    if len(held) != 2:
        return None
    first, second = (held[pk] for pk in sorted(held))
    same, differences = _fields(first, second)
    moving = []
    for table in fact_tables():
        facts = table.standing(school, list(held))
        ours, theirs = facts.get(first.pk, {}), facts.get(second.pk, {})
        if table.model is GroupPlace:
            differences += _places(school, table, ours, theirs)
        elif table.model is not Enrolment:
            differences += _facts(table, ours, theirs, sight)
        if theirs:
            moving.append((str(table.model._meta.verbose_name_plural), len(theirs)))
    return TwoRecords(lines[first.pk], lines[second.pk], same, differences, moving)


def _fields(first: Pupil, second: Pupil) -> tuple[list[tuple[str, str]], list[Difference]]:
    same, differences = [], []
    for name in PUPIL_FIELDS:
        title, ours, theirs = Pupil.PersonalData.export[name], getattr(first, name), getattr(second, name)
        if ours == theirs and ours != "":
            same.append((title, _said(Pupil._meta.get_field(name), ours)))
        elif ours != theirs:
            said = [_said(Pupil._meta.get_field(name), one) for one in (ours, theirs)]
            differences.append(Difference(None, (name,), title, *said))
    return same, differences


def _facts(table: FactTable, ours: Facts, theirs: Facts, sight: Sight) -> Iterator[Difference]:
    for key in sorted(ours.keys() & theirs.keys(), key=repr):
        if ours[key] != theirs[key]:
            said = [
                _in_words(table, table.values, values) if sight.shows_values(table, key) else "recorded"
                for values in (ours[key], theirs[key])
            ]
            about = _in_words(table, table.key, key) if sight.names(table, key) else "not shown to your role"
            yield Difference(table, key, f"{_title(table)}: {about}", *said)


def _places(school: int, table: FactTable, ours: Facts, theirs: Facts) -> Iterator[Difference]:
    """Of a year in which the two were in different classes, all places of one of them count."""
    groups = {key[0] for key in (*ours, *theirs)}
    of_group = {pk: (year, name) for pk, year, name in _groups(school, groups)}
    for year in sorted({year for year, _ in of_group.values()}):
        said = [{of_group[key[0]][1] for key in facts if of_group[key[0]][0] == year} for facts in (ours, theirs)]
        if all(said) and said[0] != said[1]:
            yield Difference(
                table, (year,), f"Class, {year}/{(year + 1) % 100:02d}", *(", ".join(sorted(n)) for n in said)
            )


def _groups(school: int, groups: Collection[int]) -> list[tuple[int, int, str]]:
    return list(Group.objects.filter(school_id=school, pk__in=groups).values_list("pk", "year", "name"))


def years_of_groups(*, school: int, groups: Collection[int]) -> dict[int, int]:
    """Class → the academic year it is of; without those of another school."""
    return {pk: year for pk, year, _ in _groups(school, groups)}


def _title(table: FactTable) -> str:
    return str(table.model._meta.verbose_name).capitalize()


def _in_words(table: FactTable, columns: Sequence[str], values: Sequence[Any]) -> str:
    fields = {field.attname: field for field in table.model._meta.local_concrete_fields}
    said = [_said(fields[name], value) for name, value in zip(columns, values, strict=True)]
    return ", ".join(word for word in said if word) or "–"


def _said(field: Any, value: Any) -> str:
    if value is None or value == "" or value is True:
        return "–" if value == "" and field.model is Pupil else ""
    if field.is_relation:
        return str(field.related_model._default_manager.get(pk=value))
    if isinstance(value, date):
        return long_date(value)
    return str(dict(field.flatchoices).get(value, value))


def possible_duplicates(*, school: int, on: date, year: int) -> list[tuple[PupilLine, PupilLine, str]]:
    """Pairs that may be one child, with the reason; two different permanent numbers mean two children."""
    alike: defaultdict[tuple[str, date], list[Any]] = defaultdict(list)
    number: dict[str, int] = {}
    known = [pupil for pupil in known_pupils(school=school) if not pupil.merged]
    for pupil in known:
        alike[name_key(pupil.surname, pupil.forename), pupil.dob].append(pupil)
        number |= {pupil.upn: pupil.id} if pupil.upn else {}
    pairs = {
        (one.id, two.id): "the same name and birthday"
        for same in alike.values()
        for one, two in combinations(same, 2)
        if not all(upn and not is_temporary_upn(upn) for upn in (one.upn, two.upn))
    }
    for pupil in known:
        other = number.get(pupil.former_upn, pupil.id)
        if other != pupil.id:
            pairs[min(other, pupil.id), max(other, pupil.id)] = "the former UPN of one is the UPN of the other"
    ids = {pk for pair in pairs for pk in pair}
    lines = {line.id: line for line in lines_of_pupils(ids, school=school, on=on, year=year)}
    return [(lines[one], lines[two], why) for (one, two), why in sorted(pairs.items())]


@dataclass(frozen=True, slots=True)
class MergingRow:
    id: int
    at: datetime
    by: str
    undone_at: datetime | None


def mergings(*, school: int, change_set: int | None = None) -> list[MergingRow]:
    """The latest mergings, newest first; or the one asked for, if it is the school's."""
    found = ChangeSet.objects.filter(school_id=school, kind=ChangeSet.Kind.MERGE).exclude(counts={}).order_by("-pk")
    if change_set is not None:
        found = found.filter(pk=change_set)
    return [MergingRow(*row) for row in found.values_list("pk", "at", "by__name", "undone_at")[:SHOWN]]
