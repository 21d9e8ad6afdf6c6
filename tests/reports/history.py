"""A school's autumn as chance has it, and what plain Python says its attainment was on any day.

Everything happens through the product's own actions: pupils join and leave, often entered days later than they did,
change class, get marks that are replaced, emptied or undone, and support that begins and ends. What was so on a day is
then read off the bare rows, one by one, without the product's own questions or rules.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from itrack.assessment.api import save_marks
from itrack.assessment.models import Judgement
from itrack.curriculum.api import subjects
from itrack.foundation.changes.actions import undo
from itrack.foundation.clock import LONDON
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.versions import merge
from itrack.pupils.api import PupilEntry, store_pupils
from itrack.pupils.models import Circumstance, Enrolment, Group, GroupPlace, Pupil
from itrack.schools.api import points
from itrack.ui.words import long_date
from tests.cast import Cast
from tests.reports.school import IN_SEPTEMBER, a_class

FIRST, LAST = date(2026, 9, 3), date(2026, 11, 20)
YEAR_ENDS = date(2027, 8, 31)
CODES = ("B", "W", "E", "G", "A", "")
SAID = {"below": "Below", "towards": "Working towards", "expected": "Expected", "greater": "Greater depth"}
ABSENT = "Not counted: Code A, absent for the assessment"


class History:
    """Two classes of Year 4 and one of Year 5, and eleven weeks in which much happens to them.

    `at_dusk` is told of each day when all of it has happened. What `undoes` takes back was never so, on any day.
    """

    CLASSES: tuple[str, ...] = ("4A", "4B", "5A")
    SUBJECTS = 2

    def __init__(
        self, cast: Cast, seed: int, at_dusk: Callable[[date], None] = lambda _: None, *, undoes: bool = True
    ) -> None:
        self.cast, self.school, self.chance = cast, cast.oakfield, Random(seed)
        self.at_dusk = at_dusk
        self.deeds = [self._joins, self._leaves, self._moves, self._mark, self._mark, self._mark, self._support]
        self.deeds += [self._undo] if undoes else []
        self.moment = IN_SEPTEMBER
        self.spells: dict[int, date] = {}  # who is here, since when
        self.held: dict[int, tuple[int, date]] = {}  # the class somebody is in, since when
        self.marked: list[int] = []
        with writing(self.school):
            self.called = {a_class(cast, name, []): name for name in self.CLASSES}
            self.groups = list(self.called)
            self.points = {one.slot: one for one in points(school=self.school) if one.year == 2026}
            self.subjects = subjects(school=self.school)[: self.SUBJECTS]
            self._begin()
        day = FIRST
        while day <= LAST:
            with writing(self.school):
                self._live(day)
            self.at_dusk(day)
            day += timedelta(days=1)

    def _begin(self) -> None:
        for _ in range(12):
            self._join(date(2026, 9, 1))

    def _live(self, day: date) -> None:
        self.moment = datetime.combine(day, time(9, 0), LONDON).astimezone(UTC)
        for _ in range(self.chance.choice((0, 0, 1, 1, 2))):
            self.moment += timedelta(minutes=self.chance.randint(1, 90))
            self.chance.choice(self.deeds)(day)

    def _deed(self, kind: str = ChangeSet.Kind.ROLL_IMPORT):
        return self.cast.deed("hana", kind, at=self.moment)

    def _joins(self, day: date) -> None:
        self._join(day - timedelta(days=self.chance.choice((0, 0, 1, 6))))

    def _join(self, since: date) -> None:
        group = self.chance.choice(self.groups)
        entry = self._entry(Pupil.objects.count(), group, since)
        [pupil] = store_pupils(deed=self._deed(), entries=[entry]).pupils
        self.spells[pupil] = since
        if self.chance.random() < 0.9:
            self._place(pupil, group, since)

    def _entry(self, number: int, group: int, since: date) -> PupilEntry:
        """Somebody new, of the year group that the class is called by."""
        told = ("year", "2026", self.called[group][0], "", None, date(2026, 9, 1), YEAR_ENDS, None, True)
        fields = {"legal_surname": f"Nut{number:03}", "legal_forename": "Kim", "dob": date(2018, 5, 1), "sex": "F"}
        return PupilEntry(pupil=None, fields=fields, circumstances=[told], enrolment=(since, None))

    def _place(self, pupil: int, group: int, since: date, until: date = YEAR_ENDS) -> None:
        deed = self._deed(ChangeSet.Kind.CLASSES)
        rows = [(group, pupil, since, until)]
        merge(GroupPlace, deed=deed, key=("group_id", "pupil_id", "starts"), values=("ends",), rows=rows)
        self.held[pupil] = (group, since)

    def _leaves(self, day: date) -> None:
        pupil = self.chance.choice(list(self.spells))
        ends = day - timedelta(days=self.chance.choice((0, 1, 8)))
        since = self.spells[pupil]
        if ends > since:
            entry = PupilEntry(pupil=pupil, fields={}, enrolment=(since, ends))
            store_pupils(deed=self._deed(), entries=[entry])
            del self.spells[pupil]

    def _moves(self, day: date) -> None:
        pupil = self.chance.choice(list(self.spells))
        group, since = self.held.get(pupil, (0, day))
        if group and since < day:
            self._place(pupil, group, since, day - timedelta(days=1))
        if not group or since < day:
            self._place(pupil, self.chance.choice([one for one in self.groups if one != group]), day)

    def _support(self, day: date) -> None:
        """Support begins; said again of the same day, it has ended or become a plan."""
        pupil = self.chance.choice(list(self.spells))
        row = ("sen", f"{date(2026, 9, 1)}", self.chance.choice("KEN"), "", None, date(2026, 9, 1), None, None, True)
        store_pupils(deed=self._deed(), entries=[PupilEntry(pupil=pupil, fields={}, circumstances=[row])])

    def _mark(self, day: date) -> None:
        point = self.points[self.chance.choice((1, 1, 2, 2, 2))]
        among = self.chance.sample(list(self.spells), min(8, len(self.spells)))
        cells = {(who, pk): self.chance.choice(CODES) for who in among for pk, _ in self.subjects}
        by = self.cast.hana.member
        saved = save_marks(school=self.school, point=point.id, cells=cells, by=by, at=self.moment)
        self.marked += [saved.change_set] if saved.change_set else []

    def _undo(self, day: date) -> None:
        if not self.marked:
            return
        one = self.marked.pop(self.chance.randrange(len(self.marked)))
        try:
            undo(school=self.school, change_set=one, by=self.cast.hana.member, at=self.moment)
        except Refused:
            return  # something later stands in its place


@dataclass(frozen=True)
class Then:
    """What the rows said at the end of the day `seen`, about one point. Build it with `as_it_stood`."""

    seen: date
    opens_on: date
    closes_on: date
    spells: dict[int, list[tuple[date, date | None]]]
    places: dict[int, list[tuple[date, date | None, str]]]
    years: dict[int, str]
    support: dict[int, str]
    marks: dict[tuple[int, str], tuple[str, str]]

    @property
    def first(self) -> date:
        return self.opens_on if self.opens_on < self.seen else self.seen

    @property
    def last(self) -> date:
        end = self.closes_on if self.closes_on < self.seen else self.seen
        return end if end > self.first else self.first

    def since(self, pupil: int, day: date) -> date | None:
        """Since when the pupil was on roll on that day; None when not."""
        for starts, ends in self.spells.get(pupil, []):
            if starts <= day and (ends is None or day <= ends):
                return starts
        return None

    def class_on(self, pupil: int, day: date) -> str:
        for starts, ends, name in self.places.get(pupil, []):
            if starts <= day and (ends is None or day <= ends):
                return name
        return ""

    def in_view(self) -> dict[int, date]:
        """Everybody the whole school's report speaks of, with the day their place is read from."""
        found: dict[int, date] = {}
        for pupil in self.spells:
            has_mark = any(who == pupil for who, _ in self.marks)
            for day in (self.first, self.last, *((self.seen,) if has_mark else ())):
                if pupil not in found and self.since(pupil, day):
                    found[pupil] = day
        return found

    def stands(self, pupil: int, subject: str, whose: str) -> str | None:
        """Where a pupil stands in "all" or in a class: a band's name, "Not counted: why", or None for not in view."""
        here = [bool(self.since(pupil, day)) for day in (self.first, self.last)]
        classes = [
            self.class_on(pupil, day) if on else "" for day, on in zip((self.first, self.last), here, strict=True)
        ]
        settled = classes[0] or classes[1]
        if not any(here):
            return self._late(pupil, whose)
        if whose not in ("all", settled):
            moved = f"Not counted: In another class on {long_date(self.first)}, when the point opened"
            return moved if here[1] and classes[1] == whose else None
        code, band = self.marks.get((pupil, subject), ("", ""))
        if band:
            return SAID[band]
        return ABSENT if code else self._unmarked(pupil, *here)

    def _unmarked(self, pupil: int, at_first: bool, at_last: bool) -> str:
        if not at_first:
            since = self.since(pupil, self.last)
            return f"Not counted: Joined on {long_date(since)}, after the point opened"
        if not at_last:
            return f"Not counted: No mark, and no longer on roll on {long_date(self.last)}"
        return "Not counted: No mark yet"

    def _late(self, pupil: int, whose: str) -> str | None:
        since = self.since(pupil, self.seen)
        if not since or not any(who == pupil for who, _ in self.marks):
            return None
        if whose not in ("all", self.class_on(pupil, self.seen)):
            return None
        return f"Not counted: Joined on {long_date(since)}, after the point closed"


def as_it_stood(history: History, seen: date, slot: int) -> Then:
    """Reads the bare rows; the school's window must be open."""
    end = datetime.combine(seen + timedelta(days=1), time.min, LONDON)
    point, names = history.points[slot], dict(history.subjects)

    def rows(model):
        return [
            row
            for row in model.objects.all()
            if row.school_id == history.school and row.added_at < end and (row.ended_at is None or row.ended_at >= end)
        ]

    told = Then(seen, point.opens_on, point.closes_on, {}, {}, {}, {}, {})
    for row in rows(Enrolment):
        told.spells.setdefault(row.pupil_id, []).append((row.starts, row.ends))
    called = {group.pk: group.name for group in Group.objects.all()}
    for row in rows(GroupPlace):
        told.places.setdefault(row.pupil_id, []).append((row.starts, row.ends, called[row.group_id]))
    for row in rows(Circumstance):
        about = told.years if row.kind == "year" else told.support
        about[row.pupil_id] = row.code
    for row in rows(Judgement):
        if row.point_id == point.id and row.subject_id in names:
            told.marks[row.pupil_id, names[row.subject_id]] = (row.code, row.band)
    return told
