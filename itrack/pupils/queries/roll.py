"""The roll on a day: who is on it, in which class and year group, with which flags.

Three questions to the database, whatever the size of the school.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from itrack.foundation.composed import Composed, among
from itrack.pupils.models import Circumstance, Enrolment, GroupPlace, Pupil
from itrack.pupils.queries.standing import covers, on_roll, places, standing
from itrack.pupils.rules_flags import FLAG_WORDS, flags, reading_order
from itrack.pupils.rules_years import year_group_name, year_group_of, year_group_order

NAMED = ("legal_surname", "legal_forename", "preferred_surname", "preferred_forename", "sex", "dob", "first_language")
SAID = ("pupil_id", "kind", "key", "code", "starts")
KINDS = (Circumstance.Kind.YEAR, Circumstance.Kind.SEN, Circumstance.Kind.FREE_MEALS)


@dataclass(frozen=True, slots=True)
class PupilLine:
    """A pupil as lists show them on one day. Names are the preferred ones where there are such, else the legal.

    `flags` are of "K" or "E" (SEN), "FSM", "EAL"; `year_group` is "R", "1" … or "" when nothing tells. `born` tells
    namesakes in one list apart; it is None for everybody else.
    """

    id: int
    surname: str
    forename: str
    year_group: str
    class_id: int | None
    class_name: str
    sex: str
    flags: tuple[str, ...]
    born: date | None = None

    @property
    def name(self) -> str:
        return f"{self.surname}, {self.forename}"

    @property
    def spoken(self) -> str:
        return f"{self.forename} {self.surname}"

    @property
    def year_group_name(self) -> str:
        return year_group_name(self.year_group)

    @property
    def sex_word(self) -> str:
        return Pupil.Sex(self.sex).label

    @property
    def flag_words(self) -> list[tuple[str, str]]:
        return [(flag, FLAG_WORDS[flag]) for flag in self.flags]


@dataclass(slots=True)
class _Told:
    """What the circumstances say of one pupil on the day, and the year groups of every year."""

    years: dict[int, str] = field(default_factory=dict)
    sen: list[tuple[date, str]] = field(default_factory=list)
    free_meals: bool = False


def pupils_on_roll(
    *, school: int, on: date, year: int, group: int | None = None, year_group: str = "", as_at: datetime | None = None
) -> list[PupilLine]:
    """The roll by surname and forename; of one class or one year group when asked.

    Class and year group are those of the academic year that starts in `year`. `as_at` gives the roll of that day as
    the record stood at that moment.
    """
    found = on_roll(school=school, on=on, as_at=as_at)
    if group is not None:
        of_class = places(school=school, year=year, on=on, as_at=as_at).filter(group_id=group)
        found = found.filter(pk__in=list(of_class.values_list("pupil_id", flat=True)))
    lines = _lines(found, school=school, on=on, year=year, as_at=as_at)
    return [line for line in lines if not year_group or line.year_group == year_group]


def class_roll(*, school: int, on: date, year: int, group: int) -> list[PupilLine]:
    """The roll of one class, as `pupils_on_roll` gives it, in two questions that are composed once."""
    rows = _PLACED.rows(school=school, group=group, on=on, year=year)
    held = {pupil: (group, name) for name, pupil, *_ in rows}
    pupils = {row[1]: row[1:] for row in rows}  # a pupil may have two places that meet on the day
    told = _gathered(_OF_CLASS.rows(school=school, pupils=list(pupils), on=on))
    return _in_order(pupils.values(), told, held, year)


def _placed(given: Callable[[str], Any]) -> QuerySet[GroupPlace, Any]:
    spells = Enrolment.objects.filter(standing(None), covers(given("on")), school_id=given("school"))
    held = places(school=given("school"), year=given("year"), on=given("on")).order_by()
    here = held.filter(Exists(spells.filter(pupil_id=OuterRef("pupil_id"))), group_id=given("group"))
    return here.values_list("group__name", "pupil_id", *(f"pupil__{name}" for name in NAMED))


def _said_of_class(given: Callable[[str], Any]) -> QuerySet[Circumstance, Any]:
    on_the_day = covers(given("on")) | Q(kind=Circumstance.Kind.YEAR)
    said = Circumstance.objects.filter(standing(None), on_the_day, among("pupil_id", given("pupils")))
    return said.filter(school_id=given("school"), kind__in=KINDS).order_by().values_list(*SAID)


_PLACED, _OF_CLASS = Composed(_placed), Composed(_said_of_class)


def pupil_line(*, school: int, pupil: int, on: date, year: int) -> PupilLine | None:
    """One pupil of the school, on roll or not; None for an id the school does not know."""
    found = Pupil.objects.filter(school_id=school, pk=pupil, merged_into__isnull=True)
    return next(iter(_lines(found, school=school, on=on, year=year, as_at=None)), None)


def lines_of_pupils(pupils: Collection[int], *, school: int, on: date, year: int) -> list[PupilLine]:
    """Those of these pupils whom the school knows, on roll or not, by surname and forename."""
    return _lines(Pupil.objects.filter(school_id=school, pk__in=pupils), school=school, on=on, year=year, as_at=None)


def year_groups(*, school: int, on: date, year: int) -> list[tuple[str, int]]:
    """(year group, pupils on roll), youngest first: [("R", 30), ("1", 29)]."""
    counted = Counter(_years(on_roll(school=school, on=on), school=school, year=year).values())
    return sorted(counted.items(), key=lambda row: (year_group_order(row[0]), row[0]))


def years_of_pupils(pupils: Collection[int], *, school: int, year: int) -> dict[int, str]:
    """The year group of each of these pupils in that academic year."""
    return _years(Pupil.objects.filter(school_id=school, pk__in=pupils), school=school, year=year)


def _years(found: QuerySet[Pupil], *, school: int, year: int) -> dict[int, str]:
    born = dict(found.values_list("pk", "dob"))
    told = _told(born, school=school, on=None, as_at=None, kinds=(Circumstance.Kind.YEAR,))
    return {pk: year_group_of(told[pk].years, year, dob) for pk, dob in born.items()}


def _lines(found: QuerySet[Pupil], *, school: int, on: date, year: int, as_at: datetime | None) -> list[PupilLine]:
    rows = list(found.values_list("pk", *NAMED))
    pupils = {row[0] for row in rows}
    told = _told(pupils, school=school, on=on, as_at=as_at, kinds=KINDS)
    in_class = places(school=school, year=year, on=on, as_at=as_at).filter(pupil__in=pupils)
    held = {row[0]: row[1:] for row in in_class.values_list("pupil_id", "group_id", "group__name")}
    return _in_order(rows, told, held, year)


def _in_order(
    rows: Collection[tuple[Any, ...]],
    told: Mapping[int, _Told],
    held: Mapping[int, tuple[int | None, str]],
    year: int,
) -> list[PupilLine]:
    lines = _told_apart(list(_composed(rows, told, held, year)), {row[0]: row[-2] for row in rows})
    return sorted(lines, key=lambda line: (*reading_order(line.surname, line.forename), line.id))


def _composed(
    rows: Iterable[tuple[Any, ...]], told: Mapping[int, _Told], held: Mapping[int, tuple[int | None, str]], year: int
) -> Iterator[PupilLine]:
    for pk, legal_surname, legal_forename, surname, forename, sex, born, language in rows:
        about = told[pk]
        class_id, class_name = held.get(pk, (None, ""))
        yield PupilLine(
            pk,
            surname or legal_surname,
            forename or legal_forename,
            year_group_of(about.years, year, born),
            class_id,
            class_name,
            sex,
            flags(sen=about.sen, free_meals=about.free_meals, first_language=language),
        )


def _told_apart(lines: list[PupilLine], born: Mapping[int, date]) -> list[PupilLine]:
    often = Counter(line.name for line in lines)
    return [replace(line, born=born[line.id]) if often[line.name] > 1 else line for line in lines]


def _told(
    pupils: Collection[int], *, school: int, on: date | None, as_at: datetime | None, kinds: Sequence[str]
) -> defaultdict[int, _Told]:
    # The ids are given, not asked for again inside: freshly loaded tables have no statistics, and PostgreSQL then
    # plans a question within a question so badly that a small school takes minutes.
    said = Circumstance.objects.filter(standing(as_at), school_id=school, kind__in=kinds, pupil__in=pupils)
    if on is not None:
        # A year group holds for its own year, and tells of the others.
        said = said.filter(covers(on) | Q(kind=Circumstance.Kind.YEAR))
    return _gathered(said.values_list(*SAID))


def _gathered(rows: Iterable[tuple[Any, ...]]) -> defaultdict[int, _Told]:
    told: defaultdict[int, _Told] = defaultdict(_Told)
    for pupil, *said in rows:
        _take(told[pupil], *said)
    return told


def _take(told: _Told, kind: str, key: str, code: str, starts: date | None) -> None:
    if kind == Circumstance.Kind.YEAR and key.isdecimal():
        told.years[int(key)] = code
    elif kind == Circumstance.Kind.SEN:
        told.sen.append((starts or date.min, code))
    elif kind == Circumstance.Kind.FREE_MEALS:
        told.free_meals = True
