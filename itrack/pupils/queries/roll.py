"""The roll on a day: who is on it, in which class and year group, with which flags.

Three questions to the database, whatever the size of the school.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from itrack.foundation.composed import Composed, among
from itrack.pupils.models import Enrolment, GroupPlace, Pupil
from itrack.pupils.queries.facts import FOR_A_LIST, Told, facts_of_class, facts_told, years_told
from itrack.pupils.queries.standing import covers, on_roll, places, standing
from itrack.pupils.rules_flags import FLAG_WORDS, flags, reading_order, told
from itrack.pupils.rules_years import year_group_name, year_group_of, year_group_order

NAMED = ("legal_surname", "legal_forename", "preferred_surname", "preferred_forename", "sex", "dob", "first_language")


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


def as_told_to(lines: Iterable[PupilLine], hidden: Collection[str]) -> list[PupilLine]:
    """The same lines without the flags that the reader is not told."""
    return [replace(line, flags=told(line.flags, hidden)) if hidden else line for line in lines]


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
    return _in_order(pupils.values(), facts_of_class(school=school, pupils=pupils, on=on), held, on, year)


def _placed(given: Callable[[str], Any]) -> QuerySet[GroupPlace, Any]:
    spells = Enrolment.objects.filter(standing(None), covers(given("on")), school_id=given("school"))
    held = places(school=given("school"), year=given("year"), on=given("on")).order_by()
    here = held.filter(Exists(spells.filter(pupil_id=OuterRef("pupil_id"))), group_id=given("group"))
    return here.values_list("group__name", "pupil_id", *(f"pupil__{name}" for name in NAMED))


_PLACED = Composed(_placed)


def pupil_line(*, school: int, pupil: int, on: date, year: int) -> PupilLine | None:
    """One pupil of the school, on roll or not; None for an id the school does not know."""
    found = Pupil.objects.filter(school_id=school, pk=pupil, merged_into__isnull=True)
    return next(iter(_lines(found, school=school, on=on, year=year, as_at=None)), None)


def lines_of_pupils(pupils: Collection[int], *, school: int, on: date, year: int) -> list[PupilLine]:
    """Those of these pupils whom the school knows, on roll or not, by surname and forename."""
    return _lines(Pupil.objects.filter(school_id=school, pk__in=pupils), school=school, on=on, year=year, as_at=None)


def year_groups(*, school: int, on: date, year: int) -> list[tuple[str, int]]:
    """(year group, pupils on roll), youngest first: [("R", 30), ("1", 29)]."""
    counted = Counter(_years(dict(_BORN.rows(school=school, on=on)), school=school, year=year).values())
    return sorted(counted.items(), key=lambda row: (year_group_order(row[0]), row[0]))


def years_of_pupils(pupils: Collection[int], *, school: int, year: int) -> dict[int, str]:
    """The year group of each of these pupils in that academic year."""
    return _years(dict(_BORN_OF.rows(school=school, pupils=list(pupils))), school=school, year=year)


def _years(born: Mapping[int, date], *, school: int, year: int) -> dict[int, str]:
    about = years_told(born, school=school)
    return {pk: year_group_of(about[pk], year, dob) for pk, dob in born.items()}


_BORN = Composed(lambda given: on_roll(school=given("school"), on=given("on")).values_list("pk", "dob"))
_BORN_OF = Composed(
    lambda given: Pupil.objects.filter(among("pk", given("pupils")), school_id=given("school")).values_list("pk", "dob")
)


def _lines(found: QuerySet[Pupil], *, school: int, on: date, year: int, as_at: datetime | None) -> list[PupilLine]:
    rows = list(found.values_list("pk", *NAMED))
    pupils = {row[0] for row in rows}
    about = facts_told(pupils, school=school, on=on, as_at=as_at, kinds=FOR_A_LIST)
    in_class = places(school=school, year=year, on=on, as_at=as_at).filter(pupil__in=pupils)
    held = {row[0]: row[1:] for row in in_class.values_list("pupil_id", "group_id", "group__name")}
    return _in_order(rows, about, held, on, year)


def _in_order(
    rows: Collection[tuple[Any, ...]],
    about: Mapping[int, Told],
    held: Mapping[int, tuple[int | None, str]],
    on: date,
    year: int,
) -> list[PupilLine]:
    lines = _told_apart(list(_composed(rows, about, held, on, year)), {row[0]: row[-2] for row in rows})
    return sorted(lines, key=lambda line: (*reading_order(line.surname, line.forename), line.id))


def _composed(
    rows: Iterable[tuple[Any, ...]],
    about: Mapping[int, Told],
    held: Mapping[int, tuple[int | None, str]],
    on: date,
    year: int,
) -> Iterator[PupilLine]:
    for pk, legal_surname, legal_forename, surname, forename, sex, born, language in rows:
        known = about[pk]
        class_id, class_name = held.get(pk, (None, ""))
        yield PupilLine(
            pk,
            surname or legal_surname,
            forename or legal_forename,
            year_group_of(known.years, year, born),
            class_id,
            class_name,
            sex,
            flags(known.facts(sex=sex, born=born, language=language), on),
        )


def _told_apart(lines: list[PupilLine], born: Mapping[int, date]) -> list[PupilLine]:
    often = Counter(line.name for line in lines)
    return [replace(line, born=born[line.id]) if often[line.name] > 1 else line for line in lines]
