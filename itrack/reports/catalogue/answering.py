"""One way from a question to an answer, for page, file, command line and whoever else shows a report."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from itrack.foundation.viewer import Viewer
from itrack.reports.catalogue.declared import Report
from itrack.reports.queries.asked import ask
from itrack.reports.queries.question import Asked, Offered
from itrack.reports.queries.usual import ask_usually
from itrack.reports.rules.answer import Answer
from itrack.reports.rules.changed import changes_section
from itrack.ui.words import long_date


def understand(
    report: Report,
    *,
    viewer: Viewer,
    said: Mapping[str, str],
    now: datetime,
    usual: Mapping[str, str] | None = None,
) -> tuple[Asked, Offered]:
    """What is asked, from the words of an address; `usual` are the filters an address without any means."""
    if usual:
        return ask_usually(viewer=viewer, said=said, usual=usual, now=now, asks=report.asks)
    return ask(viewer=viewer, said=said, now=now, asks=report.asks)


def work_out(report: Report, asked: Asked) -> Answer:
    """The answer as this reader may see it. The number of queries is the same for any number of pupils."""
    answer = report.work_out(asked)
    if asked.since is None:
        return answer
    section = changes_section(report.work_out(asked.then), answer, long_date(asked.since))
    return replace(answer, sections=[*answer.sections, section], findings=[*answer.findings, *section.findings])
