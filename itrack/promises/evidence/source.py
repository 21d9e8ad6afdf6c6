"""What our own program text says: which functions make a pupil, and who calls them. Read once; it does not change."""

import ast
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
MAKES = frozenset({"create", "bulk_create", "get_or_create", "update_or_create", "abulk_create", "acreate"})
TOOLS = frozenset({"insert", "merge"})  # of foundation: they take the model first


def modules() -> list[tuple[str, ast.Module]]:
    """Every module of the program by its dotted name, migrations left out."""
    files = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
    return [(dotted(path), ast.parse(path.read_text(encoding="utf-8"))) for path in files]


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


@cache
def makers_of(model: str, table: str) -> list[str]:
    """Functions that bring rows of a model: by its class, its manager, our tools, or an INSERT."""
    return [name for name, function in _functions() if _makes(function, model, table)]


@cache
def callers_of(function: str) -> list[str]:
    return [name for name, body in _functions() if any(_called(node) == function for node in ast.walk(body))]


@cache
def _functions() -> list[tuple[str, ast.AST]]:
    return [
        (f"{module}.{node.name}", node)
        for module, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def _makes(function: ast.AST, model: str, table: str) -> bool:
    return any(_is_made(node, model) or _inserts(node, table) for node in ast.walk(function))


def _is_made(node: ast.AST, model: str) -> bool:
    if not isinstance(node, ast.Call):
        return False
    target = ast.unparse(node.func)
    deed = target.rpartition(".")[2]
    given = ast.unparse(node.args[0]) if node.args else ""
    return target == model or (target.startswith(f"{model}.") and deed in MAKES) or (deed in TOOLS and given == model)


def _inserts(node: ast.AST, table: str) -> bool:
    text = node.value.casefold() if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    return "insert into" in text and table in text


def _called(node: ast.AST) -> str:
    return ast.unparse(node.func).rpartition(".")[2] if isinstance(node, ast.Call) else ""
