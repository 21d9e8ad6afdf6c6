"""All that one person hears at their own school: every address asked plainly, then with ids that are not theirs.

    hear(world, "tom", [world.theirs])  →  Heard(<pupils/>, (), 200, {}), Heard(<pupils/>, ("group",), 404, {}), …

An answer depends on what the page looks at. So a page that looked at no part of the plain question is not asked
again with that part: it could only say the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pkgutil import walk_packages
from typing import ClassVar
from unittest.mock import patch

from django import forms
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict

import itrack
from itrack.foundation.routes import Route, every_route
from tests.architecture.world import OURS, SECRETS, School, World, address, ask, text_of

ALL = "all of it"
# What a page may be asked for alone, without the rest of what it knows.
ALONE = ("group", "pupil", "point", "done")


@dataclass(frozen=True)
class Heard:
    """One answer: the parts of the question beside the address, and the telling words found in what was said."""

    route: Route
    parts: tuple[str, ...]
    status: int
    words: frozenset[str]

    def __str__(self) -> str:
        return f"{self.route.pattern} with {self.parts} answers {self.status} and tells {set(self.words)}"


def hear(world: World, name: str, whose: Sequence[School]) -> Iterator[Heard]:
    """Each address, and the questions with these schools' ids that it might heed; what it stored is put back."""
    client, all_values = world.client(name), [values_of(school) for school in whose]
    for route in every_route():
        with watched() as looked_at:
            yield _heard(client, world, route, {})
        for values in all_values:
            for parts in _further(route, looked_at, values):
                yield _heard(client, world, route, parts)


def _heard(client, world: World, route: Route, parts: Mapping[str, object]) -> Heard:
    answer = ask(client, route, address(route, world.ours), dict(parts))
    said = text_of(answer)
    return Heard(route, tuple(parts), answer.status_code, frozenset(one for one in OURS + SECRETS if one in said))


def _further(route: Route, looked_at: set[str], values: dict[str, object]) -> Iterator[dict[str, object]]:
    """Everything at once; of pages, one part alone as well."""
    if looked_at & {ALL, *values}:
        yield values
    if not route.declared.writes:
        yield from ({one: values[one]} for one in ALONE if looked_at & {ALL, one})


def values_of(school: School) -> dict[str, object]:
    """Each field of any form, and each name of an id, with an id of that school's that fits it best; and a mark."""
    ids = school.ids
    same = {"pupils": "pupil", "subjects": "subject", "to": "group", "teacher": "member", "done": "change_set"}
    names = {*field_names(), *ids}
    cell = {f"{ids['pupil']}-{ids['subject']}": "G", f"was-{ids['pupil']}": "E"}
    return {name: ids.get(same.get(name, name), ids["pupil"]) for name in names} | cell


def field_names() -> set[str]:
    modules = [
        import_module(found.name) for found in walk_packages(itrack.__path__, "itrack.") if found.name[-5:] == "forms"
    ]
    known = [one for module in modules for one in vars(module).values() if isinstance(one, type)]
    return {name for form in known if issubclass(form, forms.Form) for name in form.base_fields}


class Query(QueryDict):
    """The part of an address behind the question mark; notes which of its names a page looks at, or ALL."""

    looked_at: ClassVar[set[str]] = set()

    def __contains__(self, name) -> bool:
        self.looked_at.add(name)
        return super().__contains__(name)

    def __getitem__(self, name):
        self.looked_at.add(name)
        return super().__getitem__(name)

    def _getlist(self, name, *told, **named):
        self.looked_at.add(name)
        return super()._getlist(name, *told, **named)

    def __iter__(self):
        self.looked_at.add(ALL)
        return super().__iter__()

    def __len__(self) -> int:
        self.looked_at.add(ALL)
        return super().__len__()

    def keys(self):
        self.looked_at.add(ALL)
        return super().keys()

    def lists(self):
        self.looked_at.add(ALL)
        return super().lists()


@contextmanager
def watched() -> Iterator[set[str]]:
    """What a page looks at meanwhile of the question it is asked. Of a form it is all of it, or nothing."""
    Query.looked_at, read_form = set(), WSGIRequest._load_post_and_files

    def read(request) -> None:
        Query.looked_at.add(ALL)
        read_form(request)

    with patch.object(WSGIRequest, "_load_post_and_files", read), patch("django.core.handlers.wsgi.QueryDict", Query):
        yield Query.looked_at
