"""Who may import whom, as .importlinter says."""

import os

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.architecture import source


def test_the_import_contracts_hold(capsys, monkeypatch) -> None:
    monkeypatch.chdir(source.ROOT)

    status = lint_imports(config_filename=os.fspath(source.ROOT / ".importlinter"), no_cache=True)

    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out
