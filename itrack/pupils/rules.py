"""What can be decided about a pupil from the record alone: is this UPN possible, are these two names the same.

A unique pupil number is a check letter, the local authority (3 digits), the school (4), the year it was given (2) and
a serial: `H823299826112`. A temporary one ends in a letter instead of its last digit.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import chain
from typing import Final

UPN_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"  # I, O and S are never used: they read as 1, 0 and 5
UPN_LENGTH: Final = 13

_WORTH: Final = {sign: worth for signs in (UPN_LETTERS, "0123456789") for worth, sign in enumerate(signs)}
_SHAPE: Final = re.compile(rf"[{UPN_LETTERS}][0-9]{{11}}[0-9{UPN_LETTERS}]")
_FIRST_WEIGHT: Final = 2

# Authorities the school census accepts in a UPN (its rule 1530), with Wales (660-681) and the English authorities
# made since 2019 (838, 839, 940-943). A number outside is worth a second look, never a reason to turn a pupil away.
_AUTHORITIES: Final = frozenset(
    chain(
        range(1, 6), range(201, 214), range(301, 321), range(330, 337), range(340, 345), range(350, 360),
        range(370, 374), range(380, 385), range(390, 395), (420,), range(660, 682), range(701, 709),
        range(800, 804), range(805, 809), range(810, 814), (815, 816), range(820, 824), (825, 826, 830, 831),
        range(835, 842), (845, 846), range(850, 853), range(855, 858), (860, 861), range(865, 897),
        (908, 909, 916, 919, 921, 925, 926, 928, 929, 931, 933), range(935, 939), range(940, 944),
    )
)  # fmt: skip

_UNDECOMPOSED: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)


def check_letter(body: str) -> str:
    """The letter that belongs before these twelve characters of a UPN.

    Each character times its weight 2, 3 … 13, summed; the remainder by 23 picks the letter. A letter at the end counts
    as its place in the alphabet without I, O and S. Source: Unique Pupil Number 2.0 in the government's data
    standards catalogue, and rule 1510 of the school census.
    """
    total = sum([weight * _WORTH[sign] for weight, sign in enumerate(body, _FIRST_WEIGHT)])
    return UPN_LETTERS[total % len(UPN_LETTERS)]


def why_not_a_upn(text: str) -> str:
    """What is wrong with this UPN, as a sentence for the school office; "" when it is right."""
    if len(text) != UPN_LENGTH:
        return f"The UPN has {len(text)} characters. A UPN has 13: a letter, then 12 digits."
    if not _SHAPE.fullmatch(text):
        return "The UPN is not a letter and 12 digits. The letters I, O and S are never part of one."
    if text[0] != (letter := check_letter(text[1:])):
        return f"The UPN begins with {text[0]}, but its digits call for {letter}. One character may be mistyped."
    return ""


def is_temporary_upn(upn: str) -> bool:
    """Whether this UPN only stands in until the permanent one is known: its last character is a letter."""
    return upn[-1:].isalpha()


def has_known_authority(upn: str) -> bool:
    """Whether the UPN's second to fourth characters are a local authority of England or Wales, past or present."""
    return upn[1:4].isdecimal() and int(upn[1:4]) in _AUTHORITIES


def name_key(surname: str, forename: str) -> str:
    """A key that is equal for two spellings of one name: "Llwyd-Evans, Gwenllïan" gives "llwydevans|gwenllian".

    Case, accents, spaces, apostrophes and hyphens do not count: these are where two systems differ most.
    """
    return f"{_letters(surname)}|{_letters(forename)}"


def _letters(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.casefold().translate(_UNDECOMPOSED))
    return "".join(sign for sign in folded if sign.isalnum())
