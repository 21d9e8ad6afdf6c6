"""Evidence for who sets user names and passwords, and for the help given with lost ones."""

import ast
import inspect
from functools import cache

from django.db import connection

from itrack.foundation.promise import Seen
from itrack.mailing.rules import letters
from itrack.promises.evidence import catalog, source
from itrack.promises.evidence.words import listed

ACTIONS = "itrack.accounts.actions"
# The functions that may set a password: each for the owner who is there, by link or signed in.
BY_THEIR_OWNERS = frozenset(
    {
        f"{ACTIONS}.taking_up._take_password",
        f"{ACTIONS}.lost.set_lost_password",
        f"{ACTIONS}.changing.change_password",
    }
)
# The trial's invented staff, whom nobody could invite; no page and no command calls it.
OF_THE_TRIAL = f"{ACTIONS}.people.add_member"
# The functions that may write the column: the engine, and the one that makes an account with none.
WRITE_THE_COLUMN = frozenset({f"{ACTIONS}.passwords.set_password", f"{ACTIONS}.invitations._account"})
OUR_JOBS = "accounts.%"
IDS = frozenset({"school", "member", "person"})
# Jobs of every night carry when they were due.
WHEN = "timestamp"

_WAITING = (
    "select count(*), count(*) filter (where left(password, 1) <> '!') from accounts_person where username is null"
)
_LINKS = (
    "select count(*), count(*) filter (where used_at is not null), "
    "count(*) filter (where digest !~ '^[0-9a-f]{64}$'), "
    "count(*) filter (where expires_at > made_at + case purpose when 'password' then interval '1 hour' "
    "else interval '7 days' end) from accounts_link where purpose = any(%s)"
)


def owners_set_their_own() -> Seen:
    """Reads who calls the engine and who writes the column; counts invited accounts; looks through queue and mails."""
    others = sorted({*source.callers_of("set_password")} - BY_THEIR_OWNERS - {OF_THE_TRIAL})
    writers = sorted({*writers_of_passwords()} - WRITE_THE_COLUMN)
    [(waiting, having)] = catalog.ask(_WAITING)
    [(sent, used, plain, long)] = catalog.ask(_LINKS, [["invitation"]])
    telling, carrying = jobs_with_more_than_ids(), letters_that_take_a_password()
    return Seen(
        holds=not (others or writers or having or plain or long or telling or carrying),
        observed=f"{len(BY_THEIR_OWNERS)} functions set a password, each its owner’s own; others that do: "
        f"{listed(others + writers)}. {waiting} invited accounts wait for their owner, {having} of them with a "
        f"password. {sent} invitations are kept, {used} taken up, {plain} readable, {long} good for more than 7 days. "
        f"Jobs that hold more than ids: {telling}. Mails that could hold a password: {listed(carrying)}.",
    )


def help_is_for_the_owner_alone() -> Seen:
    """Counts the links for new passwords and looks through the queue; reads who may set a password without a link."""
    [(sent, used, plain, long)] = catalog.ask(_LINKS, [["password"]])
    [(twice,)] = catalog.ask(
        "select count(*) from (select person_id from accounts_link where purpose = 'password' and used_at is null "
        "and expires_at > now() group by person_id having count(*) > 1) waiting"
    )
    telling, carrying = jobs_with_more_than_ids(), letters_that_take_a_password()
    others = sorted({*source.callers_of("set_password")} - BY_THEIR_OWNERS - {OF_THE_TRIAL})
    return Seen(
        holds=not (plain or long or twice or telling or carrying or others),
        observed=f"{sent} links for a new password were sent in the last month, {used} of them used; {plain} are kept "
        f"readable, {long} were good for more than an hour, {twice} people have two that work. Jobs that hold more "
        f"than ids: {telling}. Mails that could hold a password: {listed(carrying)}. Ways for somebody else to set "
        f"one: {listed(others)}.",
    )


def jobs_with_more_than_ids() -> int:
    """Queued jobs whose arguments are anything but numbers: ids, and when a nightly one was due."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from procrastinate_jobs, jsonb_each(args) told where task_name like %s "
            "and (told.key <> all(%s) or jsonb_typeof(told.value) <> 'number')",
            [OUR_JOBS, [*sorted(IDS), WHEN]],
        )
        return int(cursor.fetchone()[0])


def letters_that_take_a_password() -> list[str]:
    """Kinds of mail that are told a password to write it down."""
    known = [one for one in vars(letters).values() if inspect.isfunction(one) and one.__module__ == letters.__name__]
    return [one.__name__ for one in known if any("password" in name for name in inspect.signature(one).parameters)]


def writers_of_passwords() -> list[str]:
    """Functions that write the column of passwords, by a row's making, an UPDATE or an attribute."""
    return [writer for name, tree in source.modules_with("password") for writer in _writers(name, tree)]


@cache
def _writers(module: str, tree: ast.Module) -> tuple[str, ...]:
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return tuple(f"{module}.{one.name}" for one in functions if _writes(one))


def _writes(function: ast.FunctionDef) -> bool:
    return any(_stores(node) for node in ast.walk(function))


def _stores(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        of_a_row = [one for one in node.targets if isinstance(one, ast.Attribute) and one.attr == "password"]
        return any(not (isinstance(one.value, ast.Name) and one.value.id == "self") for one in of_a_row)
    if not isinstance(node, ast.Call) or not any(word.arg == "password" for word in node.keywords):
        return False
    called = ast.unparse(node.func)
    return called == "Person" or called.rpartition(".")[2] in {*source.MAKES, "update"}
