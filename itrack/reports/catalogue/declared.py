"""A report is declared once, in a short file of this folder; all its forms come from the declaration.

    REPORT = Report(
        name="attainment",
        title="Attainment overview",
        answers="How many pupils are in each band, subject by subject, at one assessment point.",
        counts="Pupils on roll as the point opened or on its last day, who have a mark.",
        arithmetic=Arithmetic.COUNTS,
        may=READS_ATTAINMENT,
        subject=Subject.CLOSELY,
        work_out=attainment,
    )

From it come its page with filters, table and drawing, its names, CSV, XLSX and PDF, its name on the command line, its
line in the list of reports and its part of docs/generated/reports.md.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2s

from itrack.foundation.viewer import Access
from itrack.reports.queries.question import Asked, Asks, Choice, Subject
from itrack.reports.rules.answer import Answer
from itrack.reports.rules.declared import ANONYMOUS


class Arithmetic(StrEnum):
    """What may be worked out of the marks of this report. What is not allowed is answered with the reason."""

    COUNTS = "counts and shares of pupils"
    MEANS = "counts, shares, and means of scores on one scale"
    NONE = "nothing is worked out: marks are shown as they are"


class Section(StrEnum):
    """Where a report stands in the list of reports."""

    ATTAINMENT = "Attainment"
    PROGRESS = "Progress"
    STATUTORY = "Statutory assessments"
    PUPILS = "Pupils"
    SCHOOL = "The school"
    TRUST = "The trust"


@dataclass(frozen=True, slots=True)
class Way:
    """A page that a report leads to, by name, as its button says it; whoever may not open it is not led there."""

    page: str
    words: str
    may: Access


@dataclass(frozen=True, slots=True)
class Report:
    """`name` is the word in its address, on the command line, and the name of its page.

    `answers` is the question it answers, `counts` who is in its denominator. `may` reads it; those of ANONYMOUS among
    them see it without names and with small numbers held back, made by the same calculation. `year`, `point`,
    `pupils` and `as_at` say which of the usual filters it takes, `subject` how it looks at subjects, `choices` what
    more it asks. `leads_to` are pages where what it shows is put in. `template` names a page of its own; without one
    the common page lays the answer out.

    `views` gives all that a reader without names can see of it at the point asked for, as answers: every subject
    looked at. Left out, it is worked out subject by subject. What is held back is settled over all of them at once.

    `across`: it reads all schools granted to its reader, and of each nothing but what that school shows without names.
    `due`: it is of marks still to come, so it begins with the running point even when that is empty.
    """

    name: str
    title: str
    answers: str
    counts: str
    may: Access
    work_out: Callable[[Asked], Answer]
    section: Section = Section.ATTAINMENT
    arithmetic: Arithmetic = Arithmetic.COUNTS
    year: bool = True
    point: bool = True
    pupils: bool = True
    as_at: bool = True
    subject: Subject = Subject.NONE
    choices: Sequence[Choice] = ()
    leads_to: Sequence[Way] = ()
    template: str = "reports/report.html"
    views: Callable[[Asked], Sequence[Answer]] | None = None
    across: bool = False
    due: bool = False

    @property
    def asks(self) -> Asks:
        told = self.year, self.point, self.pupils, self.as_at, self.subject, self.choices
        return Asks(*told, across=self.across, due=self.due)

    @property
    def named(self) -> Access:
        """Who of its readers sees names."""
        return Access(self.may.roles - ANONYMOUS)

    @property
    def anonymous(self) -> bool:
        """Whether anybody reads it without names, so that its small numbers have to be held back."""
        return bool(self.may.roles & ANONYMOUS) and not self.across


def settled_over(reports: Iterable[Report]) -> str:
    """A fingerprint of the reports over which it is settled what is held back: with another list it is settled anew."""
    named = ",".join(sorted(one.name for one in reports if one.anonymous))
    return blake2s(named.encode(), digest_size=8).hexdigest()
