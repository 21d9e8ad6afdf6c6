"""Dated circumstances, attendance and earlier schools: kept by their keys, or left out with a warning."""

from datetime import date

from itrack.imports.rules.rows import AttendanceRow, CircumstanceRow, PupilRow, SchoolSpellRow
from tests.imports.ctf_maker import admitted, basic_details, ctf, element, header, opened, pupil, read, texts


def meals(**parts: str) -> str:
    return element("FSMhistory", element("FSMinstance", texts(parts)))


def needs(**parts: str) -> str:
    return element("SENhistory", element("SEN", texts(parts)))


def everything() -> PupilRow:
    """A pupil with one circumstance of each kind that England has."""
    return admitted(
        meals(
            FSMstartDate="2022-04-25",
            FSMEligibilityVerificationDate="2026-06-01",
            FSMendDate="2026-07-20",
            UKcountry="ENG",
            FSMCategory="TFSM",
        ),
        element(
            "SENhistory",
            element("SEN", texts({"StartDate": "2021-07-21", "SENprovision": "K"})),
            element("SENneeds", element("SENneed", texts({"SENtypeRank": "1", "SENtype": "SLCN"}))),
        ),
        basic_details(NCyearActual="5"),
        element("LookedAfter", texts({"InCare": "true", "CareAuthority": "823"})),
        element("ServiceChild", "Y"),
    )


def test_circumstances_carry_their_keys_and_dates() -> None:
    row = everything()

    assert set(row.circumstances) == {
        CircumstanceRow(
            "fsm", "2022-04-25|ENG", "ENG", "TFSM", None,
            date(2022, 4, 25), date(2026, 7, 20), date(2026, 6, 1), recognised=True,
        ),
        CircumstanceRow("sen", "2021-07-21", "K", "", None, date(2021, 7, 21), None, None, recognised=True),
        CircumstanceRow("sen_need", "SLCN", "SLCN", "", 1, None, None, None, recognised=True),
        CircumstanceRow("year", "2026", "5", "", None, date(2026, 9, 1), date(2027, 8, 31), None, recognised=True),
        CircumstanceRow("care", "", "yes", "823", None, None, None, None, recognised=True),
        CircumstanceRow("service", "", "Y", "", None, None, None, None, recognised=True),
    }  # fmt: skip
    assert row.warnings == ()


def test_a_bad_end_date_costs_the_date_and_a_bad_start_date_costs_the_row() -> None:
    kept = admitted(needs(StartDate="2022-04-25", EndDate="2022-13-01", SENprovision="K"))
    lost = admitted(needs(StartDate="2022-13-01", EndDate="2022-04-25", SENprovision="K"))

    assert [spell.ends for spell in kept.circumstances] == [None]
    assert lost.circumstances == ()


def test_a_spell_that_ends_before_it_starts_is_left_out() -> None:
    assert admitted(meals(FSMstartDate="2022-04-25", FSMendDate="2022-04-24")).circumstances == ()


def test_needs_beside_the_history_are_read_like_needs_inside_it() -> None:
    row = admitted(element("SENneeds", element("SENneed", texts({"SENtype": "HI", "SENtypeRank": "2"}))))

    assert [(need.key, need.rank) for need in row.circumstances] == [("HI", 2)]


def test_one_key_makes_one_circumstance() -> None:
    twice = (
        texts({"StartDate": "2022-04-25", "SENprovision": "K"}),
        texts({"StartDate": "2022-04-25", "SENprovision": "E"}),
    )

    row = admitted(element("SENhistory", *(element("SEN", spell) for spell in twice)))

    assert [spell.code for spell in row.circumstances] == ["K"]
    assert "twice" in row.warnings[0]


def test_a_year_group_needs_an_academic_year_and_takes_it_from_the_day_the_file_was_made() -> None:
    (row,) = read(pupil(basic_details(NCyearActual="R")), head=header(year=None))

    assert [(year.key, year.code) for year in row.circumstances] == [("2026", "R")]


def test_welsh_parts_are_read_and_old_stages_stay_what_they_were() -> None:
    needs_row = element("ALNneeds", element("ALNType", "SLCD"), element("ALNType", "QQQ"))
    welsh = texts({"SpeakWelsh": "1", "EALAcquisition": "C", "ALNDecisionOutcome": "IDP", "ALNSupportPlan": "C"})

    row = admitted(element("NAWdetails", welsh, needs_row), needs(StartDate="2022-11-07", SENprovision="A"))

    found = {(one.kind, one.code, one.detail, one.recognised) for one in row.circumstances}
    assert found == {
        ("sen", "A", "", True),
        ("aln", "IDP", "C", True),
        ("aln_need", "SLCD", "", True),
        ("aln_need", "QQQ", "", False),
        ("eal_stage", "C", "", True),
    }
    assert row.warnings == ()


def test_yearly_attendance_is_kept_and_daily_marks_are_read_past() -> None:
    sessions = {"SessionsPossible": "378", "SessionsAuthorised": "20", "SessionsAttended": "353"}
    marks = element("AttendSessions", texts({"AttendanceMarks": "/\\/\\"}))
    year = element(
        "YearData",
        texts({"Year": "2024", "LEA": "823", "Estab": "2998", **sessions, "SessionsUnauthorised": "5"}),
        marks,
    )
    file = opened(ctf(pupil(element("Attendance", year))))

    (row,) = file

    assert row.attendance == (AttendanceRow(2024, "823", "2998", 378, 20, 353, 5),)
    assert file.ignored == {"Pupil/Attendance/YearData/AttendSessions": 1}


def test_a_total_with_a_number_missing_is_not_guessed() -> None:
    row = admitted(element("Attendance", element("YearData", texts({"Year": "2024", "SessionsPossible": "378"}))))

    assert row.attendance == ()
    assert "does not give all its numbers" in row.warnings[0]


def test_earlier_schools_are_kept_in_order_without_needing_a_leaving_date() -> None:
    def school(**parts: str) -> str:
        return element("School", texts(parts))

    row = admitted(
        element(
            "SchoolHistory",
            school(
                LEA="823", Estab="2001", SchoolName="Brook Infants", EntryDate="2020-09-03", LeavingDate="2023-07-20"
            ),
            school(LEA="823", Estab="2998", EntryDate="2023-09-04", LastSchool="true"),
            school(LEA="823", Estab="2999", EntryDate="2023-09-04", LeavingDate="2022-01-01"),
        )
    )

    assert row.schools == (
        SchoolSpellRow("823", "2001", "", "Brook Infants", date(2020, 9, 3), date(2023, 7, 20), "", None),
        SchoolSpellRow("823", "2998", "", "", date(2023, 9, 4), None, "", last_school=True),
    )
    assert "ends before it begins" in row.warnings[0]


def year_of_attendance(**parts: str) -> str:
    told = {"Year": "2024", "LEA": "823", "Estab": "2998", "SessionsPossible": "378", "SessionsAuthorised": "20"}
    return element("YearData", texts(told | {"SessionsAttended": "353", "SessionsUnauthorised": "5"} | parts))


def test_two_totals_of_one_year_that_differ_leave_the_first_and_say_so() -> None:
    row = admitted(element("Attendance", year_of_attendance(), year_of_attendance(SessionsAttended="350")))

    assert [year.attended for year in row.attendance] == [353]
    assert "is in the file twice and differs. The first is kept." in row.warnings[0]


def test_more_sessions_than_were_possible_are_kept_and_told() -> None:
    row = admitted(element("Attendance", year_of_attendance(SessionsAttended="377")))

    assert [year.attended for year in row.attendance] == [377]
    assert "counts more sessions than were possible. It is kept." in row.warnings[0]


def test_a_need_without_a_code_says_nothing() -> None:
    row = admitted(element("SENneeds", element("SENneed", texts({"SENtypeRank": "1"}))))

    assert row.circumstances == ()


def test_a_year_group_of_no_known_year_is_left_out_with_a_warning() -> None:
    undated = header(year=None).replace("2026-11-20T09:05:00", "")

    row = admitted(basic_details(NCyearActual="5"), head=undated)

    assert row.circumstances == ()
    assert row.warnings == ("Year group 5 is left out: the file does not say for which academic year.",)
