"""A school's two years as chance has them: the autumn of tests.reports.history, and what was known before it.

Some pupils were there last year, in classes of that year, and were marked then. There are statutory results, tests,
targets, statements judged, sessions missed and comments for parents, and in the autumn each of them is changed too.
"""

from datetime import UTC, date, datetime, timedelta

from itrack.foundation.models import ChangeSet
from itrack.foundation.versions import Deed, merge
from itrack.pupils.api import PupilEntry, give_classes, store_pupils
from itrack.pupils.models import Group, GroupPlace, Pupil
from tests.oracle_progress.known import Known
from tests.reports.history import FIRST, YEAR_ENDS, History

LAST_YEAR = datetime(2025, 9, 2, 8, tzinfo=UTC)
ALWAYS = date(2025, 9, 1)
THIS_YEAR = date(2026, 9, 1)


class Lived(History):
    """`known` is whatever is known of pupils beside the roll and the teachers' marks."""

    known: Known

    def _live(self, day: date) -> None:
        if day == FIRST:
            self._had_a_year_before()
        super()._live(day)

    def _had_a_year_before(self) -> None:
        self._last_years_classes()
        self.known = Known(self)
        self.known.begin()
        self.deeds += [self._something_known] * 5 + [self._comes_back] * 2
        self.gone: list[int] = []
        tom = self.cast.tom.member
        give_classes(school=self.school, teacher=tom, groups=[self.groups[0]], by=self.cast.hana.member, at=LAST_YEAR)

    def _something_known(self, day: date) -> None:
        self.known.happens(day)

    def _leaves(self, day: date) -> None:
        before = set(self.spells)
        super()._leaves(day)
        self.gone += before - self.spells.keys()

    def _comes_back(self, day: date) -> None:
        """Somebody who left is here again, in a spell of its own and a class of today."""
        if not self.gone:
            return
        pupil = self.gone.pop(self.chance.randrange(len(self.gone)))
        entry = PupilEntry(pupil=pupil, fields={}, enrolment=(day, None))
        store_pupils(deed=self.deed(ChangeSet.Kind.ROLL_IMPORT, self.moment), entries=[entry])
        self.spells[pupil] = day
        group, since = self.held.get(pupil, (0, day))
        if group:
            self._place(pupil, group, since, day - timedelta(days=1))
        self._place(pupil, self.chance.choice(self.groups), day)

    def deed(self, kind: str, at: datetime) -> Deed:
        return self.cast.deed("hana", kind, at=at)

    def _last_years_classes(self) -> None:
        """Whoever was here is in one of two classes of last year; of some it is not known which."""
        deed = self.deed(ChangeSet.Kind.CLASSES, LAST_YEAR)
        about = {"school_id": deed.school, "added_by_id": deed.change_set, "year": 2025}
        groups = [Group.objects.create(name=name, **about).pk for name in ("3A", "3B")]
        here = [pupil for pupil, since in self.spells.items() if since < THIS_YEAR]
        rows = [(self.chance.choice(groups), pupil, self.spells[pupil], date(2026, 8, 31)) for pupil in here]
        kept = [row for row in rows if self.chance.random() < 0.9]
        merge(GroupPlace, deed=deed, key=("group_id", "pupil_id", "starts"), values=("ends",), rows=kept)

    def _join(self, since: date) -> None:
        """Of those who are here when it begins most came last year, before anybody wrote this year's classes."""
        if since == THIS_YEAR:
            since = self.chance.choice((ALWAYS, ALWAYS, ALWAYS, date(2026, 2, 2), THIS_YEAR))
        group = self.chance.choice(self.groups)
        at = LAST_YEAR if since < THIS_YEAR else self.moment
        [pupil] = store_pupils(
            deed=self.deed(ChangeSet.Kind.ROLL_IMPORT, at), entries=[self._entry(group, since)]
        ).pupils
        self.spells[pupil] = since
        if self.chance.random() < 0.9:
            self._place(pupil, group, max(since, THIS_YEAR))

    def _entry(self, group: int, since: date) -> PupilEntry:
        pick, number = self.chance.choice, Pupil.objects.count()
        year = 5 if group == self.groups[2] else 4
        fields = {
            "legal_surname": f"Nut{number:03}",
            "legal_forename": pick(("Kim", "Ash", "Lee")),
            "preferred_forename": pick(("", "", "Bo")),
            "dob": date(2021 - year + pick((0, 1)), pick((2, 5, 9, 11)), 3),
            "sex": pick("FFMM") if number % 7 else "",
            "first_language": pick(("ENG", "ENG", "POL", "")),
        }
        sessions = [(2026, "823", "2001", *pick(((60, 2, 58, 0), (60, 3, 54, 3), (60, 5, 50, 5), (0, 0, 0, 0))))]
        return PupilEntry(
            pupil=None,
            fields=fields,
            circumstances=[*self._years(year, since), *self._needs(since)],
            attendance=sessions if self.chance.random() < 0.6 else [],
            enrolment=(since, None),
        )

    def _years(self, year: int, since: date) -> list[tuple[object, ...]]:
        """This year's group, and of who came before last year's: the one below, or for some the same."""
        told: list[tuple[object, ...]] = [("year", "2026", f"{year}", "", None, THIS_YEAR, YEAR_ENDS, None, True)]
        if since < THIS_YEAR:
            was = self.chance.choice((year - 1, year - 1, year - 1, year))
            told.append(("year", "2025", f"{was}", "", None, ALWAYS, date(2026, 8, 31), None, True))
        return told

    def _needs(self, since: date) -> list[tuple[object, ...]]:
        pick = self.chance.choice
        told: list[tuple[object, ...]] = []
        if self.chance.random() < 0.4:
            began, ended = pick(
                ((ALWAYS, None), (date(2020, 9, 1), date(2022, 7, 1)), (date(2023, 9, 1), date(2024, 7, 1)))
            )
            told.append(("fsm", f"{began}|ENG", "ENG", "", None, began, ended, None, True))
        if self.chance.random() < 0.2:
            left = pick((None, date(2026, 5, 1), date(2026, 10, 1)))
            told.append(("care", "", pick(("yes", "yes", "no")), "", None, ALWAYS, left, None, True))
        if self.chance.random() < 0.2:
            told.append(("service", "", pick("YNU"), "", None, ALWAYS, None, None, True))
        return told
