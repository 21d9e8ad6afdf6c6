"""Where an invented child lives and who answers for them: what a transfer file carries and the product reads past.

Nothing of it can reach anybody: post codes of ZZ99 (no place), telephones of 01632 960 (kept free for fiction),
addresses at example.org.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from itrack.config.demo.names import STREETS
from itrack.config.demo.xml import put, put_all

if TYPE_CHECKING:
    from lxml.etree import _Element

    from itrack.config.demo.child import Child, Family

COUNTY = "Elmshire"
OTHER_PARENT = 0.7  # share of families who name a second contact


def put_household(pupil: _Element, child: Child, town: str) -> None:
    """Address, telephone and contacts, alike for brothers and sisters."""
    family = child.family
    _put_address(pupil, family, town)
    _put_phones(pupil, {"H": family.number * 3})
    contacts = put(pupil, "Contacts")
    lot = Random(f"{town}|{family.number}")  # noqa: S311 - invents data
    _put_contact(contacts, 1, family, lot, mother=True)
    if lot.random() < OTHER_PARENT:
        _put_contact(contacts, 2, family, lot, mother=False)


def _put_address(parent: _Element, family: Family, town: str) -> None:
    """Every fourth address as plain lines, the others in the parts of the address standard."""
    address = put(parent, "Address")
    number, street = family.number * 7 % 94 + 1, STREETS[family.number % len(STREETS)]
    if family.number % 4:
        texts: dict[str, object] = {"PAON": number, "Street": street, "Town": town, "PostTown": town.upper()}
        put_all(put(address, "BS7666Address"), texts)
    else:
        lines = {"AddressLine1": f"{number} {street}", "AddressLine2": town}
        put_all(put(address, "AddressLines"), lines)
    put(address, "County", COUNTY)
    put(address, "PostCode", f"ZZ99 {family.number % 9 + 1}{'ABDEFGHJLN'[family.number % 10]}Z")


def _put_phones(parent: _Element, numbers: dict[str, int]) -> None:
    phones = put(parent, "Phones")
    for kind, number in numbers.items():
        put_all(put(phones, "Phone"), {"TelephoneType": kind, "PhoneNo": f"01632 960{number % 1000:03}"})


def _put_contact(contacts: _Element, order: int, family: Family, lot: Random, *, mother: bool) -> None:
    contact = put(contacts, "Contact")
    names = family.background.girls if mother else family.background.boys
    texts: dict[str, object] = {
        "Order": order,
        "Title": lot.choice(("Mrs", "Ms", "Dr")) if mother else "Mr",
        "Surname": family.surname,
        "Forename": lot.choice(names),
        "Relationship": "PAM" if mother else "PAF",
        "Responsibility": True,
    }
    put_all(contact, texts)
    put(put(contact, "Address"), "AddressAsPupil", text=True)
    _put_phones(contact, {"M": family.number * 3 + order, "W": family.number * 5 + order})
    put(contact, "Email", f"home{family.number}.{order}@example.org")
