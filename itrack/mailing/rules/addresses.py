"""What may stand in the head of a mail: one address, one line.

address_fault("tom@oakfield.example")              →  ""
address_fault("tom@oakfield.example\\nBcc: all@…")  →  "This is no e-mail address …"
"""

import re

LONGEST_ADDRESS = 254  # RFC 5321, with the angle brackets taken off
LONGEST_SUBJECT = 150

_LOCAL = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(rf"(?=.{{1,64}}@){_LOCAL}@({_LABEL}\.)+(?=[a-z]){_LABEL}", re.ASCII)

NO_ADDRESS = "This is no e-mail address. It needs a name, an @ and where it is, as in tom@oakfield.example."


def settled_address(typed: str) -> str:
    """The one spelling in which an address is kept: no space around it, small letters."""
    return typed.strip(" ").lower()


def address_fault(address: str) -> str:
    """What is wrong with a settled address, as a sentence; "" when it will do.

    Plain signs alone: no server of a school needs others, and a letter that only looks like another would let a mail
    go astray. Nothing that could end a line, or begin a second address, is among them.
    """
    if len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
        return NO_ADDRESS
    return ""


def one_line(words: str) -> bool:
    """Whether this can stand in one line of a mail's head: something is there, and nothing ends the line."""
    return 0 < len(words) <= LONGEST_SUBJECT and words.isprintable()
