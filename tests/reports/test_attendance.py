"""Absence from yearly totals: pooled, pupil by pupil, and honest where there are none."""

import re
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.foundation.tenancy.windows import reading, writing
from itrack.foundation.versions import merge
from itrack.pupils.models import AttendanceYear
from itrack.reports.api import report_data
from itrack.reports.rules.attendance import ABSENCE_BANDS, Sessions, attendance_findings, persistent, together_missed
from itrack.reports.rules.measure import AT_EXPECTED
from itrack.reports.rules.tally import SubjectTally
from itrack.schools.api import school_row
from tests.cast import NOW
from tests.reports.school import Oakfield
from tests.reports.test_attainment_page import words

PAGE, NAMES = "/reports/attendance", "/reports/attendance/names"
COLUMNS = ("possible", "authorised", "attended", "unauthorised")
drawn_sessions = st.integers(1, 400).flatmap(lambda possible: st.tuples(st.just(possible), st.integers(0, possible)))


@given(st.lists(drawn_sessions, min_size=1, max_size=40))
def test_overall_absence_is_pooled_and_every_pupil_is_in_one_band(drawn):
    known = {pupil: Sessions(*pair) for pupil, pair in enumerate(drawn)}

    pooled = together_missed(known.values())

    assert pooled is not None
    assert pooled.rate == Fraction(sum(missed for _, missed in drawn), sum(possible for possible, _ in drawn))
    assert persistent(known) == {pupil for pupil, (possible, missed) in enumerate(drawn) if 10 * missed >= possible}
    for one in known.values():
        assert sum(band.holds(one) for band in ABSENCE_BANDS) == 1


def test_of_nobody_there_is_no_rate():
    assert together_missed([]) is None


def told(oakfield: Oakfield, rows: dict[int, tuple[int, int, int]], *, year: int = 2025, other: bool = False) -> None:
    """Gives pupils (possible, authorised, unauthorised) sessions, here or at another school, since September."""
    with writing(oakfield.cast.oakfield):
        here = school_row(school=oakfield.cast.oakfield)
        number = ("999", "9999") if other else (here.la, here.estab)
        deed = oakfield.cast.deed("olu", at=datetime(2026, 9, 3, 9, tzinfo=UTC))
        lines = [
            (pupil, year, *number, possible, authorised, possible - authorised - unauthorised, unauthorised)
            for pupil, (possible, authorised, unauthorised) in rows.items()
        ]
        key = ("pupil_id", "year", "la", "estab")
        merge(AttendanceYear, deed=deed, key=key, values=COLUMNS, rows=lines)


def asked(oakfield: Oakfield, subject: str = "Reading", *, as_at: date | None = None, **choices: str) -> dict:
    with reading(oakfield.cast.oakfield):
        return report_data(
            "attendance", viewer=oakfield.cast.hana, year=None, point=None, subject=subject, group=None, as_at=as_at,
            now=NOW, names=True, choices=choices,
        )  # fmt: skip


def test_sessions_at_another_school_are_not_ours_and_that_is_said(oakfield):
    told(oakfield, {oakfield.amara: (380, 10, 0)})
    told(oakfield, {oakfield.amara: (100, 90, 0), oakfield.toby: (100, 50, 0)}, other=True)

    found = asked(oakfield)

    assert found["tables"][0]["rows"][0]["Sessions possible"] == 380
    reasons = {row["pupil"]: row["reason"] for row in found["out"] if row["where"] == "Sessions"}
    assert reasons["Barleycorn, Toby"] == "Sessions of 2025/26 at another school alone"
    assert reasons["Cobnut, Leo"] == "No file told of sessions in 2025/26"


def test_the_year_is_the_last_one_there_are_totals_of_and_another_can_be_asked_for(oakfield):
    told(oakfield, {oakfield.amara: (380, 10, 0)})
    told(oakfield, {oakfield.amara: (370, 70, 0)}, year=2024)

    assert asked(oakfield)["finding"].startswith("In 2025/26, 1 pupil in the school missed 2.6% of their sessions")
    assert asked(oakfield, sessions="2024")["tables"][0]["rows"][0]["Sessions missed"] == 70


def test_totals_that_came_later_are_not_told_as_it_stood_before(oakfield):
    told(oakfield, {oakfield.amara: (380, 10, 0)})

    assert asked(oakfield, as_at=date(2026, 9, 2)).get("empty", "").startswith("No ")
    assert asked(oakfield, as_at=date(2026, 11, 20))["counted"] == 1


def test_without_totals_the_page_says_that_no_file_brought_any(oakfield):
    client = oakfield.cast.client("hana")

    said = words(client.get(PAGE).content.decode())

    assert "No sessions yet" in said
    assert "No transfer file has brought totals of sessions for 2026/27." in said
    assert client.get(PAGE, {"sessions": "1999"}).status_code == 400
    assert client.get(f"{PAGE}.xlsx").status_code == 200


def finding(rates: list[int], secure: set[int], marked: set[int], in_view: int = 0) -> list[str]:
    """Of pupils who missed so many of 100 sessions each."""
    known = {pupil: Sessions(100, missed) for pupil, missed in enumerate(rates)}
    bands = {"below": marked - secure, "towards": set(), "expected": secure, "greater": set()}
    one = SubjectTally(1, "Reading", {band: frozenset(some) for band, some in bands.items()}, {})
    told = attendance_findings(
        known, one, AT_EXPECTED, year="2025/26", where="in Year 4", in_view=in_view or len(rates)
    )
    return [found.text for found in told]


def test_the_sentence_says_both_rates_and_claims_no_cause():
    assert finding([20] * 5 + [2] * 15, set(range(3)) | set(range(5, 17)), set(range(20)), 22) == [
        "In 2025/26, 20 pupils in Year 4 missed 6.5% of their sessions (130 of 2,000). "
        "5 of them missed 10% or more, which is persistent absence (25%).",
        "Of those of them with a mark, 3 of 5 are at expected or above in reading (60%); of the others, 12 of 15 "
        "(80%). That does not say that the one comes of the other.",
        "2 pupils in view have no totals and are left out.",
    ]


@pytest.mark.parametrize(
    ("rates", "marked"),
    [([20] * 4 + [2] * 16, 20), ([20] * 5 + [2] * 15, 3), ([2] * 20, 20)],
    ids=["few are often absent", "few of them have a mark", "nobody is often absent"],
)
def test_attainment_is_not_compared_where_the_figures_do_not_bear_it(rates, marked):
    [only] = finding(rates, set(), set(range(marked)))

    assert "expected" not in only


def test_nobody_is_often_absent_and_few_are_counted():
    assert finding([0, 0], set(), set(), 2) == [
        "In 2025/26, 2 pupils in Year 4 missed 0.0% of their sessions (0 of 200). "
        "None of them missed 10% or more, which is persistent absence (0%).",
        "Fewer than 5 pupils are counted: read it with care.",
    ]


def test_the_page_leads_to_names_and_keeps_to_its_readers(oakfield):
    told(oakfield, {oakfield.amara: (380, 50, 0), oakfield.maud: (380, 5, 0)})
    client = oakfield.cast.client("hana")
    page = client.get(PAGE).content.decode()

    links = re.findall(rf'<a href="({NAMES}[^"]+cell[^"]+)">(\d+)<span', page)

    assert links
    for link, figure in links:
        assert f": {figure} pupil" in words(client.get(link.replace("&amp;", "&")).content.decode()), link
    often = client.get(NAMES, {"cell": "all-all.persistent"}).content.decode()
    assert "Amara Acorn 4B 13.2%, 50 of 380 sessions" in words(often)
    assert oakfield.cast.client("gus").get(PAGE).status_code == 403
    assert "Maud" not in words(oakfield.cast.client("tom").get(PAGE).content.decode())
    assert "Amara" not in words(oakfield.cast.client("theo").get(PAGE).content.decode())
