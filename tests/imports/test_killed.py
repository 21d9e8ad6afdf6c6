"""An import killed at any moment leaves the old roll or the new one, never something between."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from itrack.config.launcher.address import APP_VARIABLE, with_database
from itrack.pupils.rules import check_letter
from tests.cast import build_cast
from tests.imports.ctf_maker import basic_details, ctf, element, pupil, result, results, texts
from tests.imports.desk import Desk

ROOT = Path(__file__).resolve().parents[2]
SEED, MOMENTS = 2026, 10


def roll(surname: str, provision: str, score: int) -> list[str]:
    """Sixty pupils; another surname, provision and score change every one of them."""
    sen = element("SENhistory", element("SEN", texts({"StartDate": "2025-09-01", "SENprovision": provision})))
    bodies = [f"823299822{serial:03}" for serial in range(60)]
    return [
        pupil(
            *(basic_details(NCyearActual="5"), sen, results(result(Result=str(score)))),
            upn=check_letter(body) + body,
            surname=f"{surname}{chr(97 + serial % 26)}",
        )
        for serial, body in enumerate(bodies)
    ]


def killed(desk: Desk, folder: Path, *options: str) -> dict[str, object]:
    path = folder / "changed.xml"
    path.write_text(ctf(*roll("Later", "E", 24), pupil(surname="Joiner", forename="Jo")))
    here = with_database(os.environ[APP_VARIABLE], connection.settings_dict["NAME"])
    command = [sys.executable, "-m", "tests.imports.killing", str(desk.cast.oakfield), str(desk.cast.olu.member)]
    done = subprocess.run(
        [*command, str(path), str(SEED), str(MOMENTS), *options],
        cwd=ROOT,
        env=os.environ | {APP_VARIABLE: here, "DJANGO_SETTINGS_MODULE": "itrack.config.settings.test"},
        capture_output=True,
        check=True,
        timeout=60,
    )
    return json.loads(done.stdout)


@pytest.fixture
def desk(transactional_db) -> Desk:
    desk = Desk(build_cast())
    desk.bring(*roll("Early", "K", 9))
    return desk


def test_ten_killed_imports_leave_the_old_roll_or_the_new(desk: Desk, tmp_path: Path) -> None:
    found = killed(desk, tmp_path)

    assert len(found["killed"]) == MOMENTS
    assert found["before"] != found["after"], "the file must change something, or this proves nothing"
    assert set(found["killed"]) <= {found["before"], found["after"]}


def test_the_harness_notices_a_commit_in_the_middle(desk: Desk, tmp_path: Path) -> None:
    found = killed(desk, tmp_path, "--early-commit")

    assert not set(found["killed"]) <= {found["before"], found["after"]}
