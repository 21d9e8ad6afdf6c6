"""A report to parents on paper, in the school's name: its legal items in the order of the law, one sheet a pupil."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from datetime import datetime

from itrack.foundation.clock import day_of
from itrack.parents.rules.report import ForSchool, Report, State
from itrack.ui.pdf.blocks import Block, Cell, Facts, Head, Heading, Line, Register, Sheet, Words
from itrack.ui.pdf.setting import as_pdf
from itrack.ui.words import long_date, percent

NONE_YET = "Nothing has been written yet."
NO_ATTENDANCE = "The record has no attendance for this year yet."
DRAFT = "Draft, not yet read by the head. "


def reports_pdf(
    reports: Sequence[Report], *, school: str, title: str, beside: ForSchool, logo: bytes, at: datetime
) -> bytes:
    """One file, a sheet a pupil, at least one. Its title names nobody; `title` is the year's, "2026/27"."""
    sheets = [report_sheet(one, school=school, title=title, beside=beside, logo=logo, at=at) for one in reports]
    return as_pdf(sheets, title=f"Annual reports to parents, {title}, {school}", at=at)


def report_sheet(report: Report, *, school: str, title: str, beside: ForSchool, logo: bytes, at: datetime) -> Sheet:
    draft = "" if report.state == State.READ else DRAFT
    return Sheet(
        title=f"Annual report to parents, {title}",
        heading=report.name,
        lead=f"{school}. Annual report to parents, {title}. {report.place}.",
        school=school,
        made=f"{draft}Annual report {title}, made on {long_date(day_of(at))}",
        logo=picture_of(logo),
        large=True,
        blocks=list(_blocks(report, beside)),
    )


def picture_of(logo: bytes) -> str:
    """The PNG inside an SVG, which is how the typesetter takes a picture as text; "" for none."""
    if not logo:
        return ""
    width, height = (int.from_bytes(logo[at : at + 4]) for at in (16, 20))  # where a PNG says its size
    data = b64encode(logo).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    )


def _blocks(report: Report, beside: ForSchool) -> Iterator[Block]:
    yield Heading("General progress")
    yield Words(report.general or NONE_YET)
    yield Heading("Subjects")
    heads = [Head("Subject"), Head("Working at"), Head("Comment", grow=True)]
    lines = [
        Line([Cell(one.name, strong=True), Cell(one.achieved or "–"), Cell(one.comment or "–")])
        for one in report.subjects
    ]
    yield Register("Achievements by subject", heads, [("", lines)])
    yield from _results(report, beside)
    yield from _attendance(report)
    yield Heading("Talking about this report")
    teacher = f"{report.teacher} is the class teacher." if report.teacher else ""
    yield Words("\n\n".join(part for part in (beside.words.discuss, teacher) if part) or NONE_YET)


def _results(report: Report, beside: ForSchool) -> Iterator[Block]:
    if not report.told:
        return
    yield Heading("National assessments")
    heads = [Head("Assessment"), Head("When"), Head("Result"), Head("In words")]
    lines = [Line([Cell(text) for text in (one.title, one.when, one.result, one.meaning)]) for one in report.told]
    yield Register("Results of this year", heads, [("", lines)])
    if report.is_end_of_key_stage and beside.compared:
        lines = [Line([Cell(title), Cell(value)]) for title, value in beside.compared]
        yield Register("In this school", [Head("Measure"), Head("Pupils", numeric=True)], [("", lines)])
        if beside.words.national:
            yield Words(beside.words.national, lead="In England.")


def _attendance(report: Report) -> Iterator[Block]:
    if report.is_reception and report.attendance is None:
        return
    yield Heading("Attendance")
    told = report.attendance
    if told is None:
        yield Words(NO_ATTENDANCE)
        return
    yield Facts(
        [
            ("Attended", f"{told.attended} of {told.possible} sessions ({percent(told.attended, told.possible)})"),
            ("Absent with leave", f"{told.authorised} sessions ({percent(told.authorised, told.possible)})"),
            ("Absent without leave", f"{told.unauthorised} sessions ({percent(told.unauthorised, told.possible)})"),
        ]
    )
    yield Words(f"Sessions are half days, of the year the record calls {told.year}.", small=True)
