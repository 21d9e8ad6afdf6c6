"""All that is kept of one pupil but their marks, for the page of that pupil."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from itrack.pupils.models import AttendanceYear, Circumstance, Enrolment, Pupil, SchoolSpell
from itrack.pupils.queries.facts import BY, source
from itrack.pupils.queries.roll import PupilLine, pupil_line
from itrack.pupils.queries.standing import covers
from itrack.pupils.rules_circumstances import KINDS, LANGUAGES, InWords, in_words
from itrack.pupils.rules_circumstances import Circumstance as Told
from itrack.pupils.rules_reasons import source_in_words
from itrack.schools.api import year_title


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """A year's sessions in one school. `year` is the file's, taken for the one in which a school year starts."""

    year: int
    school: str
    possible: int
    attended: int
    authorised: int
    unauthorised: int

    @property
    def title(self) -> str:
        return year_title(self.year)


@dataclass(frozen=True, slots=True)
class StayRow:
    """A stay at a school; `number` is its local authority and establishment number."""

    name: str
    number: str
    entry: date | None
    leaving: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class PupilRecord:
    """`line` is the pupil as lists show them; the names here are the legal ones. `on_roll_since` None: not on roll."""

    line: PupilLine
    upn: str
    former_upn: str
    surname: str
    forenames: str
    dob: date
    sex: str
    language: str
    on_roll_since: date | None
    circumstances: list[InWords]
    attendance: list[AttendanceRow]
    schools: list[StayRow]


def pupil_record(*, school: int, pupil: int, on: date, year: int, hidden: Collection[str]) -> PupilRecord | None:
    """`hidden` are the kinds of circumstance not to be told. None for an id the school does not know."""
    known = Pupil.objects.filter(school_id=school, pk=pupil).first()
    line = pupil_line(school=school, pupil=pupil, on=on, year=year)
    if known is None or line is None:
        return None
    stays = _stays(school, pupil)
    return PupilRecord(
        line,
        known.upn,
        known.former_upn,
        known.legal_surname,
        " ".join(name for name in (known.legal_forename, known.middle_names) if name),
        known.dob,
        known.get_sex_display(),
        LANGUAGES.get(known.first_language, known.first_language),
        _since(school, pupil, on),
        _circumstances(school, pupil, hidden),
        _attendance(school, pupil, {stay.number: stay.name for stay in stays}),
        stays,
    )


def _since(school: int, pupil: int, on: date) -> date | None:
    spells = Enrolment.objects.filter(covers(on), school_id=school, pupil_id=pupil, ended_at__isnull=True)
    return spells.order_by("starts").values_list("starts", flat=True).first()


def _circumstances(school: int, pupil: int, hidden: Collection[str]) -> list[InWords]:
    """By kind in the order pages use, the latest spell first, needs by rank. Year groups are told elsewhere."""
    kinds = [kind for kind in KINDS if kind not in hidden]
    rows = Circumstance.objects.filter(school_id=school, pupil_id=pupil, kind__in=kinds, ended_at__isnull=True)
    fields = ("kind", "code", "detail", "rank", "starts", "ends", "checked_on", "recognised")
    told = [
        Told(**dict(zip(fields, row, strict=False)), source=source_in_words(source(row[-len(BY) :])))
        for row in rows.values_list(*fields, *BY)
    ]
    told.sort(key=lambda row: row.starts or date.min, reverse=True)
    told.sort(key=lambda row: (kinds.index(row.kind), row.rank or 0))
    return [in_words(row) for row in told]


def _attendance(school: int, pupil: int, names: dict[str, str]) -> list[AttendanceRow]:
    """The latest year first; a school is named when the pupil's history names it."""
    rows = AttendanceYear.objects.filter(school_id=school, pupil_id=pupil, ended_at__isnull=True)
    fields = ("possible", "attended", "authorised", "unauthorised")
    told = rows.order_by("-year", "la", "estab").values_list("year", "la", "estab", *fields)
    return [
        AttendanceRow(year, names.get(_number(la, estab), "") or _number(la, estab), *sessions)
        for year, la, estab, *sessions in told
    ]


def _stays(school: int, pupil: int) -> list[StayRow]:
    """The latest first; a stay without a first day last."""
    rows = SchoolSpell.objects.filter(school_id=school, pupil_id=pupil, ended_at__isnull=True)
    told = rows.values_list("name", "la", "estab", "entry", "leaving", "reason")
    stays = [
        StayRow(name, _number(la, estab), entry, leaving, reason) for name, la, estab, entry, leaving, reason in told
    ]
    return sorted(stays, key=lambda stay: (stay.entry or date.min, stay.leaving or date.max), reverse=True)


def _number(la: str, estab: str) -> str:
    return "/".join(part for part in (la, estab) if part)


def attendance_of(*, school: int, pupils: Collection[int], year: int) -> dict[int, AttendanceRow]:
    """The sessions of the academic year that starts in `year`, over all schools, of each pupil of whom they are known.

    A file may name a year by its end: a row of the year after can only be that, so it goes before one of the year.
    """
    rows = AttendanceYear.objects.filter(
        school_id=school, pupil_id__in=list(pupils), year__in=(year, year + 1), ended_at__isnull=True
    )
    fields = ("pupil_id", "year", "possible", "attended", "authorised", "unauthorised")
    found: dict[int, AttendanceRow] = {}
    for pupil, named, *sessions in rows.order_by("pupil_id", "year").values_list(*fields):
        held = found.get(pupil)
        before = (held.possible, held.attended, held.authorised, held.unauthorised) if held else (0, 0, 0, 0)
        if held and held.year != named:
            before = (0, 0, 0, 0)
        found[pupil] = AttendanceRow(named, "", *(a + b for a, b in zip(before, sessions, strict=True)))
    return found
