"""Evidence for what reading may do, and for who sees whose records. Tried on the database, not believed."""

from collections.abc import Callable

from django.db import DatabaseError, connection, transaction

from itrack.foundation.promise import Seen
from itrack.foundation.routes import Route, every_route
from itrack.foundation.tenancy.windows import reading
from itrack.promises.actions import try_to_write_while_reading
from itrack.promises.evidence import catalog
from itrack.promises.evidence.words import listed

READ_ONLY, NO_RIGHT = "25006", "42501"
NO_SCHOOL, NEVER_SET = "{}", ""


def reading_cannot_write() -> Seen:
    """Counts what the reading role may do, counts the pages that run as it, and tries one write in its window."""
    tables, doors, pages = catalog.tables(), catalog.borrowed_rights(), every_route()
    readable = [table for table in tables if table.readable]
    writable = [table.name for table in tables if table.writable]
    loose = [route for route in pages if route.declared is None]
    readers = [route for route in pages if route.declared and not route.declared.writes]
    code = refusal_of(try_to_write_while_reading)
    return Seen(
        holds=bool(readable) and not (writable or doors or loose) and code in (READ_ONLY, NO_RIGHT),
        observed=f"{catalog.READER}, the role that reading pages run as, may read {len(readable)} tables and write "
        f"{listed(writable)}. {len(readers)} of {len(readers) + len(loose)} pages that do not declare a write run "
        f"as it. A write tried in its window just now was {f'refused (code {code})' if code else 'let through'}.",
    )


def only_the_schools_own_people() -> Seen:
    """Looks at the wall in the catalog, tries it without a school, and counts the pages that name who may open them."""
    tables = [table for table in catalog.tables() if table.of_school]
    walled = [table for table in tables if table.secured and table.walled]
    links = [carries for _, carries in catalog.school_links()]
    (seen, _), (unset, code) = tables_seen(NO_SCHOOL), tables_seen(NEVER_SET)
    pages = every_route()
    named = [route for route in pages if _names_who(route)]
    return Seen(
        holds=bool(tables) and walled == tables and all(links) and not (seen or unset) and named == pages,
        observed=f"{len(walled)} of {len(tables)} tables with a school’s rows are walled by the database; {sum(links)} "
        f"of {len(links)} links between them carry the school. Tables that showed a row with no school chosen: "
        f"{listed(seen)}; with none ever set: {f'refused (code {code})' if code else listed(unset)}. "
        f"{len(named)} of {len(pages)} pages name who may open them.",
    )


def _names_who(route: Route) -> bool:
    return route.declared is not None and bool(route.declared.may.words())


def tables_seen(setting: str) -> tuple[list[str], str]:
    """Tables of a school that show any row while the setting says this, and the code if the question was refused."""
    tables = [table.name for table in catalog.tables() if table.of_school]
    quote = connection.ops.quote_name
    looks = " union all ".join(
        f"select {number} where exists (select 1 from {quote(table)})"  # noqa: S608 - names from the catalog
        for number, table in enumerate(tables)
    )
    seen: list[str] = []

    def look() -> None:
        with transaction.atomic(), reading():
            catalog.say(f"set local itrack.school = '{setting}'")
            seen.extend(tables[int(number)] for (number,) in catalog.ask(looks))

    return seen, refusal_of(look)


def refusal_of(attempt: Callable[[], None]) -> str:
    """PostgreSQL's code for refusing this; "" if it was let through."""
    try:
        attempt()
    except DatabaseError as error:
        return str(getattr(error.__cause__, "sqlstate", None) or "unknown")
    return ""
