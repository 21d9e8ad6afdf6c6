"""The trust's dashboard: what is so in each school, and pupils of all schools counted together, where it is shown."""

from collections.abc import Mapping

from itrack.foundation.tenancy.windows import reading, writing
from itrack.reports.actions import keep_roll_up
from itrack.reports.api import across_schools
from itrack.reports.catalogue.adding_up import add_up
from itrack.reports.catalogue.all import REPORTS
from itrack.reports.catalogue.answering import understand, work_out
from itrack.reports.rules.answer import Answer, Column, Hidden
from itrack.schools.api import points
from tests.cast import NOW
from tests.oracle.asking import CLOSED, Question
from tests.oracle.drawings import drawings_of
from tests.oracle.figures import Beside, Key, Oracle, Together, agrees, cells_of
from tests.oracle.rows import rows_of
from tests.oracle.view import BANDS, Standing
from tests.reports.trust import OakAndThorn

SECURE, COUNTED, BAR = "Expected or above", "Counted", "Beside all"
Counts = dict[str, int]


def counts_of(one: Standing) -> Counts:
    bands = {name: len(one.bands[band]) for band, name in BANDS.items()}
    return bands | {SECURE: len(one.secure), COUNTED: len(one.counted)}


class Dashboard:
    """An answer, read row by row, beside the true counts of each school."""

    def __init__(self, answer: Answer, schools: Mapping[str, Counts]) -> None:
        self.answer, self.schools = answer, schools
        self.stand: dict[Key, tuple[object, Column | None]] = dict(cells_of(answer))

    def shows(self, head: str, column: str) -> bool:
        return not isinstance(self.stand["", head, column][0], Hidden)

    def is_whole(self, school: str) -> bool:
        return all(self.shows(school, column) for column in self.schools[school])

    def together(self, schools: list[str]) -> Counts:
        """Pupils are added up, where every one of these schools shows its part."""
        columns = next(iter(self.schools.values()))
        told = [column for column in columns if all(self.shows(school, column) for school in schools)]
        return {column: sum(self.schools[school][column] for school in schools) for column in told}

    def foretold(self) -> Oracle:
        """What is shown has to be this. Of several schools nothing else stands there than what all of them show."""
        told, every = Oracle(), list(self.schools)
        whole = [school for school in every if self.is_whole(school)]
        rows = {school: {at: n for at, n in self.schools[school].items() if self.shows(school, at)} for school in every}
        rows[f"All {len(every)} schools"] = self.together(every)
        if 1 < len(whole) < len(every):
            rows[f"{len(whole)} schools with nothing held back"] = self.together(whole)
        beside = [one for head, one in rows.items() if head not in every and one.get(COUNTED) and SECURE in one]
        for head, counts in rows.items():
            self._row(told, head, counts, beside[0] if beside else {})
        for head in (*every, f"All {len(every)} schools"):
            parts = {name: rows[head].get(name) for name in BANDS.values()}
            told.drawn["bar", head] = None if len(rows[head]) < 6 else parts
        return told

    def _row(self, told: Oracle, head: str, counts: Counts, beside: Counts) -> None:
        of = counts.get(COUNTED)
        cells = {name: Together(n, None if name == COUNTED else of) for name, n in counts.items()}
        drawn = beside and SECURE in counts and of is not None and of >= 5
        bar = Beside(counts[SECURE], of or 0, (beside[SECURE], beside[COUNTED])) if drawn else ""
        told.say("", head, {**cells, BAR: bar}, of)

    def wrong(self, upto: Mapping[str, int]) -> list[str]:
        """What stands there and is not so, what should and does not, and what is small and shown.

        `upto` is each school's own rule, five where it has none.
        """
        told = self.foretold()
        hidden = {key for key, (cell, _) in self.stand.items() if isinstance(cell, Hidden)}
        found = [f"foretold or there, not both: {key}" for key in told.cells.keys() ^ (self.stand.keys() - hidden)]
        for key in told.cells.keys() & self.stand.keys() - hidden:
            if not agrees(told.cells[key], *self.stand[key], named=False):
                found.append(f"{key}: foretold {told.cells[key]}, and there stands {self.stand[key][0]}")
        for school, counts in self.schools.items():
            small = [at for at, n in counts.items() if 1 <= n <= upto.get(school, 5) and self.shows(school, at)]
            found += [f"small, and shown: {school}, {at}" for at in small]
        return found + [f"drawn: {key}" for key in _differ(drawings_of(self.answer), told.drawn)]


def _differ(one: dict[Key, object], other: dict[Key, object]) -> list[Key]:
    return [key for key in one.keys() | other.keys() if one.get(key) != other.get(key)]


def add_up_autumn_1(trust: OakAndThorn) -> None:
    """As the task does it in each school for each of its points: here for the one that is looked at."""
    for school in (trust.cast.oakfield, trust.cast.thornhill, trust.ferndale):
        with writing(school):
            [point] = [one for one in points(school=school) if one.closes_on == CLOSED]
            keep_roll_up(school=school, at=NOW, added=add_up(school=school, point=point, now=NOW))


def dashboard_of(trust: OakAndThorn, subject: str) -> Dashboard:
    """As Tara sees the first point of the autumn, beside each school's rows of the day it closed."""
    viewer = across_schools("trust", viewer=trust.cast.tara, now=NOW)
    counts = {}
    for pk in viewer.schools:
        with reading(pk):
            view = Question("attainment", slot=1).view(rows_of(pk, CLOSED, named=False))
            counts[trust.names[pk]] = counts_of(view.standing(subject))
    with reading(*viewer.schools):
        said = {"year": "2026", "point": "1", "subject": subject}
        asked, _ = understand(REPORTS["trust"], viewer=viewer, said=said, now=NOW)
        return Dashboard(work_out(REPORTS["trust"], asked), counts)
