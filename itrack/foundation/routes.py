"""The URL table, walked: every address the program answers, with what its page declares."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from itrack.foundation.page import Declaration

UNTYPED = frozenset({"str", "path"})


@dataclass(frozen=True)
class Route:
    """One address. `parameters` gives each part that varies its type: {"batch": "int"}; `declared` what page() said."""

    pattern: str
    name: str
    parameters: Mapping[str, str]
    declared: Declaration | None

    @property
    def untyped(self) -> list[str]:
        """Parameters that would take any text, and "?" for an address that is a bare regular expression."""
        loose = [name for name, kind in self.parameters.items() if kind in UNTYPED]
        return loose + ["?"] * self.pattern.startswith("^")


def every_route() -> list[Route]:
    """All of them, in the order in which they are tried."""
    return list(_walk(get_resolver().url_patterns, "", {}))


def _walk(patterns: Sequence[URLPattern | URLResolver], before: str, above: Mapping[str, str]) -> Iterator[Route]:
    for one in patterns:
        route, parameters = before + str(one.pattern), {**above, **_parameters(one)}
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, route, parameters)
        else:
            yield Route(route, one.name or "", parameters, getattr(one.callback, "page", None))


def _parameters(one: Any) -> dict[str, str]:
    return {name: _type_of(converter) for name, converter in one.pattern.converters.items()}


def _type_of(converter: object) -> str:
    name = type(converter).__name__.removesuffix("Converter").lower()
    return "str" if name == "string" else name
