"""The codes we know, and the longest text each part of a record may hold.

A code outside these lists is kept as written and marked as not recognised: the national lists change every year, and
a school must not lose a record because ours is older. Lists whose full content is not published to us (free school
meal categories, Welsh additional learning needs) mark what is known but draw no warning.
"""

from __future__ import annotations

import re
from typing import Final

SEXES: Final = frozenset("MF")
ETHNICITIES: Final = frozenset(
    [
        "WBRI",
        "WIRI",
        "WIRT",
        "WROM",
        "WOTH",
        "MWBC",
        "MWBA",
        "MWAS",
        "MOTH",
        "AIND",
        "APKN",
        "ABAN",
        "AOTH",
        "BCRB",
        "BAFR",
        "BOTH",
        "CHNE",
        "OOTH",
        "REFU",
        "NOBT",
        "WENG",
        "WWEL",
        "WSCO",
        "WCOR",
        "WOWB",
    ]
)
ENROLMENTS: Final = frozenset("CMSGFO")
YEAR_GROUPS: Final = frozenset(["E1", "E2", "N1", "N2", "R", "X", *(str(year) for year in range(1, 15))])
COUNTRIES: Final = frozenset(["ENG", "WLS", "SCT", "NIR"])
MEAL_CATEGORIES: Final = frozenset(["", "TFSM"])
SEN_PROVISIONS: Final = frozenset(
    "NKESAP"
)  # S, A and P are of Wales and of England before 2014: history rows hold them
SEN_NEEDS: Final = frozenset(
    ["SPLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "MSI", "PD", "ASD", "OTH", "NSA", "BESD", "DS"]
)
SERVICE: Final = frozenset("YNUR")
EAL_STAGES: Final = frozenset("ABCDE")
ALN_OUTCOMES: Final = frozenset(["IDP"])
ALN_NEEDS: Final = frozenset(["SLCD", "BESD"])

STAGES: Final = frozenset(["FSP", "KS1", "KS2", "KS3", "KS4"])
SUBJECTS: Final = frozenset(["ENG", "MAT", "SCI", "COM", "PSE", "PHY", "LIT", "UTW", "EXP"])
METHODS: Final = frozenset(["TT", "TA"])
COMPONENTS: Final = re.compile(r"MTC|REA|WRI|GPS|PHO|SUB|[EG](?:0[1-9]|1[0-7])|AS\d{0,2}", re.ASCII)
RESULTS: Final = re.compile(
    r"\d{1,3}|[A-Z]|AS|NS|CA|CB|NAA|Wa|Wt|GDS|EXS|WTS|HNM|BLW|NOTSEN|EM|PK[1-6EFG]|P[1-8][ie]{0,2}", re.ASCII
)

NAME_LENGTH: Final = 100  # the catalogue's 35 is met by most names, not by all; a name is never cut short
CODE_LENGTH: Final = 20
DATE_LENGTH: Final = 40

# How many characters the parts of a record may hold, by our names for them; every other part holds a code.
LONGEST: Final = dict.fromkeys(
    ("legal_surname", "legal_forename", "middle_names", "preferred_surname", "preferred_forename", "name"), NAME_LENGTH
) | dict.fromkeys(
    ("upn", "former_upn", "dob", "starts", "ends", "checked_on", "entry", "leaving", "result_date"), DATE_LENGTH
)
