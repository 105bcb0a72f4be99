"""docs/settings.md: what an office sets, from the fields of `permits.settings` and the text below each."""

import ast
import inspect
from textwrap import dedent

from api.docs.markdown import code, heading, table
from permits.settings import Settings

INTRODUCTION = "Settings are environment variables, read once when a program starts."


def page() -> str:
    """Variable, type, default and meaning."""
    meanings = described()
    prefix = Settings.model_config.get("env_prefix", "")
    rows = [
        (code(f"{prefix}{name}".upper()), code(_type(field.annotation)), code(field.default), meanings[name])
        for name, field in Settings.model_fields.items()
    ]
    return heading("Settings", INTRODUCTION) + "\n" + table(("variable", "type", "default", "meaning"), rows)


def described() -> dict[str, str]:
    """Field: the text written below it."""
    (declared,) = ast.parse(dedent(inspect.getsource(Settings))).body
    assert isinstance(declared, ast.ClassDef)  # noqa: S101 - the source of a class
    pairs = zip(declared.body, declared.body[1:], strict=False)
    return {
        field.target.id: text.value.value
        for field, text in pairs
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str)
    }  # fmt: skip


def _type(annotation: object) -> str:
    return annotation.__name__ if isinstance(annotation, type) else str(annotation).replace("typing.", "")
