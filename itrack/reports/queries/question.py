"""What can be asked of a report, and a question as understood."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from itrack.foundation import clock
from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import Role, Viewer
from itrack.pupils.api import ClassRow
from itrack.reports.rules.declared import ANONYMOUS
from itrack.reports.rules.population import Whose
from itrack.schools.api import PointRow

FIELDS = ("year", "point", "pupils", "subject", "as_at", "since")


class Unclear(Refused):
    """A filter says something that cannot be answered. `elsewhere`: it is an id that is not this reader's."""

    def __init__(self, field: str, sentence: str, *, elsewhere: bool = False) -> None:
        super().__init__(sentence)
        self.field = field
        self.elsewhere = elsewhere


class NothingYet(Refused):
    """The school has not set up what the report needs. `title` says what is missing, the sentence how to mend it."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__(sentence)
        self.title = title


class Subject(StrEnum):
    """How a report looks at subjects: not at all, at all of them and one closely, or at one alone.

    ONE_OR_TOGETHER: one alone, or reading, writing and maths together (itrack.reports.rules.together).
    """

    NONE = "none"
    CLOSELY = "closely"
    ONE = "one"
    ONE_OR_TOGETHER = "one or together"


@dataclass(frozen=True, slots=True)
class Asked:
    """The question as understood. `seen` is the day it looks at: `as_at`, or today, for which `as_at` is None.

    `guarded`: the reader may also see needs and disadvantage, as groups, but for the `hidden` flags. `subjects` are
    all of the school's that are taught, `chosen` the answers to the report's own choices and `said` the same in words,
    by their labels; `since` an earlier day with which it is to be compared.
    """

    school: int
    point: PointRow
    whose: Whose
    subject: tuple[int, str] | None
    as_at: date | None
    seen: date
    now: datetime
    viewer: Viewer
    since: date | None = None
    subjects: Sequence[tuple[int, str]] = ()
    guarded: bool = False
    hidden: frozenset[str] = frozenset()
    chosen: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    asks: "Asks" = field(default_factory=lambda: Asks())

    @property
    def address(self) -> dict[str, str]:
        """The same question as the parameters of an address: ids and codes, never a name."""
        asks = self.asks
        said = {"year": str(self.point.year)} if asks.year else {}
        said |= {"point": str(self.point.slot)} if asks.point else {}
        said |= {"pupils": self.whose.value} if asks.pupils else {}
        said |= {"subject": str(self.subject[0])} if self.subject and asks.subject != Subject.NONE else {}
        said |= {} if asks.settled else self.chosen
        said |= {"since": self.since.isoformat()} if self.since else {}
        return said | ({"as_at": self.as_at.isoformat()} if self.as_at and asks.as_at else {})

    @property
    def anonymous(self) -> bool:
        """Whether the reader sees nobody's name, and no small numbers."""
        return self.viewer.role in ANONYMOUS

    @property
    def then(self) -> "Asked":
        """The same question asked of the earlier day."""
        return replace(self, as_at=self.since, seen=self.since or self.seen, since=None)

    @property
    def today(self) -> date:
        return clock.day_of(self.now)

    @property
    def moment(self) -> datetime | None:
        """The end of the day asked for; None for today, which has not ended."""
        if self.as_at is None:
            return None
        return datetime.combine(self.as_at + timedelta(days=1), time.min, clock.LONDON) - timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Begins:
    """The point a question is of. Where it named none: the `running` one, and what a reader may want `instead`."""

    point: PointRow
    running: PointRow | None = None
    instead: PointRow | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """What this reader can choose among, in this academic year. `running`: the point open today, with its year.

    `known` are the points of all years, the earliest first; `choices` what the report's own filters offer. The
    database is asked for the classes when somebody looks at them: a file of the whole school never does.
    """

    years: Sequence[int]
    points: Sequence[PointRow]
    every_class: Callable[[], Sequence[ClassRow]]
    subjects: Sequence[tuple[int, str]]
    whole_school: bool
    running: str
    known: Sequence[PointRow] = ()
    choices: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    begins: Begins | None = None

    @property
    def classes(self) -> Sequence[ClassRow]:
        return self.every_class()


@dataclass(frozen=True, slots=True)
class Choice:
    """One more thing a report asks, beside the usual filters.

    `offered` gives what may be chosen as (value, words), the usual one first; the values are ids and codes. What is
    offered must not be empty: a report that cannot be asked yet raises NothingYet there.
    """

    name: str
    label: str
    offered: Callable[[Asked, Offered], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Asks:
    """Which filters a report takes. `settled`: its own choices are not asked but answered as usual.

    `across`: it is of several schools, and its choices hold back nothing and are asked of everybody. `due`: it is of
    marks still to come, and begins with the running point.
    """

    year: bool = True
    point: bool = True
    pupils: bool = True
    as_at: bool = True
    subject: Subject = Subject.CLOSELY
    choices: Sequence[Choice] = ()
    settled: bool = False
    across: bool = False
    due: bool = False

    @property
    def begins_with_marks(self) -> bool:
        """Whether an address without a point begins with one that has marks (itrack.reports.queries.points)."""
        return self.point and not self.across and not self.due

    def by(self, role: Role) -> "Asks":
        """What somebody of this role is asked. Who sees no names looks at the whole school, at a point that closed.

        And at each subject alone: beside it, the three together would tell of the few who fall short in another.
        """
        if role not in ANONYMOUS:
            return self
        subject = Subject.ONE if self.subject == Subject.ONE_OR_TOGETHER else self.subject
        return replace(self, year=True, point=True, pupils=False, as_at=False, subject=subject, settled=not self.across)

    @property
    def fields(self) -> list[str]:
        """The names of all its filters, as an address has them."""
        taken_or_not = (self.year, self.point, self.pupils, self.subject != Subject.NONE, self.as_at, self.as_at)
        usual = zip(FIELDS, taken_or_not, strict=True)
        own = () if self.settled else self.choices
        return [*(name for name, taken in usual if taken), *(choice.name for choice in own)]
