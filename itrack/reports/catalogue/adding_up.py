"""A school's own overview without names, taken down for its trust once its point has closed."""

from datetime import datetime

from itrack.foundation.viewer import Role, Viewer
from itrack.reports.actions import Added
from itrack.reports.catalogue.all import REPORTS
from itrack.reports.catalogue.answering import as_seen, hold_back, understand
from itrack.reports.catalogue.attainment import REPORT as OVERVIEW
from itrack.reports.catalogue.declared import settled_over
from itrack.reports.rules.answer import Answer
from itrack.reports.rules.pooled import FIGURES, Counts
from itrack.schools.api import PointRow

BESIDE = settled_over(REPORTS.values())


def add_up(*, school: int, point: PointRow, now: datetime) -> Added:
    """What somebody of the trust would be shown of this point in the school itself."""
    eyes = Viewer(member=0, school=school, person=0, name="", job_title="", role=Role.TRUST, school_name="")
    said = {"year": str(point.year), "point": str(point.slot)}
    asked, _ = understand(OVERVIEW, viewer=eyes, said=said, now=now)
    held = hold_back(asked)
    answer = as_seen(OVERVIEW, asked, held)
    figures = {name: _figures(answer, subject) for subject, name in asked.subjects}
    return Added(point.year, point.slot, asked.seen, held.upto, BESIDE, figures)


def _figures(answer: Answer, subject: int) -> Counts:
    """As shown, None for what is not. Where nobody is counted the overview has no table: all are nought."""
    shown = {one.key: one.n for one in answer.figures()}
    if not answer.sections:
        return dict.fromkeys(FIGURES, 0)
    return {name: shown.get(f"{subject}.{name}") for name in FIGURES}
