"""What a school knows beside its roll and its autumn's marks: given at first, and changed as the weeks go by."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from itrack.assessment.actions import copy_last
from itrack.assessment.api import end_results, save_marks, store_results
from itrack.curriculum.api import add_usual_assessments, assessments, choose_scheme, subjects
from itrack.foundation.changes.actions import undo
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.objectives.actions.saving import save_statements
from itrack.objectives.actions.use import use_objectives
from itrack.parents.actions.comments import save_report, set_state
from itrack.parents.actions.school import settle_words
from itrack.parents.queries.reports import comments_of
from itrack.parents.rules.report import State
from itrack.pupils.actions.flags import set_flags
from itrack.pupils.api import PupilEntry, store_pupils
from itrack.pupils.models import FlagOverride
from itrack.pupils.rules_answers import Flag
from itrack.pupils.rules_overrides import Wish
from itrack.schools.api import points
from itrack.targets.api import set_targets, settle_target_rules
from tests.objectives.conftest import a_framework, a_strand

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.oracle_progress.lived import Lived

IN_SEPTEMBER = datetime(2026, 9, 2, 8, tzinfo=UTC)
ENDS = {
    (2024, 6): datetime(2025, 9, 3, 9, tzinfo=UTC),
    (2025, 4): datetime(2026, 3, 20, 9, tzinfo=UTC),
    (2025, 6): datetime(2026, 7, 3, 9, tzinfo=UTC),
}
CODES = ("B", "W", "W", "E", "E", "E", "G", "A", "2:E", "")
GOALS = tuple(f"E{number:02}" for number in range(1, 18))
AREAS = ("COM",) * 2 + ("PSE",) * 3 + ("PHY",) * 2 + ("LIT",) * 3 + ("MAT",) * 2 + ("UTW",) * 3 + ("EXP",) * 2
JUDGED = (("ENG", "REA"), ("ENG", "WRI"), ("MAT", "SUB"))
# Of each written result: stage, subject, method, component, qualifier, and what may be written.
PHONICS = ("KS1", "ENG", "TT", "PHO", "NM"), ("38", "34", "32", "31", "20", "A", "L", "D")
TABLES = ("KS2", "MAT", "TT", "MTC", "MT"), ("25", "25", "21", "12", "B", "A")
SCALED = (
    (("KS1", "ENG", "TT", "REA", "NS"), 2025),
    (("KS1", "MAT", "TT", "SUB", "NS"), 2025),
    (("KS2", "ENG", "TT", "REA", "NS"), 2026),
    (("KS2", "MAT", "TT", "SUB", "NS"), 2026),
)
TEACHER = ("GDS", "EXS", "EXS", "WTS", "PK4", "A", "L")


class Known:
    """Tests, statutory results, targets, statements and reports to parents of one lived school."""

    def __init__(self, lived: Lived) -> None:
        self.lived, self.chance, self.school = lived, lived.chance, lived.school
        self.by = lived.cast.hana.member
        self.taught = dict(subjects(school=self.school))
        self.at = {(one.year, one.slot): one.id for one in points(school=self.school)}
        self.things = [self._test, self._test, self._late_mark, self._target, self._judge, self._result, self._write]
        self.done: list[int | None] = []
        self._percent = 0, 100
        self.things += [self._take_back, self._take_back, self._marks_anew, self._missed, self._steps]
        self.things += [self._says, self._says, self._copy]

    def begin(self) -> None:
        add_usual_assessments(school=self.school, by=self.by, at=ENDS[2025, 4])
        self.tests = {one.name: one.id for one in assessments(school=self.school)[1:]}
        self._framework()
        here = [pupil for pupil, since in self.lived.spells.items() if since < date(2026, 6, 1)]
        for (year, slot), at in ENDS.items():
            self._marks(here, list(self.taught)[:3], self.at[year, slot], at)
            self._scores(here, self.at[year, slot], at)
        for pupil in self.lived.spells:
            self._results(pupil, ENDS[2025, 6])
        self._aims(list(self.lived.spells), IN_SEPTEMBER)
        words = self.chance.choice(("Ask us at the gate.", ""))
        settle_words(school=self.school, discuss=words, national="", by=self.by, at=IN_SEPTEMBER)

    def happens(self, day: date) -> None:
        self.chance.choice(self.things)()

    @property
    def _now(self) -> datetime:
        return self.lived.moment

    def _some(self, most: int = 6) -> list[int]:
        here = list(self.lived.spells)
        return self.chance.sample(here, min(most, len(here)))

    def _marks(self, pupils: list[int], taught: list[int], point: int, at: datetime) -> None:
        cells = {(who, pk): self.chance.choice(CODES) for who in pupils for pk in taught}
        save_marks(school=self.school, point=point, cells=cells, by=self.by, at=at)

    def _late_mark(self) -> None:
        """A mark of last summer is put right in autumn."""
        self._marks(self._some(3), list(self.taught)[:3], self.at[2025, 6], self._now)

    def _copy(self) -> None:
        """Last marks are copied to a point, where nobody has said yet that they are right."""
        subject, point = self.chance.choice(list(self.taught)[:2]), self.at[2026, self.chance.choice((1, 2))]
        copy_last(school=self.school, point=point, subject=subject, pupils=self._some(), by=self.by, at=self._now)

    def _says(self) -> None:
        """The school's own word on a flag, in place of the record's."""
        [pupil] = self._some(1)
        flag, year = self.chance.choice(list(Flag)), self.chance.choice((2025, 2026, 2026))
        word = self.chance.choice(("", "no", "unknown", *(("K", "E") if flag == Flag.SEN else ("yes",))))
        rows = FlagOverride.objects.filter(pupil_id=pupil, flag=flag, year=year, ended_at=None)
        seen = rows.values_list("says", flat=True).first() or ""
        wish = Wish(pupil, flag, word, seen)
        told = set_flags(school=self.school, year=year, wishes=[wish], may=frozenset(Flag), by=self.by, at=self._now)
        assert not told.refused

    def _scores(self, pupils: list[int], point: int, at: datetime) -> None:
        for test, (names, score) in self._tested.items():
            taught = [pk for pk, name in self.taught.items() if name in names]
            cells = {
                (who, pk): self.chance.choice(("", "A", *(score() for _ in range(5))))
                for who in pupils
                for pk in taught
            }
            told = {"cells": cells, "by": self.by, "at": at, "assessment": self.tests[test]}
            assert not save_marks(school=self.school, point=point, **told).refused

    @property
    def _tested(self) -> dict[str, tuple[tuple[str, ...], Callable[[], str]]]:
        """In which subjects each test is taken, and a score of it."""
        number = self.chance.randint
        return {
            "Standardised test": (("Reading", "Maths"), lambda: f"{number(70, 130)}"),
            "Practice test (%)": (("Reading", "Maths"), lambda: f"{number(*self._percent)}"),
            "Practice test (scaled score)": (("Reading",), lambda: f"{number(80, 120)}"),
            "Reading age": (("Reading",), lambda: f"{number(6, 10)}:{number(0, 11):02}"),
        }

    def _marks_anew(self) -> None:
        """From now on the percentages are scaled scores; the marks there are keep the scheme they were given by."""
        chosen = {one.name: one.scheme for one in assessments(school=self.school)}["Practice test (scaled score)"]
        test = self.tests["Practice test (%)"]
        choose_scheme(school=self.school, assessment=test, scheme=chosen, by=self.by, at=self._now)
        self._percent = 80, 120

    def _take_back(self) -> None:
        """What was said of targets, statements or results is taken back, if nothing later stands in its place."""
        if self.done and (one := self.done.pop(self.chance.randrange(len(self.done)))):
            with suppress(Refused):
                undo(school=self.school, change_set=one, by=self.by, at=self._now)

    def _test(self) -> None:
        self._scores(self._some(), self.at[2026, self.chance.choice((1, 2, 2))], self._now)

    def _aims(self, pupils: list[int], at: datetime) -> None:
        cells = {(who, pk): self.chance.choice("WEEG") for who in pupils for pk in list(self.taught)[:2]}
        kept = {cell: code for cell, code in cells.items() if self.chance.random() < 0.8}
        point = self.at[2026, self.chance.choice((2, 6, 6))]
        told = set_targets(school=self.school, point=point, cells=kept, by=self.by, at=at)
        self.done.append(told.change_set)

    def _target(self) -> None:
        self._aims(self._some(), self._now)

    def _steps(self) -> None:
        pick = self.chance.choice
        steps = {
            "greater": {1: "expected", 2: pick(("expected", "greater"))},
            "expected": {1: pick(("towards", "expected"))},
        }
        settle_target_rules(school=self.school, teachers_set=False, steps=steps, by=self.by, at=self._now)

    def _results(self, pupil: int, at: datetime) -> None:
        """Early years, phonics once or twice, Key Stage 1 and the tables check, each for some."""
        pick, deed = self.chance.choice, self.lived.deed(ChangeSet.Kind.RESULTS, at)
        rows: list[tuple[object, ...]] = []
        if self.chance.random() < 0.6:
            level = pick(("22222222222222222", "22222222212222222", "22222222222211111", "2222222222A222222"))
            told = list(zip(GOALS, AREAS, level, strict=True))[: pick((17, 17, 17, 11))]
            rows += [_row(pupil, ("FSP", area, "TA", goal, "NL"), 2023, said) for goal, area, said in told]
        for year in (2024, 2025):
            if self.chance.random() < 0.6 - 0.3 * (year == 2025):
                rows.append(_row(pupil, PHONICS[0], year, pick(PHONICS[1])))
        if self.chance.random() < 0.6:
            rows += [_row(pupil, ("KS1", *of, "NL"), 2025, pick(TEACHER)) for of in _by_teachers()]
        if self.chance.random() < 0.4:
            rows += [_row(pupil, key, year, f"{self.chance.randint(85, 115)}") for key, year in SCALED]
            rows.append(_row(pupil, ("KS2", "ENG", "TA", "WRI", "NL"), 2026, pick(TEACHER[:4])))
        if self.chance.random() < 0.4:
            rows.append(_row(pupil, TABLES[0], pick((2026, 2027)), pick(TABLES[1])))
        store_results(deed=deed, rows=rows)
        self.done.append(deed.change_set)

    def _result(self) -> None:
        """One more pupil's results, or somebody's phonics check is put right or taken away."""
        [pupil] = self._some(1)
        key = (pupil, "KS1", 2024, "ENG", "TT", "PHO", "NM")
        if self.chance.random() < 0.3:
            end_results(deed=self.lived.deed(ChangeSet.Kind.RESULTS, self._now), keys=[key])
        else:
            self._results(pupil, self._now)

    def _framework(self) -> None:
        deed = self.lived.deed(ChangeSet.Kind.FRAMEWORK, ENDS[2025, 4])
        framework = a_framework(deed)
        made = [a_strand(deed, framework, "Reading", year, place) for place, year in enumerate("45")]
        self.strands = dict(made)
        use_objectives(school=self.school, times={"reading": 1}, by=self.by, at=ENDS[2025, 4])

    def _judge(self) -> None:
        statements = self.chance.choice(list(self.strands.values()))
        cells = {
            (who, one): self.chance.choice(("X", "N", "E", "S", "S", "D", "/", ""))
            for who in self._some(8)
            for one in statements
        }
        told = save_statements(school=self.school, cells=cells, by=self.by, at=self._now)
        assert not told.refused
        self.done.append(told.change_set)

    def _missed(self) -> None:
        [pupil] = self._some(1)
        year, (possible, missed) = (
            self.chance.choice((2025, 2026, 2026, 2027)),
            self.chance.choice(((90, 9), (90, 8), (80, 30))),
        )
        row = (
            year,
            "823",
            self.chance.choice(("2001", "2009")),
            possible,
            missed // 2,
            possible - missed,
            missed - missed // 2,
        )
        store_pupils(
            deed=self.lived.deed(ChangeSet.Kind.ROLL_IMPORT, self._now),
            entries=[PupilEntry(pupil=pupil, fields={}, attendance=[row])],
        )

    def _write(self) -> None:
        """A comment for parents, and now and then a report is ready."""
        [pupil] = self._some(1)
        texts = {subject: self.chance.choice(("Works well.", "")) for subject in (0, *self.taught)}
        shown = {
            subject: text for (_, subject), text in comments_of(school=self.school, pupils=[pupil], year=2026).items()
        }
        about = {"school": self.school, "pupil": pupil, "year": 2026, "by": self.by, "at": self._now}
        save_report(texts=texts, shown=shown, **about)
        if self.chance.random() < 0.5:
            set_state(state=State.READY, leads=True, **about)
            set_state(state=self.chance.choice((State.READY, State.READ)), leads=True, **about)


def _by_teachers() -> list[tuple[str, str, str]]:
    return [(subject, "TA", component) for subject, component in JUDGED]


def _row(pupil: int, key: tuple[str, str, str, str, str], year: int, said: str) -> tuple[object, ...]:
    stage, *rest = key
    return (pupil, stage, year, *rest, "ENG", "R", said, None, True)
