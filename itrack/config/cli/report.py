"""`itrack report`."""

import json
from argparse import Namespace
from typing import Any

from itrack.config.cli.ground import asking, standing
from itrack.foundation import clock


def report(asked: Namespace) -> tuple[Any, str]:
    """A report of the catalogue as data, as the user's role may see it, logged like a page."""
    with standing(asked):
        from itrack.foundation import audit
        from itrack.foundation.tenancy.windows import reading, writing
        from itrack.reports.api import READS_A_REPORT, across_schools, report_data

        who, at = asking(asked, READS_A_REPORT), clock.now()
        with writing(who.school):
            audit.record(school=who.school, by=who.member, at=at, verb="report.seen")
        who = across_schools(asked.name, viewer=who, now=at)
        with reading(*who.schools):
            data = report_data(
                asked.name,
                viewer=who,
                year=asked.year,
                point=asked.point,
                subject=asked.subject,
                group=asked.group,
                as_at=asked.as_at,
                now=at,
                names=asked.names,
                choices=dict(asked.choose),
            )
    return data, json.dumps(data, indent=2, ensure_ascii=False, default=str)
