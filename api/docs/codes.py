"""The codes that our sources raise or answer, read from their syntax."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("gis", "bim", "permits", "dashboards", "api")
REASONS = frozenset({"Reason", "undecided", "not_applicable"})
REFUSALS = frozenset({"RefusedError"})
PROBLEMS = frozenset({"Problem"})


@cache
def trees() -> dict[Path, ast.Module]:
    """The syntax tree of every module of ours, migrations left out."""
    paths = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    kept = (path for path in paths if not {"migrations", "node_modules"} & set(path.parts))
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in kept}


def calls(names: frozenset[str]) -> Iterator[tuple[str, str]]:
    """(function name, first argument) of every call of one of `names` whose first argument is a literal string."""
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) in names and node.args:
                for text in _literals(node.args[0]):
                    yield _name(node.func), text


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _literals(node: ast.expr) -> Iterator[str]:
    """The strings that an expression can be: a literal, either side of a condition, any part of an `or`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    parts = [node.body, node.orelse] if isinstance(node, ast.IfExp) else []
    for part in node.values if isinstance(node, ast.BoolOp) else parts:
        yield from _literals(part)


def returned(tree: ast.AST) -> set[str]:
    """The literal strings that the functions of `tree` return."""
    returns = (node.value for node in ast.walk(tree) if isinstance(node, ast.Return) and node.value)
    return {text for value in returns for text in _literals(value)}
