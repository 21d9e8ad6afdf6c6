"""The preview in words a school secretary understands: what an element is called, what a change is about."""

import re
from datetime import date

from itrack.pupils.rules_circumstances import LANGUAGES

FIELDS = {
    "upn": "UPN",
    "former_upn": "Former UPN",
    "legal_surname": "Legal surname",
    "legal_forename": "Legal forename",
    "middle_names": "Middle names",
    "preferred_surname": "Preferred surname",
    "preferred_forename": "Preferred forename",
    "dob": "Date of birth",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "first_language": "First language",
    "enrol_status": "Enrolment",
}
FACTS = {
    "fsm": "Free school meals",
    "sen": "SEN provision",
    "sen_need": "SEN need",
    "year": "Year group",
    "care": "Looked after",
    "service": "Service child",
    "aln": "Decision on learning needs",
    "aln_need": "Additional learning need",
    "eal_stage": "Stage of English or Welsh",
    "attendance": "Sessions",
    "school": "School attended",
    "roll": "On the roll here",
    "result": "Result",
}
COLUMN = "column:"  # before the name of a spreadsheet's column that was read past
# What a field's codes mean; one that is not here is shown as the file has it.
MEANT = {
    "sex": {"F": "Female", "M": "Male"},
    "first_language": LANGUAGES,
    "enrol_status": {"C": "Current", "G": "Guest", "M": "Main school of two", "S": "Second school of two"},
}
IGNORED = {
    "Pupil/Address": "Addresses",
    "Pupil/Phones": "Pupils’ telephone numbers",
    "Pupil/Email": "Pupils’ e-mail addresses",
    "Pupil/Contacts": "Parents’ and carers’ details",
    "Pupil/UniqueLearnerNumber": "Unique learner numbers",
    "Pupil/UCI": "Exam candidate numbers",
    "Pupil/BasicDetails/MedicalFlag": "Medical flags",
    "Pupil/BasicDetails/Disabilities": "Disabilities",
    "Pupil/BasicDetails/EthnicitySource": "Who stated the ethnicity",
    "Pupil/BasicDetails/FormerSurname": "Former surnames",
    "Pupil/BasicDetails/FormerForename": "Former forenames",
    "Pupil/BasicDetails/EnrolStatus": "Enrolment statuses",
    "Pupil/Attendance/YearData/AttendSessions": "Daily attendance marks",
    "Pupil/Attendance/YearData/SchoolName": "School names beside attendance",
    "Pupil/NAWdetails/SpeakWelsh": "Who speaks Welsh",
    "Pupil/NAWdetails/HomeWelsh": "Welsh at home",
    "Pupil/NAWdetails/NationalIdentity": "National identities",
    "Pupil/NAWdetails/WelshSource": "Who stated the Welsh spoken",
    "Pupil/NAWdetails/ALNDecisionBody": "Who decided on additional learning needs",
    "Pupil/NAWdetails/EthnicitySource": "Who stated the ethnicity (Wales)",
}


def meant(what: str, text: str) -> str:
    """The value of this field for a person: "F" is "Female", "2018-05-03" is "3 May 2018", nothing is a dash."""
    return MEANT.get(what, {}).get(text) or said(text)


# "ALNDecisionBody" → ALN, Decision, Body
WORDS_OF_A_NAME = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^A-Z]+")


def what_differs(what: str) -> str:
    """ "legal_surname" → "Legal surname"; "sen:2025-09-01" → "SEN provision, 1 September 2025"."""
    kind, _, key = what.partition(":")
    if kind in FIELDS:
        return FIELDS[kind]
    words = FACTS.get(kind, "Record")
    return ", ".join([words, *filter(None, map(_part, key.replace("|", ":").split(":")))])


def _part(part: str) -> str:
    day = _day(part)
    return f"{day.day} {day:%B %Y}" if day else part


def _day(part: str) -> date | None:
    try:
        return date.fromisoformat(part) if len(part) == len("2025-09-01") else None
    except ValueError:
        return None


def said(text: str) -> str:
    """A value for a person: a dash for nothing, a date in words."""
    return " ".join(_part(part) for part in text.split()) or "–"


def ignored_words(path: str) -> str:
    """What an element read past is called; one nobody knows keeps the file's name for it, its words apart."""
    if path in IGNORED:
        return IGNORED[path]
    if path.startswith(COLUMN):
        return path.removeprefix(COLUMN)
    first, *rest = WORDS_OF_A_NAME.findall(path.rsplit("/", 1)[-1]) or [path]
    return " ".join([first, *(word.lower() if word[1:].islower() else word for word in rest)])
