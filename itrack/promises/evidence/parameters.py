"""Evidence for what a page takes from outside: each address typed, and no value able to become part of a question."""

from django.db import transaction

from itrack.foundation.promise import Seen
from itrack.foundation.routes import every_route
from itrack.promises.evidence import catalog
from itrack.promises.evidence.words import listed

# What is tried on forms elsewhere too: quotes, comments, stacked statements, placeholders, other alphabets.
HOSTILE = (
    "' or '1'='1",
    "'; drop table pupils_pupil; --",
    '" or ""="',
    "1) or (1=1",
    "\\'; select pg_sleep(9); --",
    "/* */ union select null --",
    "$$; reset role; $$",
    "%s %(name)s {} {0}",
    "'||current_setting('itrack.school')||'",
    "ʼ or ʼ1ʼ=ʼ1",
    "\u202e'␀",
    "{7,8}",
)


def every_value_checked() -> Seen:
    """Counts typed parameters, sends hostile texts to the database as values, and asks what its account may not do."""
    routes = every_route()
    parameters = sum(len(route.parameters) for route in routes)
    loose = [route.pattern for route in routes if route.untyped]
    changed = [text for text in HOSTILE if not came_back_unchanged(text)]
    powers = powers_too_many()
    return Seen(
        holds=not (loose or changed or powers),
        observed=f"{len(routes)} addresses with {parameters} parts that vary; taking any text at all: {listed(loose)}. "
        f"{len(HOSTILE) - len(changed)} of {len(HOSTILE)} hostile texts sent just now reached the database as values "
        f"and came back as they were. Rights of the program’s account that such a text could use: {listed(powers)}.",
    )


def came_back_unchanged(text: str) -> bool:
    with transaction.atomic():
        return catalog.ask("select %s::text, length(%s::text)", [text, text]) == [(text, len(text))]


def powers_too_many() -> list[str]:
    """What an injected statement could use against the wall, if the program's account had it."""
    held = catalog.ask(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, has_schema_privilege(oid, 'public', 'create'), "
        "has_function_privilege(oid, 'pg_catalog.set_config(text, text, boolean)', 'execute') "
        "from pg_roles where rolname = %s",
        [catalog.PROGRAM],
    )
    said = ("superuser", "past the wall", "making accounts", "making databases", "making tables", "changing the school")
    return [name for name, has in zip(said, held[0], strict=True) if has]
