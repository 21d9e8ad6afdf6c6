"""What is built of the static files: every name a browser is told changes with the content behind it."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

IMPORTED = re.compile(r"""(?:from|import)\s*\(?["'](\.[^"']+)["']""")
STORAGES = {"staticfiles": {"BACKEND": "itrack.config.static.HashedFiles"}}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STORAGES=STORAGES, STATIC_ROOT=str(folder)):
        call_command("collectstatic", verbosity=0, interactive=False)
    return folder


def hashed(built: Path) -> dict[str, str]:
    """Our scripts: name in the source → name in the build."""
    names: dict[str, str] = json.loads((built / "staticfiles.json").read_text())["paths"]
    return {name: made for name, made in names.items() if name.endswith(".js") and "htmx" not in name}


def test_built_modules_import_each_other_by_hashed_names(built: Path) -> None:
    names = hashed(built)
    imported = {
        (built / made).parent.joinpath(other).resolve().relative_to(built.resolve()).as_posix()
        for made in names.values()
        for other in IMPORTED.findall((built / made).read_text())
    }

    assert len(imported) >= 10
    assert imported <= set(names.values())


def test_an_import_is_left_out_by_none(built: Path) -> None:
    for name, made in hashed(built).items():
        before, after = (IMPORTED.findall((built / which).read_text()) for which in (name, made))
        assert [re.sub(r"\.[0-9a-f]{12}\.", ".", other) for other in after] == before, name
