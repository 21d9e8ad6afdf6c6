"""Run as a program: imports a file again and again, each time in a process killed at another statement.

Prints one JSON line: the fingerprints of the roll before, after each killed import, and after one left alone.
`--early-commit` moves a commit into the middle of the apply: what the harness must notice.
"""

import hashlib
import json
import os
import random
import signal
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - Django must be set up first

from itrack.foundation.tenancy.windows import writing  # noqa: E402
from itrack.imports import api  # noqa: E402
from itrack.imports.actions import apply as applying  # noqa: E402
from tests.cast import NOW  # noqa: E402

# What the roll says, whatever numbers the rows have: a killed run uses numbers up, and that is no harm.
SAYS = (
    "select upn, legal_surname, legal_forename, dob from pupils_pupil",
    "select p.upn, c.kind, c.key, c.code from pupils_circumstance c join pupils_pupil p on p.id = c.pupil_id "
    "where c.ended_at is null",
    "select p.upn, r.year, r.component, r.result from assessment_result r join pupils_pupil p on p.id = r.pupil_id "
    "where r.ended_at is null",
    "select p.upn, e.starts, e.ends from pupils_enrolment e join pupils_pupil p on p.id = e.pupil_id",
    "select kind from foundation_changeset",
)
NEVER = 10**9


def fingerprint(school: int) -> str:
    """One digest of everything the roll and the results say."""
    digest = hashlib.sha256()
    with writing(school), connection.cursor() as cursor:
        for question in SAYS:
            cursor.execute(question)
            digest.update(str(sorted(map(str, cursor.fetchall()))).encode())
    connection.close()
    return digest.hexdigest()[:16]


def in_a_process_of_its_own(work: Callable[[], int]) -> int:
    """Runs `work` in a child and returns what it returned; 0 when it was killed."""
    reading, told = os.pipe()
    if child := os.fork():
        os.close(told)
        with os.fdopen(reading) as heard:
            said = heard.read()
        os.waitpid(child, 0)
        return int(said or 0)
    try:
        os.write(told, str(work()).encode())
    finally:
        os._exit(0)


def import_file(school: int, member: int, path: Path, *, die_at: int = NEVER, for_nothing: bool = False) -> int:
    """Previews and applies, dying at that statement; returns how many there were. `for_nothing` rolls all back."""
    ran = 0

    def counting(execute, sql, params, many, context):
        nonlocal ran
        # An outer transaction adds savepoints, so these do not count: the number must fit a real run.
        ran += "SAVEPOINT" not in sql
        if ran == die_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counting), transaction.atomic() if for_nothing else nullcontext():
        with writing(school), path.open("rb") as file:
            batch = api.preview(school=school, file=file, by=member, at=NOW)
        with writing(school):
            api.apply(school=school, batch=batch, by=member, at=NOW)
        if for_nothing:
            transaction.set_rollback(True)
    return ran


def commit_early(school: int) -> None:
    """Breaks the promise: the first half of the apply is committed on its own."""
    whole = applying.store_pupils

    def halved(**told):
        stored = whole(**told)
        with connection.cursor() as cursor:
            cursor.execute(f"commit; begin; set local itrack.school = '{{{school}}}'")
        return stored

    applying.store_pupils = halved


def main(school: int, member: int, path: Path, seed: int, moments: int, *, early: bool) -> dict[str, object]:
    before = fingerprint(school)
    length = in_a_process_of_its_own(lambda: import_file(school, member, path, for_nothing=True))
    if early:
        commit_early(school)
    killed = []
    for moment in random.Random(seed).sample(range(1, length + 1), moments):
        in_a_process_of_its_own(lambda at=moment: import_file(school, member, path, die_at=at))
        killed.append(fingerprint(school))
    in_a_process_of_its_own(lambda: import_file(school, member, path))
    return {"before": before, "killed": killed, "after": fingerprint(school), "statements": length}


if __name__ == "__main__":
    whose, by, file, seeded, count, *rest = sys.argv[1:]
    found = main(int(whose), int(by), Path(file), int(seeded), int(count), early="--early-commit" in rest)
    sys.stdout.write(json.dumps(found))
