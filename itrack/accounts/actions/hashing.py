"""The two places where a password meets its hash. Both see it spelt the same way, whatever the keyboard sent."""

from django.contrib.auth.hashers import check_password, make_password

from itrack.accounts.rules_passwords import settled, too_long

# Stands for no stored password. Django spends one hash on it, so that the answer takes as long as for a known name.
_NOBODYS = make_password(None)


def hashed(password: str) -> str:
    """What is stored of a password."""
    return make_password(settled(password))


def matches(password: str, stored: str | None) -> bool:
    """Whether the password is the stored one. Without a stored one the same work is done and the answer is no.

    What is too long to be anybody's password is refused without any work, whoever it is for.
    """
    if too_long(password):
        return False
    return check_password(settled(password), stored or _NOBODYS)
