"""Who may import whom, as .importlinter says."""

import subprocess
import sys

from tests.architecture import source

# In a process of its own, since the linter turns the logging of whoever calls it off.
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def test_the_import_contracts_hold() -> None:
    done = subprocess.run([sys.executable, "-c", LINT, "--no-logo"], cwd=source.ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr
