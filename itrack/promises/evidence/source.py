"""What our own program text says: which functions make a pupil, and who calls them. Read once; it does not change."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
MAKES = frozenset({"create", "bulk_create", "get_or_create", "update_or_create", "abulk_create", "acreate"})
TOOLS = frozenset({"insert", "merge"})  # of foundation: they take the model first
INSERTS = "insert"  # a statement may be written in pieces, the name of its table among them


@dataclass(frozen=True, slots=True)
class Deed:
    """Something a function does: it calls `target` with `given` first, or holds `text` as a statement."""

    function: str
    target: str = ""
    given: str = ""
    text: str = ""


def makers_of(model: str, table: str) -> list[str]:
    """Functions that bring rows of a model: by its class, its manager, our tools, or an INSERT."""
    deeds = _deeds_where(model, table, INSERTS)
    return sorted({deed.function for deed in deeds if _makes(deed, model) or table in deed.text})


def callers_of(function: str) -> list[str]:
    return sorted({deed.function for deed in _deeds_where(function) if deed.target.rpartition(".")[2] == function})


def _makes(deed: Deed, model: str) -> bool:
    last = deed.target.rpartition(".")[2]
    by_manager = deed.target.startswith(f"{model}.") and last in MAKES
    return deed.target == model or by_manager or (last in TOOLS and deed.given == model)


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """Every module of the program, by its dotted name, as it is written; migrations left out."""
    files = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
    return tuple((module_name(path), path.read_text(encoding="utf-8")) for path in files)


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def modules_with(*words: str) -> Iterator[tuple[str, ast.Module]]:
    """The modules in which one of the words stands, whatever its case: to parse all of them takes seconds."""
    for name, text in texts():
        if any(word.casefold() in _folded(text) for word in words):
            yield name, _parsed(text)


@cache
def _folded(text: str) -> str:
    return text.casefold()


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


def _deeds_where(*words: str) -> Iterator[Deed]:
    for name, tree in modules_with(*words):
        yield from _deeds(name, tree)


@cache
def _deeds(module: str, tree: ast.Module) -> tuple[Deed, ...]:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return tuple(deed for one in functions for node in ast.walk(one) for deed in _deed(f"{module}.{one.name}", node))


def _deed(function: str, node: ast.AST) -> Iterator[Deed]:
    if isinstance(node, ast.Call):
        yield Deed(function, target=_dotted(node.func), given=_dotted(node.args[0]) if node.args else "")
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "insert into" in node.value.casefold():
        yield Deed(function, text=node.value.casefold())


def _dotted(node: ast.AST) -> str:
    """`Pupil.objects.create` as it is written; what is no plain name of names counts by its last name."""
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""
