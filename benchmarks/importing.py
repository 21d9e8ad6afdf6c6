"""Preview and apply of a transfer file against parsing the same file and copying its rows into bare tables.

The floor reads with our own reader and COPYs every row into tables without keys, checks, policies or versions: what
any importer must do at least. 10,000 pupils must cost no more than ten times 1,000.
"""

import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from benchmarks.ground import empty_database
from benchmarks.make_ctf import write_ctf

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TURNS = 3
MOST = 8.0
GROWTH = 10.0


def measure() -> list[dict[str, Any]]:
    """Two rows: 1,000 pupils against the floor, and 10,000 against 1,000."""
    with empty_database(), tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "1000.xml", Path(folder) / "10000.xml"
        write_ctf(small, pupils=1_000)
        write_ctf(large, pupils=10_000)
        ours = min(_import(small) for _ in range(TURNS))
        floor = min(_copy(small) for _ in range(TURNS))
        many = min(_import(large) for _ in range(2))
    return [
        _row("import", ours, floor, MOST, f"<= {MOST:g} x parse + COPY"),
        _row("import 10,000", many, ours, GROWTH, f"<= {GROWTH:g} x the 1,000"),
    ]


def _row(name: str, measured: float, floor: float, most: float, target: str) -> dict[str, Any]:
    ratio = measured / floor
    return {
        "name": name,
        "measured": round(measured, 3),
        "floor": round(floor, 3),
        "ratio": round(ratio, 2),
        "unit": "seconds",
        "target": target,
        "met": ratio <= most,
    }


def _import(path: Path) -> float:
    """Seconds from the first byte read to the commit of the apply, into a school of its own."""
    from itrack.foundation.tenancy.windows import writing
    from itrack.imports import api

    school, member = _new_school()
    started = time.perf_counter()
    with writing(school), path.open("rb") as file:
        batch = api.preview(school=school, file=file, by=member, at=NOW)
    with writing(school):
        api.apply(school=school, batch=batch, by=member, at=NOW)
    return time.perf_counter() - started


def _new_school() -> tuple[int, int]:
    from itrack.accounts.api import add_member
    from itrack.foundation.tenancy.windows import writing
    from itrack.foundation.viewer import Role
    from itrack.schools.api import NewSchool, add_school, every_school

    number = len(every_school()) + 1
    school = add_school(new=NewSchool(f"{200000 + number}", "999", f"{2000 + number}", f"School {number}"))
    with writing(school):
        member = add_member(
            school=school,
            username=f"bench{number}",
            password="Not-used-to-sign-in-7",  # noqa: S106 - nobody signs in here
            name="Olu Office",
            job_title="Office",
            role=Role.OFFICE,
            by=None,
            at=NOW,
        )
    return school, member


def _copy(path: Path) -> float:
    from django.db import connection, transaction

    from itrack.imports.rules.rows import PupilRow
    from itrack.imports.sources.ctf import open_ctf

    started = time.perf_counter()
    with transaction.atomic(), path.open("rb") as file, connection.cursor() as cursor:
        cursor.execute("create temp table bare_pupil (a text, b text, c text) on commit drop")
        cursor.execute(f"create temp table bare_fact ({', '.join(f'c{i} text' for i in range(12))}) on commit drop")
        rows = [row for row in open_ctf(file, today=date(2026, 11, 23)) if isinstance(row, PupilRow)]
        with cursor.copy("copy bare_pupil from stdin") as copy:
            for row in rows:
                copy.write_row((row.upn, row.former_upn, str(row.fields)))
        with cursor.copy("copy bare_fact from stdin") as copy:
            for row in rows:
                for fact in _facts(row):
                    copy.write_row(fact)
    return time.perf_counter() - started


def _facts(row: Any) -> list[tuple[Any, ...]]:
    from itrack.imports.rules.compare import attendance_rows, circumstance_rows, result_rows, school_rows

    told = [*circumstance_rows(row), *attendance_rows(row), *school_rows(row), *result_rows(row)]
    return [(*fact, *[None] * (12 - len(fact))) for fact in told]
