"""Migration operations that turn Django's tables into tables of a school.

`SchoolKeys` must come last in the migration that creates the tables, because it moves the primary keys. Granting is
done here too: a table no operation has named can be read by nobody but its owner.
"""

from typing import TYPE_CHECKING, Any

from django.db.migrations.operations.base import Operation

from itrack.foundation.tenancy.fields import OfSchool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState

APP, READER = "itrack_app", "itrack_reader"

# The sub-select makes PostgreSQL work the setting out once per statement rather than once per row.
SCHOOLS_ALLOWED = "any ((select current_setting('itrack.school')::bigint[])::bigint[])"


def _run(editor: "BaseDatabaseSchemaEditor", statements: "Sequence[str]") -> None:
    for statement in statements:
        editor.execute(statement, None)


class _TableOperation(Operation):
    """An operation on the database alone: Django's picture of the models does not change."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, *models: str, **options: Any) -> None:
        self.models = models
        self.options = options

    def deconstruct(self) -> "tuple[str, Sequence[Any], dict[str, Any]]":
        return self.__class__.__name__, self.models, self.options

    def state_forwards(self, app_label: str, state: "ProjectState") -> None:
        """Nothing: keys, grants and policies are the database's business."""

    def database_backwards(
        self, app_label: str, editor: "BaseDatabaseSchemaEditor", before: "ProjectState", after: "ProjectState"
    ) -> None:
        """Nothing: going back drops the tables, and their keys and policies with them."""

    def describe(self) -> str:
        return f"{self.__class__.__name__} for {', '.join(self.models)}"


class SchoolKeys(_TableOperation):
    """Composite keys, forced row-level security, policy and grants for the named models.

    `append_only=True` withholds UPDATE and DELETE from the program, for a log.
    """

    def database_forwards(
        self, app_label: str, editor: "BaseDatabaseSchemaEditor", before: "ProjectState", after: "ProjectState"
    ) -> None:
        # Django's own keys to the school table are added now, before FORCE would hide that table's rows from them.
        _run(editor, [str(sql) for sql in editor.deferred_sql])
        editor.deferred_sql = []
        found = [after.apps.get_model(app_label, name) for name in self.models]
        for model in found:
            _run(editor, self._own_key(model._meta.db_table))
        for model in found:
            _run(editor, self._foreign_keys(model))
            _run(editor, self._wall(model._meta.db_table))

    @staticmethod
    def _own_key(table: str) -> list[str]:
        return [
            f'alter table "{table}" drop constraint "{table}_pkey"',
            f'alter table "{table}" add constraint "{table}_pkey" primary key (school_id, id)',
        ]

    @classmethod
    def _foreign_keys(cls, model: Any) -> list[str]:
        fields = [field for field in model._meta.local_fields if isinstance(field, OfSchool)]
        rows = [
            cls._key(model, field.name, f"school_id, {field.column}", field.related_model, "school_id, id")
            for field in fields
        ]
        if all(field.null for field in fields):
            # No other row vouches for the school, so this one names it itself.
            rows.append(cls._key(model, "itself", "school_id", model._meta.get_field("school").related_model, "id"))
        return rows

    @staticmethod
    def _key(model: Any, name: str, columns: str, other: Any, theirs: str) -> str:
        table = model._meta.db_table
        return (
            f'alter table "{table}" add constraint "{table}_{name}_of_school" foreign key ({columns}) '
            f'references "{other._meta.db_table}" ({theirs}) deferrable initially deferred'
        )

    def _wall(self, table: str) -> list[str]:
        rights = "select, insert" if self.options.get("append_only") else "select, insert, update, delete"
        return [
            f'alter table "{table}" enable row level security',
            f'alter table "{table}" force row level security',
            f'create policy school on "{table}" using (school_id = {SCHOOLS_ALLOWED}) '
            f"with check (school_id = {SCHOOLS_ALLOWED})",
            f'grant {rights} on "{table}" to {APP}',
            f'grant select on "{table}" to {READER}',
            f'grant usage on sequence "{table}_id_seq" to {APP}',
        ]


class Ageing(_TableOperation):
    """Lets the program delete rows of a log once they are so many months old, and the database refuses it before.

    A restrictive policy: it narrows what the school's own policy allows, and never widens it.
    """

    def database_forwards(
        self, app_label: str, editor: "BaseDatabaseSchemaEditor", before: "ProjectState", after: "ProjectState"
    ) -> None:
        table = after.apps.get_model(app_label, self.models[0])._meta.db_table
        column, months = self.options["column"], int(self.options["months"])
        _run(
            editor,
            [
                f'create policy aged on "{table}" as restrictive for delete to {APP} '
                f"using ({column} < now() - interval '{months} months')",
                f'grant delete on "{table}" to {APP}',
            ],
        )


class SchoolRows(_TableOperation):
    """The table of schools itself: the program may look a tenant up, the reading window sees its own school alone."""

    def database_forwards(
        self, app_label: str, editor: "BaseDatabaseSchemaEditor", before: "ProjectState", after: "ProjectState"
    ) -> None:
        table = after.apps.get_model(app_label, self.models[0])._meta.db_table
        _run(
            editor,
            [
                f'alter table "{table}" enable row level security',
                f'create policy tenants on "{table}" to {APP} using (true) with check (true)',
                f'create policy own on "{table}" for select to {READER} using (id = {SCHOOLS_ALLOWED})',
                f'grant select, insert, update on "{table}" to {APP}',
                f'grant usage on sequence "{table}_id_seq" to {APP}',
                f'grant select on "{table}" to {READER}',
            ],
        )


class OwnRows(_TableOperation):
    """Lets a person who is signing in see their own places, before any school is known (`as_person`)."""

    def database_forwards(
        self, app_label: str, editor: "BaseDatabaseSchemaEditor", before: "ProjectState", after: "ProjectState"
    ) -> None:
        table = after.apps.get_model(app_label, self.models[0])._meta.db_table
        person = "(select nullif(current_setting('itrack.person', true), '')::bigint)"
        _run(editor, [f'create policy own_places on "{table}" for select to {APP} using (person_id = {person})'])


class AppOnly(_TableOperation):
    """Tables of no school that the program writes and the reading window never sees: sessions, accounts, jobs.

    Takes table names, since some belong to other packages' models.
    """

    def database_forwards(
        self, app_label: str, editor: "BaseDatabaseSchemaEditor", before: "ProjectState", after: "ProjectState"
    ) -> None:
        for table in self.models:
            _run(editor, [f'grant select, insert, update, delete on "{table}" to {APP}', self._sequence_grant(table)])

    @staticmethod
    def _sequence_grant(table: str) -> str:
        # Some of these tables have no sequence, so the grant looks before it leaps.
        return (
            f"do $$ begin if to_regclass('public.{table}_id_seq') is not null then "
            f"grant usage on sequence {table}_id_seq to {APP}; end if; end $$"
        )
