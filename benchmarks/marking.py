"""The marks page and saving a whole class of marks, each against the least that such work can cost.

grid             the page of 30 pupils and 10 subjects, every cell filled, through its view and its reading window,
                 against the same template over rows that are there already
save             300 new marks in one request, committed, against one upsert of 300 rows into a table with the same
                 keys; beside it the ratio to a table without foreign keys, and those of replacing marks that stand: to
                 the same upsert, which forgets what it replaces, and to ending 300 rows and inserting 300 (kept)
grid, 8 readers  the page from a server of eight threads to eight readers at once, against one reader alone

Measured and floor take turns, and the best of several counts: what else the machine does can only slow a turn down.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from benchmarks.classroom import Classroom, build
from benchmarks.ground import empty_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TURNS = 10
LOOKS = 40  # a look costs little, so more of them are taken
MOST_GRID, MOST_KB, MOST_QUERIES = 2.0, 50, 12
MOST_SAVE, MOST_STATEMENTS = 4.0, 6
# What the windows say for themselves, and what Django says around them.
OF_THE_WINDOW = ("SET ", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
# The least a database must do to hold such marks soundly: the product's own table with its primary, unique and foreign
# keys, but without versions, policies, checks of who may mark what, change set or audit entry.
BARE = """
create table bare_mark (like assessment_judgement including defaults including identity including indexes);
grant all on bare_mark to itrack_app;
create table barest_mark (
    school_id bigint, point_id bigint, subject_id bigint, pupil_id bigint, option_id bigint not null,
    primary key (school_id, point_id, subject_id, pupil_id)
);
grant all on barest_mark to itrack_app;
"""
FOREIGN_KEYS = """
select format('alter table bare_mark add constraint %I %s', conname, pg_get_constraintdef(oid))
from pg_constraint where conrelid = 'assessment_judgement'::regclass and contype = 'f'
"""
UPSERT = """
insert into bare_mark (school_id, point_id, subject_id, pupil_id, option_id, added_by_id, assessment_id, scheme_id,
code, band, of_year, added_at)
select s, p, j, u, o, %s, %s, %s, 'E', 'expected', '', now()
from unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[]) as t(s, p, j, u, o)
on conflict (school_id, point_id, subject_id, pupil_id, assessment_id) where ended_at is null
do update set option_id = excluded.option_id
"""
# What keeping the replaced marks costs at the least.
KEPT = """
with told as (
    select * from unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[]) as t(s, p, j, u, o)
), stood as (
    update bare_mark set ended_at = now(), ended_by_id = added_by_id from told where school_id = s and point_id = p
    and subject_id = j and pupil_id = u and ended_at is null
    returning added_by_id, assessment_id, scheme_id, s, p, j, u, o
)
insert into bare_mark (school_id, point_id, subject_id, pupil_id, option_id, added_by_id, assessment_id, scheme_id,
code, band, of_year, added_at)
select s, p, j, u, o, added_by_id, assessment_id, scheme_id, 'E', 'expected', '', now() from stood
"""
BAREST = """
insert into barest_mark select * from unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])
on conflict (school_id, point_id, subject_id, pupil_id) do update set option_id = excluded.option_id
"""


def grid() -> list[dict[str, Any]]:
    """To one reader and to eight; the latter with the times of its requests in milliseconds."""
    from benchmarks.readers import readers

    with empty_database():
        room = build()
        return [_grid(room), readers(room)]


def save() -> list[dict[str, Any]]:
    with empty_database():
        room = build()
        _bare_tables()
        return [_save(room)]


def row(name: str, measured: float, floor: float, target: str, *, met: bool, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "measured": round(measured, 4),
        "floor": round(floor, 4),
        "ratio": round(measured / floor, 2),
        "unit": "seconds",
        "target": target,
        "met": met,
        **more,
    }


def by_turns(turns: int, *works: Callable[[int], float]) -> list[float]:
    """The best of each kind of work; each is told which turn it is and answers seconds. The first turn warms up."""
    times = [[work(turn) for work in works] for turn in range(turns)][1:]
    return [min(of_one) for of_one in zip(*times, strict=True)]


def _grid(room: Classroom) -> dict[str, Any]:
    ready = _ready(room)
    ours, floor = by_turns(LOOKS, lambda _: _timed(lambda: _page(room, 30)), lambda _: _timed(ready))
    size, copied = len(_page(room, 30).content) / 1000, _copies(room) / 1000
    queries = [_asked_again(room, pupils) for pupils in (30, 60)]
    small = max(size, copied) <= MOST_KB and max(queries) <= MOST_QUERIES and len(set(queries)) == 1
    target = f"<= {MOST_GRID:g} x its template; <= {MOST_KB} kB; <= {MOST_QUERIES} queries, 30 or 60 pupils"
    return row(
        "grid", ours, floor, target, met=small and ours / floor <= MOST_GRID, html_kb=round(size, 1),
        html_kb_all_copied=round(copied, 1), queries_30=queries[0], queries_60=queries[1],
    )  # fmt: skip


def _asked_again(room: Classroom, pupils: int) -> int:
    """What the page asks once the choice of its class is remembered, which takes two statements of their own."""
    _page(room, pupils)
    return _counted(lambda: _page(room, pupils))


def _copies(room: Classroom) -> int:
    """Bytes of the page while each of its marks is a copy that nobody has confirmed."""
    from itrack.assessment.models import Judgement
    from itrack.foundation.tenancy.windows import writing

    marks = Judgement.objects.filter(school_id=room.viewer.school, point_id=room.now)
    with writing(room.viewer.school):
        marks.update(confirmed=False)
    size = len(_page(room, 30).content)
    with writing(room.viewer.school):
        marks.update(confirmed=True)
    return size


def _page(room: Classroom, pupils: int) -> Any:
    """The answer of the page, window and rendering included."""
    from django.test import RequestFactory

    request = RequestFactory().get("/mark/", {"group": room.classes[pupils], "point": room.now})
    return _answer(request, room)


def _answer(request: Any, room: Classroom) -> Any:
    from django.contrib.sessions.backends.base import SessionBase
    from django.urls import resolve

    request.viewer, request.session = room.viewer, SessionBase()
    request.member = room.viewer
    found = resolve(request.path)
    answer = found.func(request, *found.args, **found.kwargs)
    assert answer.status_code == 200, f"{request.path} answered {answer.status_code}"  # noqa: S101 - else no figure
    return answer


def _ready(room: Classroom) -> Callable[[], Any]:
    """Renders the page's template over what the page itself had found; asks the database for nothing."""
    from django.contrib.sessions.backends.base import SessionBase
    from django.template.response import TemplateResponse
    from django.test import RequestFactory

    request: Any = RequestFactory().get("/mark/")
    request.viewer, request.session = room.viewer, SessionBase()
    request.member = room.viewer
    found = _page(room, 30).context_data
    return lambda: TemplateResponse(request, "assessment/mark.html", found).render()


def _save(room: Classroom) -> dict[str, Any]:
    """300 empty cells of an earlier point each turn; beside it the same over 300 marks that stand."""
    statements = _counted(lambda: _save_once(room, room.now, 1))
    ours, floor, barest = by_turns(
        TURNS,
        lambda turn: _save_once(room, room.points[turn], turn),
        lambda turn: _timed(lambda: _upsert(room, UPSERT, room.points[turn], turn, *room.bare)),
        lambda turn: _timed(lambda: _upsert(room, BAREST, room.points[turn], turn)),
    )
    again, floor_again, kept = by_turns(
        TURNS,
        lambda turn: _save_once(room, room.now, turn),
        lambda turn: _timed(lambda: _upsert(room, UPSERT, room.now, turn, *room.bare)),
        lambda turn: _timed(lambda: _upsert(room, KEPT, room.now, turn)),
    )
    return row(
        "save", ours, floor, f"<= {MOST_SAVE:g} x a bare upsert; <= {MOST_STATEMENTS} statements",
        met=ours / floor <= MOST_SAVE and statements <= MOST_STATEMENTS, statements=statements,
        ratio_without_foreign_keys=round(ours / barest, 2), replacing_ratio=round(again / floor_again, 2),
        replacing_ratio_kept=round(again / kept, 2), replacing_seconds=round(again, 4),
    )  # fmt: skip


def _save_once(room: Classroom, point: int, turn: int) -> float:
    """Seconds from the request as it arrives, to the commit; no cell keeps the code it had a turn before."""
    from django.test import RequestFactory

    cells = {f"{pupil}-{subject}": code for (pupil, subject), code in room.codes(30, room.now + turn + 1).items()}
    sent = urlencode({"group": room.classes[30], "point": point, **cells})
    request = RequestFactory().post("/mark/cells", sent, content_type="application/x-www-form-urlencoded")
    began = time.perf_counter()
    answer = _answer(request, room)
    lasted = time.perf_counter() - began
    told = json.loads(answer.content)
    assert (told["saved"], told["refused"]) == (300, []), told  # noqa: S101 - else the figure means nothing
    return lasted


def _upsert(room: Classroom, statement: str, point: int, turn: int, *first: int) -> None:
    from django.db import connection, transaction

    cells, option = list(room.codes(30, turn)), room.options[turn % len(room.options)]
    columns = [[room.viewer.school] * 300, [point] * 300, [s for _, s in cells], [p for p, _ in cells], [option] * 300]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [*first, *columns])


def _bare_tables() -> None:
    import psycopg

    with psycopg.connect(os.environ["ITRACK_OWNER_DATABASE_URL"], autocommit=True) as owner:
        owner.execute(BARE.encode())
        for (statement,) in owner.execute(FOREIGN_KEYS.encode()).fetchall():
            owner.execute(statement.encode())


def _timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _counted(work: Callable[[], Any]) -> int:
    """How many statements the work gave the database besides the window's own."""
    with _listening() as said:
        work()
    return sum(not statement.startswith(OF_THE_WINDOW) for statement in said)


@contextmanager
def _listening() -> Iterator[list[str]]:
    from django.db import connection

    said: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        said.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield said
