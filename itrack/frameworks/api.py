"""What other domains may ask of frameworks of statements.

    framework = framework_for(school=school, year=2026, subject="Maths", year_group="3")
    statements(school=school, framework=framework.id, subject="Maths", year_group="3")
    depth_options(school=school, framework=framework.id)

A table that points at a statement does so by OfSchool("frameworks.Statement", PROTECT): a statement somebody has been
judged by is never removed or reworded.
"""

from itrack.frameworks.actions.bring import bring_framework, put_away, take_framework_back
from itrack.frameworks.actions.set_up import add_shipped_frameworks, set_up_frameworks
from itrack.frameworks.queries.content import content_of
from itrack.frameworks.queries.lines import (
    DepthLine,
    FrameworkLine,
    StatementLine,
    StrandLine,
    depth_options,
    depth_rows,
    framework,
    framework_for,
    frameworks,
    statement_rows,
    statements,
    strands,
    subjects_of,
    used_statements,
    year_bands,
)
from itrack.frameworks.queries.pages import counted, differing, framework_changes, nearest, reading

__all__ = [
    "DepthLine",
    "FrameworkLine",
    "StatementLine",
    "StrandLine",
    "add_shipped_frameworks",
    "bring_framework",
    "content_of",
    "counted",
    "depth_options",
    "depth_rows",
    "differing",
    "framework",
    "framework_changes",
    "framework_for",
    "frameworks",
    "nearest",
    "put_away",
    "reading",
    "set_up_frameworks",
    "statement_rows",
    "statements",
    "strands",
    "subjects_of",
    "take_framework_back",
    "used_statements",
    "year_bands",
]
