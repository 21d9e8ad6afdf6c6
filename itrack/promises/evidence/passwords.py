"""Evidence for what passwords are like, and for everybody having been asked to keep theirs safe. Reads no password."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import get_hasher
from django.template.loader import get_template

from itrack.accounts.api import breached_passwords
from itrack.accounts.rules_passwords import ADVISED_EVERY, ALONE, BESIDE, LONGEST, faults
from itrack.accounts.rules_words import WORDS, generated
from itrack.foundation.promise import Seen
from itrack.promises.evidence import catalog, credentials, source
from itrack.promises.evidence.everywhere import everywhere
from itrack.promises.evidence.words import listed

# Each wants one thing; all but the last words would do.
WEAK = (
    "mint-bungalow-saucepan-8",
    "MINT-BUNGALOW-SAUCEPAN-8",
    "mint-Bungalow-saucepan-x",
    "Lute-gecko-83x",
    "Mint-bungalow-12345",
    "Mint-qwertyuiop-8",
    "Aa1Aa1Aa1Aa1Aa1",
    "Monkey1Monkey1Mon",
    "Elmfield-saucepan-8",
    "Itrack-saucepan-mint-8",
    "Aa1-" * 2500,
)
AROUND = ("Elmfield Primary School",)
OFFERED = 50
SINCE = datetime(2026, 11, 24, tzinfo=UTC)
# The only functions that may know how a password is hashed; the last marks an invited account as having none.
ACTIONS = "itrack.accounts.actions"
HASHES = frozenset({f"{ACTIONS}.hashing.hashed", f"{ACTIONS}.hashing.matches", f"{ACTIONS}.invitations._account"})
SETTING_UP = ("accounts/invitation.html", "accounts/keep_safe.html")
ADVICE = "accounts/keeping_safe.html"

# Whoever sets a password leaves its time in the account and an entry in the school's log, which is kept for a year.
_SET = """
select count(*), count(*) filter (where split_part(password, '$', 1) <> %(way)s), count(*) filter (where
    password_set_at is null or (password_set_at > now() - interval '300 days' and exists (select 1
        from accounts_membership m where m.person_id = p.id) and not exists (select 1
        from foundation_auditentry e join accounts_membership m on m.school_id = e.school_id and m.id = e.by_id
        where e.verb = 'password.set' and e.at = p.password_set_at and m.person_id = p.id)))
from accounts_person p where password like '%%$%%'
"""
_ASKED = """
select count(*), count(*) filter (where advised_at is null or last_login - advised_at > %(every)s)
from accounts_person where last_login >= %(since)s
"""


def every_password_was_judged() -> Seen:
    """Holds weak and made-up passwords against the rules in force, and each account's against the schools' logs."""
    passed = [number for number, weak in enumerate(WEAK) if not _faults(weak)]
    turned_away = [one for one in (generated() for _ in range(OFFERED)) if _faults(one)]
    beside = others_who_hash() + sorted({*credentials.writers_of_passwords()} - credentials.WRITE_THE_COLUMN)
    with everywhere():
        [(stored, otherwise, unjudged)] = catalog.ask(_SET, {"way": get_hasher().algorithm})
    return Seen(
        holds=settings.PASSWORD_CLASSES and not (passed or turned_away or beside or otherwise or unjudged),
        observed=f"{_in_force()} Of {len(WEAK)} weak passwords tried just now {len(WEAK) - len(passed)} were "
        f"refused, of {OFFERED} made up by the program {OFFERED - len(turned_away)} taken. {stored} passwords are "
        f"stored, each as a hash, {otherwise} of them of another kind; {unjudged} came past the rules. Functions that "
        f"store one another way: {listed(beside)}.",
    )


def _faults(password: str) -> list[str]:
    return faults(password, words=AROUND, second_factor=False, classes=settings.PASSWORD_CLASSES)


def _in_force() -> str:
    classes = "capitals, small letters and digits are asked for" if settings.PASSWORD_CLASSES else "any characters do"
    breached = breached_passwords(settings.BREACHED_PASSWORDS)
    known = f"{breached.passwords:,} passwords known from breaches are refused" if breached else "no breach list is set"
    return (
        f"In force: {ALONE} to {LONGEST} characters, {BESIDE} beside a second factor; {classes}; {known}; "
        f"{len(WORDS):,} words to make one up from."
    )


def others_who_hash() -> list[str]:
    """Functions that hash or match a password, but for the two that do it for all."""
    found = {*source.callers_of("make_password"), *source.callers_of("check_password")}
    return sorted(found - HASHES)


def written(name: str) -> str:
    """The text of a page as it is served from."""
    template: Any = get_template(name)
    return str(template.template.source)


def everybody_was_asked() -> Seen:
    """Compares when people last signed in with when they were last told, and looks for the words on the pages."""
    points = written(ADVICE).count("<li>")
    without = [name for name in SETTING_UP if ADVICE not in written(name)]
    [(inside, unasked)] = catalog.ask(_ASKED, {"every": ADVISED_EVERY, "since": SINCE})
    with everywhere():
        [(read,)] = catalog.ask("select count(*) from foundation_auditentry where verb = 'advice.read'")
    return Seen(
        holds=bool(points) and not (without or unasked),
        observed=f"The advice has {points} points; of {len(SETTING_UP)} pages that must show it, {len(without)} do "
        f"not. {inside} accounts have signed in since this is promised, {unasked} of them more than a year after they "
        f"were last told. {read} readings on the way in are in the schools’ logs.",
    )
