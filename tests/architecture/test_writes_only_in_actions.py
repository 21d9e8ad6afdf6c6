"""Who saves, creates, updates or deletes is an action, or one of foundation's few tools for writing."""

import ast
import re

import pytest

from tests.architecture import source

TOOLS = frozenset({"audit", "versions", "changes", "bulk", "sessions"})  # of foundation
WRITES = frozenset(
    [
        "save",
        "create",
        "bulk_create",
        "bulk_update",
        "get_or_create",
        "update_or_create",
        "_raw_delete",
        "asave",
        "acreate",
        "adelete",
    ]
)
STATEMENT = re.compile(
    r"\b(insert\s+into\s+\S|update\s+(only\s+)?\S+\s+(as\s+)?(\w+\s+)?set\b|delete\s+from\s|merge\s+into\s|truncate\s+\w)",
    re.IGNORECASE,
)
COPY = re.compile(r"^\s*copy\b.*\bfrom\b", re.IGNORECASE | re.DOTALL)


def is_an_action(name: str) -> bool:
    """itrack.pupils.actions.store and itrack.foundation.versions are; itrack.pupils.views is not."""
    _, domain, layer, *_ = [*name.split("."), "", ""]
    return layer == "actions" or (domain == "foundation" and layer in TOOLS)


def writes_in(path) -> list[str]:
    found = [node for node, name in source.calls(path) if _writes(node, name)]
    found += [node for node, text in source.texts(path) if STATEMENT.search(text) or COPY.search(text)]
    return [f"{source.place(path, node)}: {ast.unparse(node)[:60]}" for node in found]


def _writes(node: ast.Call, name: str) -> bool:
    # A dictionary is updated with a value, a table by naming columns; a set's delete does not exist.
    if name == "update":
        return bool(node.keywords) and not node.args
    if name == "delete":
        return not node.args and not node.keywords
    return name in WRITES


def test_nobody_but_an_action_writes() -> None:
    outside = [path for path in source.files() if not is_an_action(source.module(path))]

    found = [write for path in outside for write in writes_in(path)]

    assert outside
    assert not found, "\n".join(found)


def test_the_search_finds_the_writes_there_are() -> None:
    inside = [path for path in source.files() if is_an_action(source.module(path))]

    found = {source.module(path) for path in inside if writes_in(path)}

    assert {"itrack.pupils.actions.classes", "itrack.foundation.bulk", "itrack.foundation.audit"} <= found


@pytest.mark.parametrize(
    "line",
    [
        "pupil.save()",
        "Pupil.objects.create(name='x')",
        "rows.filter(pk=1).update(name='x')",
        "rows.delete()",
        "cursor.execute('update pupils_pupil set sex = 1')",
        "cursor.execute('insert into t values (1)')",
        "cursor.execute(f'insert into {table} ({names}) select 1')",
        "cursor.execute(f'update {table} as stands set ended_at = %s')",
        "cursor.copy('COPY t (a) FROM STDIN')",
    ],
)
def test_the_search_knows_a_write_when_it_sees_one(line: str, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(source, "ROOT", tmp_path)
    written = tmp_path / "views.py"
    written.write_text(line)

    assert writes_in(written)
