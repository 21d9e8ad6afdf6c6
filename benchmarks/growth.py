"""The attainment overview of one school of 400, with 200 and with 2,000 schools stored, beside itself alone.

The school of `school_report` stands alone in one database. A copy of that database is filled with other schools, by
SQL alone: each gets the rows of 24 of its pupils in every table (their marks in 8 subjects at 6 points among them),
with a school, ids and keys of its own. Reports are taken by turns from either database, and the medians compared, so
that whatever else the machine does meets both; `bare_sql` compares the statements alone, which feel growth more than
the whole report does.

Every key begins with the school, so what grows is the depth of the indexes: a level for some hundred times the rows.
20,000 schools are ten times 2,000 as 2,000 are ten times 200, so `at_20000` is the ratio at 2,000 times the last step,
where that step is up. The other schools are small and the rows of the one measured lie together: what a disk would
have to fetch from a table larger than memory is not in it.
"""

import statistics
import sys
from collections.abc import Iterator
from functools import partial
from typing import Any

from benchmarks.ground import analyse, empty_database
from benchmarks.school_report import a_school, bare, report
from benchmarks.timing import timed

STAGES, PUPILS, ROUNDS = (200, 2000), 24, 9
MOST = 1.2
GROWN, STEP = "grown", 10_000_000


def measure() -> list[dict[str, Any]]:
    """A row a stage: the median seconds of a report with so many schools stored, and alone."""
    with empty_database() as server:
        viewer, points = a_school()
        alone = _name()
        _copied(server, alone)
        rows, stored = [], 1
        for stage in STAGES:
            _fill(server, viewer.school, stored, stage)
            stored = stage
            rows.append(_row(stage, _by_turns(alone, viewer, points)))
    last, before = rows[-1]["ratio"], rows[-2]["ratio"]
    rows[-1]["at_20000"] = round(last * max(1.0, last / before), 2)
    return rows


def _row(stage: int, found: dict[str, dict[str, float]]) -> dict[str, Any]:
    ours, floor = found["report"]["grown"], found["report"]["alone"]
    return {
        "name": f"growth {stage:,}",
        "measured": round(ours, 4),
        "floor": round(floor, 4),
        "ratio": round(ours / floor, 2),
        "unit": "seconds",
        "target": f"<= {MOST:g} x with 1 school",
        "met": ours / floor <= MOST,
        "bare_sql": round(found["bare"]["grown"] / found["bare"]["alone"], 2),
    }


def _by_turns(alone: str, viewer: Any, points: dict[int, int]) -> dict[str, dict[str, float]]:
    held: dict[str, dict[str, list[float]]] = {kind: {"alone": [], "grown": []} for kind in ("report", "bare")}
    for turn in range(ROUNDS):
        for where, name in (("alone", alone), ("grown", GROWN))[:: -1 if turn % 2 else 1]:
            _go_to(name)
            report(viewer, 1)  # warm: what a fresh connection learns first
            bare(viewer.school, points[1])
            held["report"][where] += [timed(partial(report, viewer, slot)) for slot in points]
            held["bare"][where] += [timed(partial(bare, viewer.school, point)) for point in points.values()]
    _go_to(alone)
    return {kind: {where: statistics.median(each) for where, each in by.items()} for kind, by in held.items()}


def _name() -> str:
    from django.db import connection

    return str(connection.settings_dict["NAME"])


def _go_to(database: str) -> None:
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = database
    connection.ensure_connection()


def _copied(server: Any, alone: str) -> None:
    import psycopg
    from django.db import connection

    analyse(server, alone)
    connection.close()
    with psycopg.connect(server.dsn("itrack_super", "postgres"), autocommit=True) as link:
        link.execute(f'create database "{GROWN}" template "{alone}" owner itrack_owner')


def _fill(server: Any, school: int, stored: int, stage: int) -> None:
    """Brings the copy from so many schools to so many. Its keys are not asked, since each copy is one of whole rows."""
    import psycopg

    with psycopg.connect(server.dsn("itrack_super", GROWN), autocommit=True) as link:
        link.execute("set session_replication_role = replica")
        link.execute(
            "insert into schools_school (id, urn, la, estab, name, country, phase, town, products) "
            "select %s + n, 300000 + n, '9' || n / 9000, 1000 + n %% 9000, 'School ' || n, country, phase, town, "
            "products from schools_school, generate_series(%s::int, %s::int - 1) n where id = %s",
            [STEP, stored, stage, school],
        )
        for statement in _copies(school, stored, stage):
            link.execute(statement)
        link.execute("analyze")
        marks = link.execute("select count(*) from assessment_judgement").fetchone()
    print(f"{stage:,} schools, {marks[0] if marks else 0:,} marks stored", file=sys.stderr)


def _copies(school: int, stored: int, stage: int) -> Iterator[str]:
    """A statement a table of schools: ids move by a step a school, so that every key leads to the same school's row."""
    from django.apps import apps

    from itrack.foundation.tenancy.fields import OfSchool, SchoolOwned

    some = f"select id from pupils_pupil where school_id = {school} order by id limit {PUPILS}"
    for model in (one for one in apps.get_models() if issubclass(one, SchoolOwned)):
        fields = [field for field in model._meta.local_concrete_fields if field.column]
        own = {field.column for field in fields if field.primary_key or isinstance(field, OfSchool)}
        moved = {column: f"t.{column} + n * {STEP}::bigint" for column in own} | {"school_id": f"{STEP} + n"}
        names = ", ".join(f'"{field.column}"' for field in fields)
        values = ", ".join(moved.get(field.column, f't."{field.column}"') for field in fields)
        of_pupil = "id" if model._meta.db_table == "pupils_pupil" else "pupil_id"
        few = f" and t.{of_pupil} in ({some})" if of_pupil == "id" or of_pupil in own else ""
        told = f"from {model._meta.db_table} t, generate_series({stored}, {stage - 1}) n where t.school_id = {school}"
        yield f"insert into {model._meta.db_table} ({names}) select {values} {told}{few}"
