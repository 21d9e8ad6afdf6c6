"""What a marks page is about: the class, the point and the subjects asked for, and what else there is to choose."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from itrack.assessment.queries.offered import Assessed, offered
from itrack.assessment.rules.marks import Sheet
from itrack.curriculum.rules import BANDS, Band, OptionRow
from itrack.curriculum.rules_schemes import NUMERIC, Kind, shown
from itrack.foundation.viewer import LEADERS, Viewer
from itrack.pupils.api import ClassName
from itrack.schools.api import PointRow, academic_year_on, past_points, point_among, year_title

# How an address asks for one subject over the points of the year.
OVER_TIME = "time"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for, as ids; 0 and () mean the usual: the first own class, the open point, all subjects, the
    main assessment.

    `about` is the pupil of the class whose results stand beside the grid. `over` is OVER_TIME for one subject over the
    points of the year, "" for subjects at one point. `show` and `sort` are as `rules.arranging` has them.
    """

    group: int = 0
    point: int = 0
    subjects: tuple[int, ...] = ()
    about: int = 0
    over: str = ""
    assessment: int = 0
    show: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """There is nothing to mark yet: this person has no class, or the school no point, subject or mark."""

    what: str


@dataclass(frozen=True, slots=True)
class Choice:
    """`chosen` are the subjects shown; `year` is the academic year whose classes these are, this one.

    `over` are the points that are the columns instead, of the one subject chosen. `locked` are the points shown that
    are past and that this person can no longer change. `today` is the point open today.
    """

    year: int
    classes: list[ClassName]
    points: list[PointRow]
    subjects: list[tuple[int, str]]
    assessments: list[Assessed]
    assessed: Assessed
    group: ClassName
    point: PointRow
    today: PointRow
    chosen: list[tuple[int, str]]
    over: list[PointRow] = field(default_factory=list)
    locked: dict[int, PointRow] = field(default_factory=dict)

    @property
    def options(self) -> list[OptionRow]:
        return self.assessed.options

    @property
    def is_main(self) -> bool:
        return self.assessed == self.assessments[0]

    @property
    def of(self) -> str:
        """The end of an address that stays with the assessment; "" for the main one."""
        return "" if self.is_main else f"&assessment={self.assessed.id}"

    @property
    def sheet(self) -> Sheet:
        of = self.assessed.id
        return Sheet(subject=self.chosen[0][0], assessment=of) if self.over else Sheet(self.point.id, assessment=of)

    @property
    def shown_points(self) -> list[PointRow]:
        return self.over or [self.point]

    @property
    def open_points(self) -> list[int]:
        """The points shown whose marks this person may change."""
        if self.assessed.read_only:
            return []
        return [point.id for point in self.shown_points if point.id not in self.locked]

    @property
    def columns(self) -> list[tuple[int, str]]:
        return [(point.id, point.name) for point in self.over] or self.chosen

    @property
    def closed_columns(self) -> dict[int, str]:
        """Column → "closed 23 Oct" for those this person can only read."""
        if self.assessed.read_only:
            return {column: "kept as history" for column, _ in self.columns}
        said = {point: f"closed {row.closes_on.day} {row.closes_on:%b}" for point, row in self.locked.items()}
        return said if self.over or not said else dict.fromkeys(dict(self.chosen), said[self.point.id])

    @property
    def title(self) -> str:
        """What the page is headed: "Mark 4B, Autumn 2" or "Mark 4B, Reading over 2026/27"."""
        what = f"{self.chosen[0][1]} over {year_title(self.year)}" if self.over else self.point_name
        named = "" if self.is_main else f", {self.assessed.name}"
        return f"Mark {self.group.name}, {what}{named}"

    @property
    def fields(self) -> list[tuple[str, str | int]]:
        """The sheet as an address or a form says it."""
        about = ("over", OVER_TIME) if self.over else ("point", self.point.id)
        of = [] if self.is_main else [("assessment", self.assessed.id)]
        return [("group", self.group.id), about, ("subject", self.subject_field), *of]

    @property
    def typing(self) -> str:
        """How a mark is typed where it is no code, for the page's script: "standardised 70 130"; "" for codes alone."""
        kind = self.assessed.scale.kind
        if kind in NUMERIC:
            return " ".join((kind, *self.range))
        return "" if self.assessed.scale.takes_a_year else kind.value

    @property
    def range(self) -> tuple[str, str]:
        """The lowest and the highest score as they are written."""
        scale = self.assessed.scale
        return shown(scale.range[0], scale.kind), shown(scale.range[1], scale.kind)

    @property
    def banded(self) -> list[OptionRow]:
        return [option for option in self.options if option.band]

    @property
    def unbanded(self) -> list[OptionRow]:
        return [option for option in self.options if not option.band]

    @property
    def uncounted(self) -> str:
        """[[code, what it is called], …] of the marks no band has, for the page's script."""
        return json.dumps([[option.code, option.name[:1].lower() + option.name[1:]] for option in self.unbanded])

    @property
    def bands(self) -> list[Band]:
        """The bands the marks here come down to, for the key."""
        scale, used = self.assessed.scale, {option.band for option in self.options}
        return [band for band in BANDS if scale.numeric or scale.kind is Kind.LADDER or band.code in used]

    @property
    def codes(self) -> str:
        """ "E:e A: ": each code with the class of its band, for the page's script."""
        of_code = self.assessed.scale.band_of_code
        return " ".join(f"{option.code}:{option.css if of_code(option.code) else ''}" for option in self.options)

    @property
    def point_name(self) -> str:
        """ "Autumn 2"; with its year when that is not this one."""
        return self.point.name if self.point.year == self.year else self.point.title

    @property
    def points_by_year(self) -> list[tuple[str, list[PointRow]]]:
        """(title of the year, its points), the latest year first."""
        years = sorted({point.year for point in self.points}, reverse=True)
        return [(year_title(year), [point for point in self.points if point.year == year]) for year in years]

    @property
    def subject_field(self) -> str:
        """The chosen subjects as an address says them; "" for all of them."""
        every = len(self.chosen) == len(self.subjects) and not self.over
        return "" if every else ",".join(str(subject) for subject, _ in self.chosen)

    @property
    def subject_choices(self) -> list[tuple[str, str]]:
        """(value, words): all, those chosen when they are several but not all, and each alone."""
        several = ", ".join(name for _, name in self.chosen) if "," in self.subject_field else ""
        alone = [(str(subject), name) for subject, name in self.subjects]
        if self.over:
            return alone
        return [("", "All subjects"), *([(self.subject_field, several)] if several else []), *alone]


def choose(*, viewer: Viewer, asked: Asked, on: date) -> Choice | Missing | None:
    """None when a class, point or subject is asked for that is not this person's to mark."""
    found = offered(viewer=viewer, year=academic_year_on(on))
    today = point_among(found.points, day=on)
    point = next((row for row in found.points if row.id == asked.point), None) if asked.point else today
    assessed = _one(found.assessments, asked.assessment)
    taught = found.taught(point, assessed)
    marks = [one for one in found.assessments if one.options or one.scale.numeric]
    needed = (("class", found.classes), ("point", found.points), ("subject", taught), ("mark", marks))
    if lacking := next((what for what, rows in needed if not rows), ""):
        return Missing(lacking) if asked == Asked() else None
    group = _group(found.classes, asked.group, viewer)
    chosen = [row for row in taught if row[0] in asked.subjects] if asked.subjects else taught
    if group is None or point is None or today is None or assessed is None or len(chosen) < len(set(asked.subjects)):
        return None
    choice = Choice(
        found.year, found.classes, found.points, taught, found.assessments, assessed, group, point, today, chosen,
        locked={} if viewer.role in LEADERS.roles else _of([point], past_points(found.points, on=on)),
    )  # fmt: skip
    if not asked.over:
        return choice
    return _over_time(choice, viewer, on) if asked.over == OVER_TIME else None


def _one(assessments: Sequence[Assessed], wanted: int) -> Assessed | None:
    if wanted:
        return next((row for row in assessments if row.id == wanted), None)
    return assessments[0] if assessments else None


def _over_time(choice: Choice, viewer: Viewer, on: date) -> Choice:
    over = [row for row in choice.points if row.year == choice.year and row.opens_on <= on] or [choice.point]
    locked = {} if viewer.role in LEADERS.roles else _of(over, past_points(choice.points, on=on))
    return replace(choice, chosen=choice.chosen[:1], over=over, locked=locked)


def _of(points: Sequence[PointRow], locked: Mapping[int, PointRow]) -> dict[int, PointRow]:
    return {point.id: point for point in points if point.id in locked}


def _group(classes: Sequence[ClassName], wanted: int, viewer: Viewer) -> ClassName | None:
    if wanted:
        return next((row for row in classes if row.id == wanted), None)
    return next((row for row in classes if row.teacher == viewer.member), classes[0])
