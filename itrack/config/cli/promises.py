"""`itrack prove`, `itrack pages`, `itrack data-map` and `itrack docs`."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from itrack.config.cli.ground import standing
from itrack.foundation.refusal import Refused

ROOT = Path(__file__).resolve().parents[3]


def prove(asked: Namespace) -> tuple[Any, str]:
    """Asks each promise's evidence of the running system."""
    with standing(asked):
        from itrack.promises.api import prove as prove_promises

        told = prove_promises(asked.names)
    return told, "\n".join(f"{one['id']}  {one['state']:<12} {one['says']}\n     {one['observed']}" for one in told)


def pages(asked: Namespace) -> tuple[Any, str]:
    _without_database()
    from itrack.config.registry import pages_data

    told = pages_data()
    lines = [f"/{one['route']:<44} {'writes' if one['writes'] else 'reads':<7} {', '.join(one['may'])}" for one in told]
    return told, "\n".join(lines)


def data_map(asked: Namespace) -> tuple[Any, str]:
    _without_database()
    from itrack.config.registry import data_map as fields

    told = fields()
    return told, "\n".join("  ".join(str(value) for value in one.values()) for one in told)


def docs(asked: Namespace) -> tuple[Any, str]:
    _without_database()
    from itrack.config.cli.docs import write_docs

    stale = write_docs(ROOT, check=asked.check)
    if asked.check and stale:
        raise Refused(f"Gone stale: {', '.join(stale)}. Run bin/itrack docs and commit.")
    return stale, "\n".join(stale) or "Every generated page is as the code says."


def _without_database() -> None:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "itrack.config.settings.trial")
    os.environ.setdefault("ITRACK_SECRET_KEY", "no page is served")
    django.setup()
