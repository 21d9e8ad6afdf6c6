"""Small by number, without a list of exceptions."""

import ast

from tests.architecture import source

LONGEST_FUNCTION, LONGEST_FILE, LONGEST_TEST = 25, 300, 30


def functions(path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(source.tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def too_long(paths, most: int) -> list[str]:
    return [
        f"{source.place(path, one)} {one.name}: {lines}"
        for path in paths
        for one in functions(path)
        if (lines := (one.end_lineno or 0) - one.lineno + 1) > most
    ]


def test_no_function_is_longer_than_twenty_five_lines() -> None:
    benchmarks = list((source.ROOT / "benchmarks").glob("*.py"))

    assert source.files()
    assert benchmarks
    assert not too_long([*source.files(), *benchmarks], LONGEST_FUNCTION)


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    long = {str(path): n for path in source.files() if (n := len(path.read_text().splitlines())) > LONGEST_FILE}

    assert not long


def test_no_completeness_test_is_longer_than_thirty_lines() -> None:
    ours = [path for folder in ("architecture", "promises") for path in (source.ROOT / "tests" / folder).glob("*.py")]

    assert not too_long(ours, LONGEST_TEST)


def test_package_files_stay_empty() -> None:
    spoken = [str(path) for path in source.PACKAGE.rglob("__init__.py") if path.read_text().strip()]

    assert not spoken
