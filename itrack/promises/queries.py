"""The register of promises: one module of this package a sentence, found by looking, so that none can be left out."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from itrack.foundation.promise import Enforced


@cache
def register() -> Mapping[str, Enforced]:
    """Every promise by the name of its file, in the order of its id."""
    files = [found.name for found in iter_modules([str(Path(__file__).parent)]) if not found.ispkg]
    modules = {name: import_module(f"{__package__}.{name}") for name in files}
    found = {name: module.PROMISE for name, module in modules.items() if hasattr(module, "PROMISE")}
    return dict(sorted(found.items(), key=lambda told: _number(told[1].id)))


def _number(identity: str) -> int:
    return int(identity.removeprefix("P"))
