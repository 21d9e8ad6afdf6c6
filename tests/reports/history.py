"""A school's autumn as chance has it.

Everything happens through the product's own actions: pupils join and leave, often entered days later than they did,
change class, get marks that are replaced, emptied or undone, and support that begins and ends.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from itrack.assessment.api import save_marks
from itrack.curriculum.api import subjects
from itrack.foundation.changes.actions import undo
from itrack.foundation.clock import LONDON
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.versions import merge
from itrack.pupils.api import PupilEntry, store_pupils
from itrack.pupils.models import GroupPlace, Pupil
from itrack.schools.api import points
from tests.cast import Cast
from tests.reports.school import IN_SEPTEMBER, a_class

FIRST, LAST = date(2026, 9, 3), date(2026, 11, 20)
YEAR_ENDS = date(2027, 8, 31)
CODES = ("B", "W", "E", "G", "A", "")


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
