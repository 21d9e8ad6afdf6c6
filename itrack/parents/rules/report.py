"""An annual report to parents: what the law wants in it, what is missing, and how far it has come.

Source: Education (Pupil Information) (England) Regulations 2005, schedule 1: achievements, general progress, how to
discuss the report, attendance (not of a child in Reception), results of national curriculum tests; at the end of Key
Stage 2 also the teacher assessments, and how they compare with those of the school and of the country.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from itrack.assessment.rules.results import assessment_of, tell
from itrack.curriculum.rules import BAND_OF
from itrack.pupils.rules_years import year_group_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from itrack.assessment.rules.results import ResultLine, Told
    from itrack.assessment.rules.standing import LastMark

LONGEST: Final = 2000
GENERAL: Final = 0
END_OF_KEY_STAGE_2: Final = "6"
# What is assessed nationally in a year group, as far as a report has to give its result.
NATIONAL: Final = {"1": "the phonics check", "4": "the multiplication tables check", END_OF_KEY_STAGE_2: "Key Stage 2"}
PHONICS, TABLES = "Phonics check", "Multiplication tables check"


class State(StrEnum):
    DRAFT = "draft"
    READY = "ready"
    READ = "read"

    @property
    def words(self) -> str:
        return {"draft": "Draft", "ready": "Ready to be read", "read": "Read by the head"}[self.value]


@dataclass(frozen=True, slots=True)
class Attendance:
    """`year` is as the transfer file has it, which does not say whether it is the year's start or its end."""

    year: int
    possible: int
    attended: int
    authorised: int
    unauthorised: int


@dataclass(frozen=True, slots=True)
class Subject:
    """`mark` is the last of the year in the main assessment, None for none."""

    id: int
    name: str
    mark: LastMark | None
    comment: str

    @property
    def achieved(self) -> str:
        """The mark as a parent reads it: "Expected, at Autumn 2"."""
        if self.mark is None:
            return ""
        band = BAND_OF.get(self.mark.band)
        said = band.name if band else self.mark.name or self.mark.code
        return f"{said}, at {self.mark.point}"


@dataclass(frozen=True, slots=True)
class Report:
    """One pupil's report of one year. `results` are those of that year."""

    pupil: int
    name: str
    year_group: str
    class_name: str
    teacher: str
    subjects: Sequence[Subject]
    general: str
    results: Sequence[ResultLine]
    attendance: Attendance | None
    state: State

    @property
    def is_reception(self) -> bool:
        return self.year_group in ("R", "N1", "N2")

    @property
    def is_end_of_key_stage(self) -> bool:
        return self.year_group == END_OF_KEY_STAGE_2

    @property
    def place(self) -> str:
        return ", ".join(part for part in (year_group_name(self.year_group), self.class_name) if part)

    @property
    def told(self) -> list[Told]:
        """The year's results in words; neither raw marks nor a test's outcome where its scaled score is told."""
        scored = {(line.stage, line.subject, line.component) for line in self.results if line.qualifier == "NS"}
        return [
            tell(line, self.year_group)
            for line in self.results
            if line.qualifier not in ("NM", "NO") or (line.stage, line.subject, line.component) not in scored
        ]


@dataclass(frozen=True, slots=True)
class ToAll:
    """What every report of the school says."""

    discuss: str = ""
    national: str = ""


@dataclass(frozen=True, slots=True)
class ForSchool:
    """Beside a pupil's own: `compared` are (measure, the school's figure) of the year's end of Key Stage 2.

    `taught` are the subjects, `teachers` the names by class.
    """

    words: ToAll
    compared: Sequence[tuple[str, str]] = ()
    taught: Sequence[tuple[int, str]] = ()
    teachers: Mapping[int, str] = field(default_factory=dict)

    @property
    def has_comparison(self) -> bool:
        """Whether there are national figures; the school's own come by themselves with its results."""
        return bool(self.words.national)


@dataclass(frozen=True, slots=True)
class Missing:
    """A legal item that is not there. `whose` says who can mend it."""

    words: str
    whose: str = "teacher"


def missing(report: Report, *, discuss: str, compared: bool) -> list[Missing]:
    """What the law wants and this report lacks, in the order of the report."""
    found = [] if report.general else [Missing("a comment on general progress")]
    bare = [one.name for one in report.subjects if not one.comment and one.mark is None]
    if bare:
        found.append(Missing(f"a mark or a comment in {_listed(bare)}"))
    if report.attendance is None and not report.is_reception:
        found.append(Missing("attendance of the year", "office"))
    found += [Missing(f"the result of {one}", "office") for one in results_lacking(report)]
    if report.is_end_of_key_stage and not compared:
        found.append(Missing("national figures to compare with", "head"))
    return found if discuss else [*found, Missing("how to discuss the report", "head")]


def is_answered(lacking: int, said: str) -> bool:
    """Whether who calls a report ready has been asked and means it: `said` is how much they were told is missing."""
    return not lacking or said == str(lacking)


def results_lacking(report: Report) -> list[str]:
    wanted = NATIONAL.get(report.year_group, "")
    if not wanted:
        return []
    if not report.is_end_of_key_stage:
        title = PHONICS if report.year_group == "1" else TABLES
        known = [assessment_of(line) for line in report.results]
        return [] if any(one and one.title == title for one in known) else [wanted]
    methods = {line.method for line in report.results if line.stage == "KS2"}
    lacking = {"TT": f"{wanted} tests", "TA": f"{wanted} teacher assessment"}
    return [words for method, words in lacking.items() if method not in methods]


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def changed(typed: Mapping[int, str], stands: Mapping[int, str]) -> dict[int, str]:
    """By subject, GENERAL for none: the texts that differ from what stands."""
    cleaned = {subject: tidy(text) for subject, text in typed.items()}
    return {subject: text for subject, text in cleaned.items() if text != stands.get(subject, "")}


def tidy(text: str) -> str:
    """Line ends of one kind, no blanks at either end, at most one empty line between paragraphs."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")]
    return "\n".join(line for at, line in enumerate(lines) if line or (at and lines[at - 1]))
