"""A transfer file with one pupil of each kind, for the office to drop: new, changed, in conflict, refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from itrack.config.demo.roll import roll_of
from itrack.config.demo.schools import OAKFIELD
from tests.imports.ctf_maker import basic_details, ctf, element, header, pupil, result, results, texts, upn

NEWCOMER = "Thistlewood, Ottilie"
HERE = {"LEA": OAKFIELD.la, "Estab": OAKFIELD.estab, "SchoolName": OAKFIELD.name, "EntryDate": "2026-09-07"}
HOUSEHOLD = (
    element("Address", texts({"PostCode": "ZZ99 3VZ"})),
    element("Contacts", element("Contact", texts({"Surname": "Thistlewood", "Forename": "Aldous"}))),
)


@dataclass(frozen=True, slots=True)
class OnRoll:
    """A pupil of Year 4 as the demo school holds them, by the plain facts alone."""

    upn: str
    surname: str
    forename: str
    dob: str
    sex: str
    later_dob: str

    def told(self) -> dict[str, str]:
        return {"upn": self.upn, "surname": self.surname, "forename": self.forename, "dob": self.dob, "sex": self.sex}


def year_4() -> list[OnRoll]:
    """Who began in Reception with everybody else and goes by their legal name."""
    plain = [
        child
        for child in roll_of(OAKFIELD)
        if child.year_group(2026) == "4"
        and child.entry.year == child.reception
        and not (child.leaving or child.temporary_upn or child.preferred_forename or child.preferred_surname)
    ]
    return [
        OnRoll(
            child.upn,
            child.surname,
            child.forename,
            child.born.isoformat(),
            child.sex,
            (child.born + timedelta(days=31)).isoformat(),
        )
        for child in plain
    ]


def transfer_file(changed: OnRoll, conflict: OnRoll, *, newcomer: int, forename: str = "Ottilie") -> bytes:
    """From Oakfield to Oakfield. `newcomer` is the serial of the new pupil's UPN, `forename` their name."""
    number = upn(newcomer)
    wrong = ("A" if number[0] != "A" else "B") + upn(newcomer + 500)[1:]
    phonics = result(Year="2024", Subject="ENG", Method="TT", Component="PHO", ResultQualifier="NM", Result="36")
    pupils = (
        pupil(
            basic_details(NCyearActual="4", Ethnicity="WBRI"),
            *HOUSEHOLD,
            results(phonics, stage="KS1"),
            element("SchoolHistory", element("School", texts(HERE))),
            upn=number,
            forename=forename,
            dob="2018-02-11",
        ),
        pupil(basic_details(PreferredForename="Bobbin"), *HOUSEHOLD[:1], **changed.told()),
        pupil(**(conflict.told() | {"dob": conflict.later_dob})),
        pupil(upn=wrong, surname="Wrongletter", forename="Una"),
    )
    ours = header(la=OAKFIELD.la, estab=OAKFIELD.estab)
    ours = ours.replace("2996", OAKFIELD.estab).replace("Millbrook Primary School", OAKFIELD.name)
    return ctf(*pupils, head=ours).encode()


def as_upload(content: bytes) -> dict[str, object]:
    """What a browser's file field is given."""
    return {"name": "8232001_CTF_8232001_001.xml", "mimeType": "text/xml", "buffer": content}
