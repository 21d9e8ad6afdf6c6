"""A question, put to the product and to the oracle."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from itrack.reports.catalogue.all import REPORTS
from itrack.reports.catalogue.answering import understand, work_out
from itrack.reports.rules.answer import Answer
from tests.cast import NOW, TODAY, Cast
from tests.oracle.rows import Rows
from tests.oracle.view import View, view_of

# Reader → the kinds of group they are told of. Who sees no names is not told of meals or care, nor of classes.
TOLD = {
    "hana": ("Sex", "Disadvantage", "Free school meals", "SEN", "Looked after", "Service child", "First language",
             "Term of birth", "Joined"),
    "gus": ("Sex", "Disadvantage", "SEN", "Service child", "First language", "Term of birth", "Joined"),
}  # fmt: skip
TOLD["tara"] = TOLD["gus"]
# A teacher is not told of care, nor why a pupil is disadvantaged.
TOLD["tom"] = tuple(kind for kind in TOLD["hana"] if kind != "Looked after")
THREE = ("Reading", "Writing", "Maths")
CLOSED = date(2026, 10, 23)  # the last day of the first point
RWM = "Reading, writing and maths"
# What is asked without names, where nothing can be chosen.
USUAL = {"rwm": {"level": "expected"}, "statutory-outcomes": {"measure": "rwm-expected"}}


@dataclass(frozen=True)
class Question:
    """`whose` is "all", a class by name or "year-4"; `seen` the day looked at; `chosen` the report's own filters."""

    report: str
    seen: date = TODAY
    slot: int = 2
    whose: str = "all"
    subject: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    who: str = "hana"

    @property
    def anonymous(self) -> bool:
        return self.who in ("gus", "tara")

    @property
    def told(self) -> tuple[str, ...]:
        return TOLD[self.who]

    def view(self, rows: Rows) -> View:
        return view_of(rows, self.slot, self.whose)

    def said(self) -> dict[str, str]:
        """As the words of an address."""
        said = {"year": "2026", "point": str(self.slot), "pupils": self.whose, "subject": self.subject, **self.chosen}
        return said | ({"as_at": self.seen.isoformat()} if self.seen != TODAY and not self.anonymous else {})


def answer_to(question: Question, cast: Cast) -> Answer:
    """The product's. The school's window must be open."""
    report = REPORTS[question.report]
    asked, _ = understand(report, viewer=cast.people[question.who], said=question.said(), now=NOW)
    return work_out(report, asked)
