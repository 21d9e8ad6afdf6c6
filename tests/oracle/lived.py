"""A school of seven year groups through its autumn: a life is a list of deeds, drawn by Hypothesis, and their luck.

Everything happens through the product's own actions. Much is said late, put right, taken back, or said of the past.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import time_machine
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from itrack.assessment.api import copy_last, save_marks, store_results
from itrack.curriculum.api import assessments, set_up_usual_assessments
from itrack.foundation.models import ChangeSet
from itrack.foundation.versions import merge
from itrack.pupils.api import PupilEntry, set_flags, store_pupils
from itrack.pupils.models import Enrolment, FlagOverride, Group, GroupPlace
from itrack.pupils.rules_overrides import Wish
from itrack.schools.api import school_row
from itrack.statutory.api import set_figure
from itrack.statutory.rules.official import KNOWN, bounds_of
from tests.cast import NOW, Cast
from tests.oracle.summers import CODED, SUMMERS, Row, results
from tests.reports.history import FIRST, LAST, YEAR_ENDS, History
from tests.reports.school import IN_SEPTEMBER

DEEDS = (
    *("joins", "leaves", "returns", "moves", "mark", "mark", "mark", "undo", "circumstance", "circumstance", "flag"),
    *("result", "result", "sessions", "figure", "score", "score", "copy", "confirm"),
)
ALL_MARKED = date(2026, 10, 12)
CODES = "BWWEEEGGA"
SESSIONS = (380, 380, 190, 20)
SAYS = ("yes", "no", "unknown")


@dataclass(frozen=True)
class Life:
    """The deeds of one autumn in their order; `luck` settles whom they are done to and how."""

    luck: int
    deeds: tuple[str, ...]


# Everything happens at least twice, in whatever order, and some of it more often.
LIVES = st.builds(
    lambda luck, usual, more: Life(luck, (*usual, *more)),
    luck=st.integers(0, 2**20),
    usual=st.permutations(DEEDS * 2),
    more=st.lists(st.sampled_from(DEEDS), max_size=25),
)


def schools(many: int) -> settings:
    """So many schools; where new examples are looked for, one in fifty of those. A failing one is not made smaller:
    each try costs a whole autumn."""
    tried = max(many, int(os.environ.get("ITRACK_TEST_EXPLORE", 0)) // 50)
    return settings(max_examples=tried, phases=[Phase.generate], suppress_health_check=[*HealthCheck])


class Lived(History):
    """Eight classes with some seventy pupils, and eight who left in July."""

    CLASSES = ("RA", "1A", "2A", "3A", "4A", "4B", "5A", "6A")
    SUBJECTS = 4

    def __init__(self, cast: Cast, life: Life, pupils: int = 68) -> None:
        self.size = pupils
        span = (LAST - FIRST).days + 1
        self.plan: dict[date, list[str]] = {}
        for place, deed in enumerate(life.deeds):
            self.plan.setdefault(FIRST + timedelta(days=place * span // len(life.deeds)), []).append(deed)
        super().__init__(cast, life.luck)

    def _begin(self) -> None:
        set_up_usual_assessments(school=self.school, change_set=ChangeSet.objects.get(pk=self._deed().change_set))
        Group.objects.filter(pk=self.groups[self.CLASSES.index("4B")]).update(teacher_id=self.cast.tom.member)
        self.tests = {row.name: row for row in assessments(school=self.school)}
        self._intake()
        self._last_year()

    def _intake(self) -> None:
        held = [(number, self.chance.choice(self.groups)) for number in range(self.size)]
        begun = [date(2026 - self.chance.choice((0, 0, 1, 2, 3)), 9, 1) for _ in held]
        entries = [self._entry(number, group, since) for (number, group), since in zip(held, begun, strict=True)]
        pupils = store_pupils(deed=self._deed(), entries=entries).pupils
        self.spells = dict(zip(pupils, begun, strict=True))
        placed = {pk: group for pk, (_, group) in zip(pupils, held, strict=True) if self.chance.random() < 0.95}
        rows = [(group, pupil, date(2026, 9, 1), YEAR_ENDS) for pupil, group in placed.items()]
        key = ("group_id", "pupil_id", "starts")
        merge(GroupPlace, deed=self._deed(ChangeSet.Kind.CLASSES), key=key, values=("ends",), rows=rows)
        self.held = {pupil: (group, date(2026, 9, 1)) for pupil, group in placed.items()}

    def _last_year(self) -> None:
        """Those who have left from Year 6, and what the last summers and the year's registers came to."""
        leavers = [(self._leavers(year, self.size // 5), year) for year in (2025, 2026)]
        was = {pupil: BELOW.get(self.called[group], "") for pupil, (group, _) in self.held.items()}
        self.were = {pupil: (year, 2026) for pupil, year in was.items() if year}
        self.were |= {pupil: ("6", summer) for pupils, summer in leavers for pupil in pupils}
        rows = [row for pupil in self.were for row in self._results(pupil, 0.9)]
        store_results(deed=self._deed(ChangeSet.Kind.RESULTS), rows=rows)
        self._store_sessions([pupil for pupil in self.spells if self.chance.random() < 0.85], 2025)
        self._set_figure("phonics-standard", 2026, Decimal(32))

    def _leavers(self, summer: int, many: int) -> Sequence[int]:
        """A Year 6 that left in July of that summer, one of them before the tests."""
        until = [date(summer, 7, 22)] * (many - 1) + [date(summer, 3, 1)]
        born = {"dob": date(summer - 11, 5, 1), "sex": "M", "legal_forename": "Lou"}
        entries = [
            PupilEntry(
                pupil=None,
                fields={**born, "legal_surname": f"Gone{number}"},
                circumstances=[_year(summer - 1, "6")],
                enrolment=(date(summer - 6, 9, 1), last),
            )
            for number, last in enumerate(until)
        ]
        return store_pupils(deed=self._deed(), entries=entries).pupils

    def _entry(self, number: int, group: int, since: date) -> PupilEntry:
        year = self.called[group][0]
        born = date(
            2022 - (0 if year == "R" else int(year)) - self.chance.choice((0, 1)), self.chance.randint(1, 12), 3
        )
        fields = {"legal_surname": f"Nut{number:03}", "legal_forename": "Kim", "dob": born}
        fields |= {"sex": self.chance.choice("FFFMMM "), "first_language": self.chance.choice(LANGUAGES)}
        fields["sex"] = fields["sex"].strip()
        told = [_year(2026, year)]
        if year not in "R1" and self.chance.random() < 0.3:
            told.append(_year(2025, str(int(year) - self.chance.choice((0, 1, 1, 1)))))
        told += [self._fact(kind) for kind in ("sen", "fsm", "care", "service") if self.chance.random() < LIKELY[kind]]
        return PupilEntry(pupil=None, fields=fields, circumstances=told, enrolment=(since, None))

    def _fact(self, kind: str) -> tuple[Any, ...]:
        """A spell of support, meals, care or service: it may be over, long over, or yet to come."""
        lot = self.chance
        starts = date(2026 - lot.choice((0, 0, 1, 3, 8)), 9, lot.randint(1, 30))
        ends = None if lot.random() < 0.6 else starts + timedelta(days=lot.choice((20, 200, 500)))
        code = {"sen": lot.choice("KKKENA"), "fsm": "ENG", "care": lot.choice(("yes", "yes", "no")),
                "service": lot.choice("YYNU")}[kind]  # fmt: skip
        key = f"{starts}|ENG" if kind == "fsm" else f"{starts}" if kind == "sen" else ""
        return (kind, key, code, "", None, starts, ends, None, True)

    def _live(self, day: date) -> None:
        for deed in self.plan.get(day, ()):
            self._pass_time(day)
            getattr(self, f"_{deed}")(day)
        if day == ALL_MARKED:
            self._pass_time(day)
            self._save({(who, pk): self.chance.choice(CODES) for who in self.spells for pk, _ in self.subjects}, 1)

    def _pass_time(self, day: date) -> None:
        late = self.moment if self.moment.date() == day else IN_SEPTEMBER.replace(month=day.month, day=day.day)
        self.moment = late + timedelta(minutes=self.chance.randint(1, 40))

    def _mark(self, day: date) -> None:
        among = self.chance.sample(list(self.spells), min(12, len(self.spells)))
        cells = {(who, pk): self.chance.choice([*CODES, ""]) for who in among for pk, _ in self.subjects}
        self._save(cells, self.chance.choice((1, 2, 2, 2)))

    def _save(self, cells: dict[tuple[int, int], str], slot: int, assessment: int = 0, **more: Any) -> None:
        by, point = self.cast.hana.member, self.points[slot].id
        saved = save_marks(
            school=self.school, point=point, cells=cells, by=by, at=self.moment, assessment=assessment, **more
        )
        self.marked += [saved.change_set] if saved.change_set else []

    def _returns(self, day: date) -> None:
        """Somebody who has left comes back, a day or more after."""
        gone = [pupil for pupil in self.held if pupil not in self.spells]
        if not gone:
            return self._leaves(day)
        pupil = self.chance.choice(gone)
        until = max(row.ends for row in Enrolment.objects.filter(pupil_id=pupil, ended_at=None) if row.ends)
        if until < day:
            store_pupils(deed=self._deed(), entries=[PupilEntry(pupil=pupil, fields={}, enrolment=(day, None))])
            self.spells[pupil] = day
        return None

    def _score(self, day: date) -> None:
        """A test of a class or two, with a range of scores and somebody absent."""
        name = self.chance.choice(("Standardised test", "Standardised test", "Practice test (scaled score)"))
        among = self.chance.sample(list(self.spells), min(14, len(self.spells)))
        low, high = (70, 130) if name.startswith("Stand") else (80, 120)
        drawn = {who: self.chance.choice((str(self.chance.randint(low, high)),) * 6 + ("A", "")) for who in among}
        cells = {(who, self.subjects[0][0]): text for who, text in drawn.items()}
        self._save(cells, self.chance.choice((1, 2)), self.tests[name].id)

    def _copy(self, day: date) -> None:
        [subject, _] = self.chance.choice(self.subjects)
        told = {"point": self.points[2].id, "subject": subject, "pupils": list(self.spells)}
        copy_last(school=self.school, by=self.cast.hana.member, at=self.moment, **told)

    def _confirm(self, day: date) -> None:
        among = self.chance.sample(list(self.spells), min(9, len(self.spells)))
        self._save({(who, self.subjects[0][0]): "E" for who in among}, 2)

    def _circumstance(self, day: date) -> None:
        """Something is said anew of a pupil: a spell begins or is put right, or the year group was another."""
        pupil = self.chance.choice(list(self.spells))
        kind = self.chance.choice(("sen", "sen", "fsm", "care", "service", "year"))
        row = _year(2026, self.chance.choice("R123456")) if kind == "year" else self._fact(kind)
        store_pupils(deed=self._deed(), entries=[PupilEntry(pupil=pupil, fields={}, circumstances=[row])])

    def _flag(self, day: date) -> None:
        """The school's own word on a flag, of this year or the last."""
        pupil, year = self.chance.choice(list(self.spells)), self.chance.choice((2026, 2026, 2025))
        flag = self.chance.choice(("fsm", "ever6", "care", "was_care", "disadvantaged", "service", "eal", "sen"))
        says = self.chance.choice(("K", "E", "no", "unknown") if flag == "sen" else SAYS)
        stands = FlagOverride.objects.filter(pupil_id=pupil, flag=flag, year=year, ended_at=None).first()
        wish = Wish(pupil, flag, says, stands.says if stands else "")
        by = {"may": {flag}, "by": self.cast.hana.member, "at": self.moment}
        set_flags(school=self.school, year=year, wishes=[wish], **by)

    def _sessions(self, day: date) -> None:
        among = self.chance.sample(list(self.spells), min(10, len(self.spells)))
        self._store_sessions(among, self.chance.choice((2025, 2025, 2026)))

    def _store_sessions(self, pupils: Sequence[int], year: int) -> None:
        here = school_row(school=self.school)
        numbers = [(here.la, here.estab)] * 5 + [("", ""), ("999", "9999")]
        entries = [
            PupilEntry(pupil=pupil, fields={}, attendance=[(year, *self.chance.choice(numbers), *self._register())])
            for pupil in pupils
        ]
        store_pupils(deed=self._deed(), entries=entries)

    def _register(self) -> tuple[int, int, int, int]:
        possible = self.chance.choice(SESSIONS)
        authorised = self.chance.randint(0, possible // self.chance.choice((3, 10, 20)))
        unauthorised = self.chance.randint(0, possible // self.chance.choice((4, 20, 40)))
        return possible, authorised, possible - authorised - unauthorised, unauthorised

    def _result(self, day: date) -> None:
        """Results are put right, and what a pupil did in an earlier year comes with a file."""
        pupil, earlier = self.chance.choice(list(self.were)), self.chance.choice(list(self.spells))
        rows = [*self._results(pupil, 0.5), *self._results(pupil, 0.7, codes=True)]
        rows += results(self.chance, earlier, ("phonics", "tables"), 0.7, self.chance.choice((2023, 2024, 2025, 2025)))
        store_results(deed=self._deed(ChangeSet.Kind.RESULTS), rows=rows)

    def _results(self, pupil: int, likely: float, *, codes: bool = False) -> list[Row]:
        """What a pupil was assessed in in their summer; `codes` instead that a test was not taken."""
        year_group, summer = self.were[pupil]
        parts = (CODED if year_group == "6" else ()) if codes else SUMMERS[year_group]
        return [*results(self.chance, pupil, parts, likely, summer)]

    def _figure(self, day: date) -> None:
        """An official figure, or the national one, as the school puts it in."""
        measure, year = self.chance.choice(KNOWN), self.chance.choice((2023, 2024, 2025, 2026))
        low, high = bounds_of(measure)
        value = Decimal(self.chance.randint(10 * low, 10 * high)) / 10
        if measure == "phonics-standard":
            self._set_figure(measure, year, Decimal(self.chance.choice((31, 32, 33))))
        else:
            self._set_figure(measure, year, value, national=self.chance.random() < 0.4)

    def _set_figure(self, measure: str, year: int, value: Decimal, *, national: bool = False) -> None:
        set_figure(
            school=self.school,
            measure=measure,
            year=year,
            value=value,
            source="The Department",
            note="",
            by=self.cast.hana.member,
            at=self.moment,
            national=national,
        )


LANGUAGES = ("ENG", "ENG", "ENG", "ENB", "POL", "URD", "", "REF")
LIKELY = {"sen": 0.3, "fsm": 0.35, "care": 0.07, "service": 0.15}
# The class of this year → the year group its pupils were in last summer, where something was assessed in it.
BELOW = {"1A": "R", "2A": "1", "3A": "2", "5A": "4"}


def _year(year: int, code: str) -> tuple[Any, ...]:
    return ("year", str(year), code, "", None, date(year, 9, 1), date(year + 1, 8, 31), None, True)


@contextmanager
def a_school(cast: Cast, life: Life, pupils: int = 68) -> Iterator[Lived]:
    """The life as it came to be, with the clock at the end of it; afterwards nobody has ever been there."""
    with time_machine.travel(NOW, tick=False), transaction.atomic():
        yield Lived(cast, life, pupils)
        transaction.set_rollback(True)
