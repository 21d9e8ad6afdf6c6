"""What other domains may ask of frameworks of statements.

    framework = framework_for(school=school, year=2026, subject="Maths", year_group="3")
    statements(school=school, framework=framework.id, subject="Maths", year_group="3")
    depth_options(school=school, framework=framework.id)

A table that points at a statement does so by OfSchool("frameworks.Statement", PROTECT): a statement somebody has been
judged by is never removed or reworded, but retired.
"""

from itrack.foundation.viewer import LEADERS, MARKERS, Access
from itrack.frameworks.actions.bring import bring_framework, put_away, take_framework_back
from itrack.frameworks.actions.edit import (
    add_statement,
    move_statement_up,
    replace_statement,
    retire_statement,
    reword_statement,
)
from itrack.frameworks.actions.set_up import add_shipped_frameworks, set_up_frameworks
from itrack.frameworks.queries.content import content_of
from itrack.frameworks.queries.editing import OpenedStatement, opened_statement
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
from itrack.frameworks.rules.comparing import Sort, compare
from itrack.frameworks.sources.csv_file import written_csv
from itrack.frameworks.sources.difference_file import difference_csv, difference_json, difference_told
from itrack.frameworks.sources.file import read_framework
from itrack.frameworks.sources.json_file import written_json
from itrack.frameworks.sources.text import LARGEST_FILE, UnreadableFileError

# Whoever teaches reads what is taught; the head and the administrator choose it.
READERS = Access(MARKERS.roles | LEADERS.roles)

__all__ = [
    "LARGEST_FILE",
    "READERS",
    "DepthLine",
    "FrameworkLine",
    "OpenedStatement",
    "Sort",
    "StatementLine",
    "StrandLine",
    "UnreadableFileError",
    "add_shipped_frameworks",
    "add_statement",
    "bring_framework",
    "compare",
    "content_of",
    "counted",
    "depth_options",
    "depth_rows",
    "difference_csv",
    "difference_json",
    "difference_told",
    "differing",
    "framework",
    "framework_changes",
    "framework_for",
    "frameworks",
    "move_statement_up",
    "nearest",
    "opened_statement",
    "put_away",
    "read_framework",
    "reading",
    "replace_statement",
    "retire_statement",
    "reword_statement",
    "set_up_frameworks",
    "statement_rows",
    "statements",
    "strands",
    "subjects_of",
    "take_framework_back",
    "used_statements",
    "written_csv",
    "written_json",
    "year_bands",
]
