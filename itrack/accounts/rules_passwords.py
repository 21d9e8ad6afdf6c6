"""What a password must be, decided from the password and the words around its owner alone.

    faults("Oakfield2026", words=["Oakfield Primary School"], second_factor=False)
    →  ["It has 12 characters. It needs at least 15, because …", "It contains “oakfield”, …", …]

NIST SP 800-63B asks for 15 characters where nothing else is asked for; the National Cyber Security Centre for 12 and
three random words. Both advise against demanding capitals and digits. The published policy promises those, so `classes`
asks for them as long as it does, and the generator makes them no work.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from zxcvbn import zxcvbn

from itrack.foundation.promise import keeps

ALONE, BESIDE, LONGEST = 15, 12, 128
# Before anything is worked out: no text that could be a password of 128 characters is longer.
TYPED_AT_MOST = 4 * LONGEST
GUESSABLE_BELOW = 3  # of zxcvbn's 0 to 4: at least 10 ** 8 guesses by a program that knows the lists
JUDGED = 72  # characters zxcvbn looks at; a strong beginning is strong enough
OURS = ("itrack", "password")

CLASSES = (("a capital letter", str.isupper), ("a small letter", str.islower), ("a digit", str.isdecimal))
ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "0123456789", "1234567890")
LETTERS_IN_A_ROW, DIGITS_IN_A_ROW, THE_SAME = 5, 4, 4
LIKE = str.maketrans("430157@$!|", "aeoistasil")
SHORT, LONG = 3, 5  # a word this short counts by itself; one this long counts anywhere

ADVISED_EVERY = timedelta(days=365)

TOO_LONG = f"It is longer than {LONGEST} characters. Nothing was cut off and nothing was stored."
UNTYPABLE = "It holds a character that is not text, such as a tab or half an emoji."
GUESSABLE = "A program would guess it soon. Words that have nothing to do with each other are much harder to guess."


def settled(password: str) -> str:
    """The one spelling of what was typed: a letter and its accent are one character, however a keyboard sends them."""
    return unicodedata.normalize("NFKC", password) if len(password) <= TYPED_AT_MOST else password


def too_long(password: str) -> bool:
    """Told from the length of what was sent first, before any work is done on it."""
    return len(password) > TYPED_AT_MOST or len(settled(password)) > LONGEST


def nobodys(password: str) -> bool:
    """Whether no account can have this password, so that it need not be matched with any."""
    return too_long(password) or any(unicodedata.category(sign) == "Cs" for sign in password)


def advice_is_due(*, last: datetime | None, now: datetime) -> bool:
    """Whether somebody is to be told again how to keep user name and password safe."""
    return last is None or now - last >= ADVISED_EVERY


@keeps("users_have_complex_passwords")
def faults(password: str, *, words: Sequence[str], second_factor: bool, classes: bool = True) -> list[str]:
    """What is wrong with a password, as sentences; none when it will do.

    `words` are names and words others connect with the owner: theirs, the school's, the town. `second_factor` says
    that the owner proves more than the password. Reads no list of known passwords: that takes files.
    """
    if too_long(password):
        return [TOO_LONG]
    chosen = settled(password)
    found = [*_short(chosen, second_factor), *_untypable(chosen), *(_missing(chosen) if classes else ())]
    found += [*_known(chosen, words), *_rows(chosen)]
    return found or _guessable(chosen, words)


def least(*, second_factor: bool) -> int:
    """How many characters a password must have."""
    return BESIDE if second_factor else ALONE


def _short(password: str, second_factor: bool) -> list[str]:
    needed = least(second_factor=second_factor)
    if len(password) >= needed:
        return []
    why = "" if second_factor else ", because a password is all you sign in with"
    return [f"It has {_counted(len(password), 'character')}. It needs at least {needed}{why}."]


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _untypable(password: str) -> list[str]:
    return [UNTYPABLE] if any(unicodedata.category(sign) in ("Cc", "Cs", "Cn") for sign in password) else []


def _missing(password: str) -> list[str]:
    missing = [name for name, fits in CLASSES if not any(map(fits, password))]
    return [f"It needs {_and(missing)}."] if missing else []


def _and(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _known(password: str, words: Iterable[str]) -> list[str]:
    """Words that others know about the owner, spelt plainly or with 0 for o and the like."""
    parts = {*_parts(password), *_parts(password.translate(LIKE))}
    whole = {_folded(password), _folded(password.translate(LIKE))}
    found = [word for word in telling(words) if word in parts or (len(word) >= LONG and any(word in w for w in whole))]
    return [f"It contains “{word}”, which is among the first things others would try with you." for word in found]


def telling(words: Iterable[str]) -> list[str]:
    """The single words in these names that would give something away: "St Mary's, Oakfield" → mary, oakfield."""
    parts = {_folded(part) for name in (*OURS, *words) for part in re.split(r"[\W\d_]+", name)}
    return sorted(part for part in parts if len(part) >= SHORT)


def _folded(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def _parts(password: str) -> set[str]:
    """The words it is put together from, told by signs, digits and capitals: "TomHill2019" → tom, hill."""
    return {_folded(part) for part in re.findall(r"[A-ZÀ-Þ]?[^\W\d_A-ZÀ-Þ]+|[A-ZÀ-Þ]+", password)}


def _rows(password: str) -> list[str]:
    """A stretch of the alphabet, of the keyboard or of one sign, at its longest."""
    folded = password.casefold()
    stretches = [stretch for start in range(len(folded)) if (stretch := _stretch(folded[start:]))]
    longest = max(stretches, key=len, default="")
    return [f"It contains “{longest}”, which follows the alphabet, the keyboard or itself."] if longest else []


def _stretch(rest: str) -> str:
    """The row that `rest` begins with, "" for one too short to count."""
    same = len(rest) - len(rest.lstrip(rest[0]))
    if same >= THE_SAME:
        return rest[:same]
    rows = [row[::step] for row in ROWS for step in (1, -1) if rest[0] in row]
    length = max((_shared(rest, row[row.index(rest[0]) :]) for row in rows), default=0)
    return rest[:length] if length >= (DIGITS_IN_A_ROW if rest[0].isdigit() else LETTERS_IN_A_ROW) else ""


def _shared(one: str, other: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _guessable(password: str, words: Iterable[str]) -> list[str]:
    score = zxcvbn(password[:JUDGED], user_inputs=telling(words))["score"]
    return [GUESSABLE] if score < GUESSABLE_BELOW else []
