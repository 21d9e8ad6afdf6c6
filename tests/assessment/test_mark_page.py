"""The marks page: what it shows, to whom, and in how many questions."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from itrack.assessment.api import store_results
from itrack.curriculum.models import Subject
from itrack.foundation.tenancy.windows import writing
from tests.assessment.conftest import Classroom, a_class
from tests.cast import NOW, a_pupil

PHONICS = ("KS1", 2025, "ENG", "TT", "PHO", "NM", "ENG", "R", "38", None, True)


def test_smoke(room: Classroom) -> None:
    page = room.cast.client("tom").get("/mark/")
    assert page.status_code == 200, page.content.decode()
    print(page.content.decode())
    page = room.cast.client("tom").get(f"/pupils/{room.pupils['Amara']}")
    assert page.status_code == 200
