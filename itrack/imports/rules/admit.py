"""Decides about one pupil at a time: a row to store, or a rejection with its reason. One never holds up another.

Turned away: a UPN that cannot be one, no surname or forename, no date of birth that can be, a UPN the file has had
before. Everything else that is odd is a warning: what was odd is kept as written or left out, and the warning says
which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from itrack.imports.rules import codes
from itrack.imports.rules.circumstances import circumstances
from itrack.imports.rules.histories import attendance, schools
from itrack.imports.rules.results import settled
from itrack.imports.rules.rows import PupilRow, Rejected
from itrack.imports.rules.text import day, spoken
from itrack.pupils.rules import has_known_authority, why_not_a_upn

if TYPE_CHECKING:
    from datetime import date

    from itrack.imports.rules.raw import Facts, RawPupil

NAMELESS: Final = "(no name in the file)"
OLDEST: Final = 25  # years; beyond this a date of birth is more likely mistyped than true

_NEEDED: Final = {
    "upn": "UPN",
    "legal_surname": "Surname",
    "legal_forename": "Forename",
    "dob": "Date of birth",
}
_OPTIONAL_NAMES: Final = ("middle_names", "preferred_surname", "preferred_forename")
_CODES: Final = (
    ("ethnicity", codes.ETHNICITIES, "ethnicity"),
    ("enrol_status", codes.ENROLMENTS, "enrolment status"),
)
_LABELS: Final = {
    "former_upn": "former UPN",
    "sex": "sex",
    "ethnicity": "ethnicity",
    "enrol_status": "enrolment status",
    "middle_names": "middle names",
    "preferred_surname": "preferred surname",
    "preferred_forename": "preferred forename",
    "name": "name of a school",
}


class Admission:
    """Admits the pupils of one file. Remembers at which line each admitted UPN stood, to notice the second."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._lines: dict[str, int] = {}

    def admit(self, raw: RawPupil) -> PupilRow | Rejected:
        """The pupil as a row, or rejected with the first reason found."""
        upn = raw.texts.get("upn", "").upper()
        if fault := self._fault(raw, upn):
            return Rejected(raw.line, _written_name(raw), *fault)
        if upn:
            self._lines[upn] = raw.line
        return self._row(raw, upn)

    def _fault(self, raw: RawPupil, upn: str) -> tuple[str, str] | None:
        if raw.unfit and (fault := _unfit_fault(raw)):
            return fault
        if upn and (reason := why_not_a_upn(upn)):
            return "UPN", reason
        for key in ("legal_surname", "legal_forename"):
            if not raw.texts.get(key):
                return _NEEDED[key], f"The pupil has no {_NEEDED[key].lower()} in the file."
        if reason := _why_not_born(raw.texts.get("dob", ""), self._facts.today):
            return "Date of birth", reason
        if upn and (first := self._lines.get(upn)):
            return "UPN", f"The pupil at line {first} has the same UPN. That one is read, this one is not."
        return None

    def _row(self, raw: RawPupil, upn: str) -> PupilRow:
        if upn and not has_known_authority(upn):
            raw.warnings.append(f"The UPN names local authority {upn[1:4]}, which we do not know. The UPN is kept.")
        for key, why in raw.unfit.items():
            raw.warnings.append(f"The {_LABELS.get(key, 'text of one entry')} {why}. It is left out.")
        return PupilRow(
            line=raw.line,
            upn=upn,
            former_upn=_former_upn(raw, upn) if "former_upn" in raw.texts else "",
            fields=_fields(raw, self._facts),
            circumstances=circumstances(raw, self._facts),
            results=settled(raw),
            attendance=attendance(raw) if "attendance" in raw.rows else (),
            schools=schools(raw) if "school" in raw.rows else (),
            warnings=tuple(raw.warnings),
        )


def _written_name(raw: RawPupil) -> str:
    names = (raw.texts.get("legal_forename"), raw.texts.get("legal_surname"))
    return " ".join(name for name in names if name) or NAMELESS


def _unfit_fault(raw: RawPupil) -> tuple[str, str] | None:
    for key, label in _NEEDED.items():
        if why := raw.unfit.get(key):
            return label, f"The {label if label == 'UPN' else label.lower()} {why}."
    return None


def _why_not_born(text: str, today: date) -> str:
    """What is wrong with this date of birth, as a sentence; "" when nothing is."""
    if not text:
        return "The pupil has no date of birth in the file."
    if (born := day(text)) is None:
        return f"The date of birth is written “{text}”. It needs to be a day of the calendar, as in 2015-04-23."
    if born > today:
        return f"The date of birth is {spoken(born)}, which is still to come."
    return ""


def _former_upn(raw: RawPupil, upn: str) -> str:
    former = raw.texts["former_upn"].upper()
    if not former or former == upn:
        return ""
    if why_not_a_upn(former):
        raw.warnings.append("The former UPN is not one a pupil can have had. It is left out.")
        return ""
    return former


def _fields(raw: RawPupil, facts: Facts) -> dict[str, str]:
    """What the file states of the pupil. A blank says "there is none" only of an optional name in a full file."""
    texts = raw.texts
    fields = {key: texts[key] for key in ("legal_surname", "legal_forename")}
    fields["dob"] = texts["dob"][:10]
    for key in _OPTIONAL_NAMES:
        if texts.get(key) or (facts.full and key in texts):
            fields[key] = texts[key]
    if sex := _sex(raw):
        fields["sex"] = sex
    _add_codes(raw, fields)
    if texts["dob"] < f"{facts.today.year - OLDEST}":
        raw.warnings.append(f"The date of birth is more than {OLDEST} years ago. It is kept.")
    return fields


def _sex(raw: RawPupil) -> str:
    written = raw.texts.get("sex", "")
    if not written or (sex := written.upper()) in codes.SEXES:
        return written and sex
    raw.warnings.append(f"The sex is written “{written}”. Only M and F can be read, so it is left open.")
    return ""


def _add_codes(raw: RawPupil, fields: dict[str, str]) -> None:
    for key, known, label in _CODES:
        if code := raw.texts.get(key, ""):
            fields[key] = code.upper() if code.upper() in known else code
            if code.upper() not in known:
                raw.warnings.append(f"The {label} “{code}” is not on our list. It is kept as written.")
    for row in raw.rows.get("language", ()):
        if row.get("type", "F") == "F" and row.get("language"):
            fields.setdefault("first_language", row["language"].upper())
