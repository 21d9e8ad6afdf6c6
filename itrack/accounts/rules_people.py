"""What people may be called: user names, which they choose themselves, and the names a school knows them by.

user_name_fault("tom.teacher")  →  ""
user_name_fault("tоm")          →  "A user name is …": that о is Cyrillic
"""

import re
import unicodedata
from collections.abc import Collection, Iterator

from itrack.foundation.viewer import Role

SHORTEST_USER_NAME, LONGEST_USER_NAME = 3, 40
LONGEST_NAME = 80

_USER_NAME = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?", re.ASCII)
# Names that would let somebody pass for the product or its operator.
RESERVED = frozenset(
    {"admin", "administrator", "help", "info", "itrack", "iasend", "no-reply", "noreply", "operator", "root"}
    | {"postmaster", "security", "support", "system", "webmaster"}
)

USER_NAME_FAULT = (
    f"A user name is {SHORTEST_USER_NAME} to {LONGEST_USER_NAME} letters from a to z, digits, dots, hyphens and "
    "underscores. It begins and ends with a letter or a digit."
)
RESERVED_FAULT = "This user name is kept for the people who run the product. Choose another."
NAME_FAULT = f"A name has at most {LONGEST_NAME} characters: letters, spaces, hyphens, apostrophes and full stops."
JOB_TITLE_FAULT = f"A job title is one line of at most {LONGEST_NAME} characters."

ROLE_WORDS = {
    Role.ADMINISTRATOR: "administrator",
    Role.HEAD: "head or senior leader",
    Role.SENCO: "SENCO",
    Role.TEACHER: "teacher",
    Role.ASSISTANT: "teaching assistant",
    Role.OFFICE: "office",
    Role.GOVERNOR: "governor",
    Role.TRUST: "trust",
}


def settled_user_name(typed: str) -> str:
    """The one spelling of a user name: small letters, no space around it. Letters that only look alike stay as typed,
    and are then refused."""
    return typed.strip().lower()


def user_name_fault(name: str) -> str:
    """What is wrong with a settled user name, as a sentence; "" when it will do."""
    if not SHORTEST_USER_NAME <= len(name) <= LONGEST_USER_NAME or not _USER_NAME.fullmatch(name):
        return USER_NAME_FAULT
    return RESERVED_FAULT if name in RESERVED else ""


def suggested(name: str, *, person_name: str, taken: Collection[str], most: int = 3) -> list[str]:
    """User names nobody has, near the one that was asked for and the person's own: "tom.teacher", "tom2"."""
    found = (one for one in _near(name, person_name) if not user_name_fault(one) and one not in taken)
    return list(dict.fromkeys(found))[:most]


def near_names(name: str, person_name: str) -> list[str]:
    """Every user name that `suggested` would think of, so that one question can tell which are taken."""
    return list(_near(name, person_name))


def _near(name: str, person_name: str) -> Iterator[str]:
    first, *rest = [_plain(part) for part in person_name.split()] or [""]
    last = rest[-1] if rest else ""
    if first and last:
        yield from (f"{first}.{last}", f"{first[0]}.{last}", f"{first}{last[0]}")
    yield from (f"{name[: LONGEST_USER_NAME - 2]}{number}" for number in range(2, 30))


def _plain(part: str) -> str:
    bare = unicodedata.normalize("NFKD", part.lower())
    return "".join(sign for sign in bare if sign.isascii() and sign.isalnum())


def tidy_name(typed: str) -> str:
    """The name with single spaces and composed letters; other white space stays, to be refused."""
    return re.sub(" +", " ", unicodedata.normalize("NFC", typed)).strip(" ")


def name_fault(name: str) -> str:
    """What keeps this from being a person's name, as a sentence; "" when it will do.

    A name stands in mails to people who do not know the sender, so nothing in it can become a link or a second line.
    """
    known = all(unicodedata.category(sign)[0] in "LM" or sign in " '’.-," for sign in name)
    inside = re.search(r"\.(?![ ]|$)", name)
    return "" if 0 < len(name) <= LONGEST_NAME and known and not inside else NAME_FAULT


def job_title_fault(title: str) -> str:
    """What keeps this from being a job title, as a sentence; "" when it will do."""
    return "" if 0 < len(title) <= LONGEST_NAME and title.isprintable() else JOB_TITLE_FAULT
