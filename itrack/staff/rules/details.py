"""What is typed about a person, made even and judged the same on every way in."""

import unicodedata

from itrack.accounts.rules_people import job_title_fault, name_fault
from itrack.mailing.rules.addresses import address_fault


def tidy(text: str) -> str:
    """In one way of writing accents, with single spaces: no line break is left."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def why_not_a_name(name: str) -> str:
    """The sentence for a name that cannot be; "" for one that can."""
    return name_fault(name) if name else "Write the name."


def why_not_a_job_title(title: str) -> str:
    return job_title_fault(title) if title else "Write the job title."


def why_not_an_address(address: str) -> str:
    """The sentence for an address no mail can be sent to; "" for one that may exist."""
    return address_fault(address) if address else "Write the e-mail address."
