"""Evidence for how pupils' records come in, and for nothing coming in that the transfer file does not hold."""

from dataclasses import fields

from itrack.foundation.promise import Seen
from itrack.imports.rules.rows import AttendanceRow, CircumstanceRow, ResultRow, SchoolSpellRow
from itrack.promises.evidence import catalog, source
from itrack.promises.evidence.words import listed
from itrack.pupils.rules_entry import PUPIL_FIELDS

PUPILS = "pupils_pupil"
MAKER, ITS_MODULE = "store_pupils", "itrack.pupils.actions.store"
# The modules that may bring a pupil. Another caller of the maker makes the promise fail until it stands here.
WAYS = {"itrack.imports.actions.apply": "transfer file or spreadsheet", "itrack.pupils.actions.joiner": "by hand"}

# What a row says of itself rather than of the pupil: whose it is, and which deed brought or ended it.
OURS = frozenset(
    {"id", "school_id", "pupil_id", "added_by_id", "added_at", "ended_at", "ended_by_id", "merged_into_id"}
)
FROM_FILE = {
    PUPILS: frozenset(PUPIL_FIELDS),
    "pupils_circumstance": frozenset(field.name for field in fields(CircumstanceRow)),
    "pupils_attendanceyear": frozenset(field.name for field in fields(AttendanceRow)),
    "pupils_schoolspell": frozenset(field.name for field in fields(SchoolSpellRow)),
    "assessment_result": frozenset(field.name for field in fields(ResultRow)),
}
NEVER = ("address", "street", "postcode", "phone", "email", "contact", "parent", "medical", "doctor", "diet", "faith")
# The one such column there is: where staff, not pupils, are written to about their own account.
OF_STAFF = frozenset({"accounts_person.email"})


def pupils_arrive_by_known_ways() -> Seen:
    """Counts the functions that make a pupil and their callers, and asks the database who else could."""
    found = source.makers_of("Pupil", PUPILS)
    makers = [name for name in found if not name.startswith(f"{ITS_MODULE}.")]
    callers = [name for name in source.callers_of(MAKER) if name.rpartition(".")[0] not in WAYS]
    others = others_who_may_insert()
    signed = names_its_deed()
    return Seen(
        holds=bool(found) and signed and not (makers or callers or others),
        observed=f"Pupils are made by one function, {MAKER}, for {len(WAYS)} ways in: {', '.join(WAYS.values())}. "
        f"Other makers: {listed(makers)}; other callers: {listed(callers)}; other accounts that may add a pupil: "
        f"{listed(others)}. The database {'refuses' if signed else 'does not refuse'} a pupil that does not name "
        "the deed that brought it.",
    )


def others_who_may_insert() -> list[str]:
    """Accounts, but for the program's and the owner's, that may add a row to the table of pupils."""
    return catalog.names(
        "select r.rolname from pg_roles r, pg_class c where c.oid = %s::regclass and not r.rolsuper "
        "and r.oid <> c.relowner and r.rolname <> %s and r.rolname not like 'pg\\_%%' "
        "and has_table_privilege(r.oid, c.oid, 'insert') order by 1",
        [PUPILS, catalog.PROGRAM],
    )


def names_its_deed() -> bool:
    """Whether each pupil must carry the change set that brought it, by a key the database holds."""
    return bool(
        catalog.ask(
            "select 1 from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey) "
            "where k.contype = 'f' and k.conrelid = %s::regclass and k.confrelid = 'foundation_changeset'::regclass "
            "and a.attname = 'added_by_id' and a.attnotnull",
            [PUPILS],
        )
    )


def nothing_but_the_file() -> Seen:
    """Compares the tables as they are with what the reader can say, and looks for what must never have a column."""
    columns = catalog.columns()
    filled = [(table, column) for table, column in columns if table in FROM_FILE and column not in OURS]
    strangers = [f"{table}.{column}" for table, column in filled if column not in FROM_FILE[table]]
    named = [f"{table}.{column}" for table, column in columns if any(word in column for word in NEVER)]
    forbidden = [name for name in named if name not in OF_STAFF]
    return Seen(
        holds=bool(filled) and not (strangers or forbidden),
        observed=f"{len(FROM_FILE)} tables hold what a transfer file says, in {len(filled)} columns; those among "
        f"them that the reader cannot fill: {listed(strangers)}. Of all {len(columns)} columns of the database, those "
        "for addresses, telephones, e-mail, contacts or medical notes, beside the staff's own e-mail: "
        f"{listed(forbidden)}.",
    )
