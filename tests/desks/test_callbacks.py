"""Every callback of every desk asks anew who the visitor is: found in the source, so that a new one cannot forget."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

DESKS = ROOT / "dashboards"
TIES = {"on_click", "watch", "add_periodic_callback"}
WRAPPERS = {"guard", "_guard", "reporting"}
HARMLESS = {
    "components/act_form.py act": "a helper that ties what it is given, each of which is guarded and looked at",
    "components/act_form.py turn": "shows the fields of a kind of act; entering it asks",
    "components/act_lines.py _add": "one line more of fields; entering them asks",
    "components/act_lines.py _drop": "one line less",
    "components/act_lines.py _tell": "adds up what the person typed",
    "components/cash_drawer.py add": "adds up what the person typed",
    "components/decision.py turn": "shows a button beside a phrase that was already sent; its press asks",
    "components/finding_filter.py changed": "given by the list, whose reading asks",
    "components/finding_filter.py clear": "empties a choice; the list's reading asks",
    "components/phrases.py write": "puts a sentence that was already sent into a field",
    "components/register_import.py show": "turns to a row that was already sent",
    "pages/register.py turn": "turns to a part that was made when the page was built",
}
"""Callbacks that read and write nothing of the office, and why."""


def name_of(node: ast.expr) -> str:
    """The last name of what is called or passed."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=func, args=args):
            if isinstance(func, ast.Call) and name_of(func.func) in WRAPPERS:  # reporting(…)(callback)
                return name_of(args[0])
            inner = name_of(func)
            return name_of(args[0]) if inner in WRAPPERS | {""} and args else inner
    return ""


def callbacks(tree: ast.Module) -> Iterator[ast.expr]:
    """What is tied to a button, a parameter or a clock."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TIES and node.args:
            yield node.args[0]
        if isinstance(node, ast.FunctionDef) and any(name_of(one) in WRAPPERS for one in node.decorator_list):
            yield ast.Name(node.name)  # guarded, whatever ties it


def asks(body: ast.AST, known: dict[str, list[ast.AST]], seen: set[str]) -> bool:
    """Whether `visitor.need` is reached from here, through functions of the same file."""
    for node in ast.walk(body):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and node.func.attr == "need" and "visitor" in ast.unparse(node.func):
            return True
        named = name_of(node.func)
        if named and named not in seen and any(asks(one, known, seen | {named}) for one in known.get(named, [])):
            return True
    return False


def unasked(source: str, place: str) -> list[str]:
    """The callbacks of a file that never ask."""
    tree = ast.parse(source)
    known: dict[str, list[ast.AST]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            known.setdefault(node.name, []).append(node)
    found = []
    for given in callbacks(tree):
        inner = given.args[0] if isinstance(given, ast.Call) and given.args else given
        bodies: list[ast.AST] = [inner] if isinstance(inner, ast.Lambda) else known.get(name_of(given), [])
        named = f"{place} {name_of(given) or ast.unparse(given)}"
        if named not in HARMLESS and not (bodies and all(asks(body, known, set()) for body in bodies)):
            found.append(named)
    return found


def files() -> list[Path]:
    return sorted(DESKS.rglob("*.py"))


def test_every_callback_asks_who_the_visitor_is() -> None:
    found = {str(path.relative_to(DESKS)): path.read_text(encoding="utf-8") for path in files()}
    assert sum(len(list(callbacks(ast.parse(text)))) for text in found.values()) > 50
    assert [one for place, text in found.items() for one in unasked(text, place)] == []


def test_no_excuse_is_left_over() -> None:
    used = {
        f"{path.relative_to(DESKS)} {name_of(given)}"
        for path in files()
        for given in callbacks(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert set(HARMLESS) - used == set()


FORGETS = """
def panel(visitor, guard):
    visitor.need(Role.REVIEWER)
    @guard
    def {name}(event):
        {body}
    button.on_click({tied})
"""


@pytest.mark.parametrize(
    ("body", "tied", "good"),
    [
        ("visitor.need(Role.REVIEWER)", "clicked", True), ("write(event)", "clicked", False),
        ("visitor.need(Role.REVIEWER)", "guard(lambda _: visitor.need(Role.REVIEWER))", True),
        ("visitor.need(Role.REVIEWER)", "guard(lambda _: write())", False),
        ("visitor.need(Role.REVIEWER)", "somewhere_else", False),
    ],
)  # fmt: skip
def test_one_that_forgets_is_found(body: str, tied: str, good: bool) -> None:
    assert bool(unasked(FORGETS.format(name="clicked", body=body, tied=tied), "x.py")) is not good
