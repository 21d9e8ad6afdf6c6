"""Evidence for how guesses are stalled and how many sign-ins an account has. Tried and counted, on the live system."""

from datetime import timedelta

from itrack.accounts.api import live_sign_ins, tries_kept
from itrack.accounts.rules_holdups import guesses_within, how_long, paces_of
from itrack.foundation import clock
from itrack.foundation.promise import Seen
from itrack.promises.actions import guess_for
from itrack.promises.evidence import catalog
from itrack.promises.evidence.everywhere import everywhere

# NCSC and Cyber Essentials allow so many guesses in five minutes; NIST SP 800-63B so many in a row.
FIVE_MINUTES, AT_MOST, IN_A_ROW = timedelta(minutes=5), 10, 100
A_WEEK = timedelta(days=7)

# What holds the rule: one key a row of the account, and one sign-in a key.
_ONE_KEY = (
    "select count(*) from information_schema.columns "
    "where table_name = 'accounts_person' and column_name = 'live_key' and data_type = 'character varying'"
)
_ONE_SIGN_IN = (
    "select count(*) from pg_index i join pg_class c on c.oid = i.indexrelid where i.indisunique and i.indisvalid "
    "and c.relname = 'one_sign_in_a_key' and i.indrelid = 'accounts_signin'::regclass"
)


def guessing_is_stalled() -> Seen:
    """Attacks an account that does not exist and puts that back; counts the wrong tries that are remembered."""
    now = clock.now()
    quick, wait = guess_for(FIVE_MINUTES, now=now)
    week = guesses_within(A_WEEK, paces_of("account:"))
    kept = tries_kept(now=now)
    return Seen(
        holds=0 < quick <= AT_MOST and wait > timedelta(0) and week <= IN_A_ROW + A_WEEK.days,
        observed=f"An account made up for this was attacked just now: {quick} guesses were looked at in 5 minutes "
        f"({AT_MOST} are allowed), then the next had to wait {how_long(wait)}; by the same rule a week allows {week}. "
        f"{kept.tries} wrong tries are remembered against {kept.rows} accounts, browsers and addresses; {kept.held} of "
        f"them are held up now, the longest for {how_long(kept.longest) if kept.held else 'no time'}.",
    )


def one_sign_in_an_account() -> Seen:
    """Counts the accounts that are signed in, and how many of them twice; reads what would not let them be."""
    with everywhere() as schools:
        found = live_sign_ins()
    [[keys]], [[unique]] = catalog.ask(_ONE_KEY), catalog.ask(_ONE_SIGN_IN)
    rule = "one key in each account’s row" if keys else "no key in an account’s row"
    index = "is" if unique else "is not"
    return Seen(
        holds=not found.twice and bool(keys) and bool(unique),
        observed=f"{found.accounts} accounts are signed in at {schools} schools; {found.twice} of them at more than "
        f"one place. What decides is {rule}, and the database {index} holding each key to one sign-in a school. "
        f"{found.over} sign-ins are over and will be told so at their next click.",
    )
