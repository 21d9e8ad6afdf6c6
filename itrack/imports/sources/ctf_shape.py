"""The parts of a pupil's record that are kept, as one table. What is not in the table is read past and counted.

Addresses, phones, e-mail, contacts, medical flags, daily attendance marks and learner numbers are absent on purpose:
we store only what the product needs. Element names follow the format, ours stand to the right of them.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Part(NamedTuple):
    """An element with parts of its own. With `kind`, each such element makes a row; `own` keeps its own text."""

    shape: Shape
    kind: str = ""
    own: str = ""


type Shape = dict[str, str | Part]

_NEEDS: Final = Part(
    {"SENneed": Part({"SENtypeRank": "rank", "SENtype": "code"}, kind="sen_need")},
)

RESULT: Final = Part(
    {
        "Locale": "locale",
        "Year": "year",
        "Subject": "subject",
        "Method": "method",
        "Component": "component",
        "ResultStatus": "status",
        "ResultQualifier": "qualifier",
        "Result": "result",
        "ResultDate": "result_date",
    }
)
KEY_STAGE: Final = Part({"Stage": "stage", "StageAssessment": RESULT})

PUPIL: Final = Part(
    {
        "UPN": "upn",
        "Surname": "legal_surname",
        "Forename": "legal_forename",
        "DOB": "dob",
        "Sex": "sex",
        "Gender": "sex",
        "BasicDetails": Part(
            {
                "FormerUPN": "former_upn",
                "PreferredSurname": "preferred_surname",
                "PreferredForename": "preferred_forename",
                "MiddleNames": "middle_names",
                "NCyearActual": "year_group",
                "Ethnicity": "ethnicity",
                "Languages": Part({"Type": Part({"LanguageType": "type", "Language": "language"}, kind="language")}),
                "EnrolStatus": "enrol_status",
            }
        ),
        "FSMhistory": Part(
            {
                "FSMinstance": Part(
                    {
                        "FSMstartDate": "starts",
                        "FSMEligibilityVerificationDate": "checked_on",
                        "FSMendDate": "ends",
                        "UKcountry": "country",
                        "FSMCategory": "category",
                    },
                    kind="fsm",
                )
            }
        ),
        "NAWdetails": Part(
            {
                "EALAcquisition": "eal_stage",
                "ALNDecisionOutcome": "aln",
                "ALNSupportPlan": "aln_plan",
                "ALNneeds": Part({"ALNType": Part({}, kind="aln_need", own="code")}),
            }
        ),
        "LookedAfter": Part({"InCare": "in_care", "CareAuthority": "care_authority"}),
        "ServiceChild": "service",
        "SENhistory": Part(
            {
                "SEN": Part({"StartDate": "starts", "EndDate": "ends", "SENprovision": "provision"}, kind="sen"),
                "SENneeds": _NEEDS,
            }
        ),
        "SENneeds": _NEEDS,
        "Attendance": Part(
            {
                "YearData": Part(
                    {
                        "Year": "year",
                        "LEA": "la",
                        "Estab": "estab",
                        "SessionsPossible": "possible",
                        "SessionsAuthorised": "authorised",
                        "SessionsAttended": "attended",
                        "SessionsUnauthorised": "unauthorised",
                    },
                    kind="attendance",
                )
            }
        ),
        "StageAssessments": Part({"KeyStage": KEY_STAGE}),
        "SchoolHistory": Part(
            {
                "School": Part(
                    {
                        "LEA": "la",
                        "Estab": "estab",
                        "URN": "urn",
                        "SchoolName": "name",
                        "EntryDate": "entry",
                        "LeavingDate": "leaving",
                        "LeavingReason": "reason",
                        "LastSchool": "last_school",
                    },
                    kind="school",
                )
            }
        ),
    }
)
