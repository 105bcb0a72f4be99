"""Texts for people: Project Fluent catalogues, one file per subject and language, keyed by code."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Protocol

from fluent.runtime import FluentBundle, FluentResource

LANGUAGES = ("ar", "en")
LOCALE = Path(__file__).parent / "locale"


@cache
def bundle(language: str) -> FluentBundle:
    """All texts of one language; "ar" is spoken as in Syria (ar-SY)."""
    result = FluentBundle([{"ar": "ar-SY", "en": "en"}[language]])
    for path in sorted((LOCALE / language).glob("*.ftl")):
        result.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return result


def translate(language: str, key: str, /, **values: str | float) -> str:
    """The text of `key`; a missing key or value is an error, never a silent gap on a page."""
    message = bundle(language).get_message(key)
    if message.value is None:
        raise LookupError(key)
    text, errors = bundle(language).format_pattern(message.value, values)
    if errors:
        raise LookupError(f"{key}: {errors}")
    return str(text)


def known(language: str, key: str) -> bool:
    """Whether the catalogue has `key`."""
    return bool(bundle(language).has_message(key))


def translator(language: str) -> Callable[..., str]:
    """`t(key, …)` in one language, for templates."""
    return partial(translate, language)


NAMED = frozenset({"state", "annotation", "act"})
"""Values that are codes with a text, `<name>-<code>` or `<family>-<name>-<code>` by the first word of the error."""


class Coded(Protocol):
    """An error of any floor: a code of the catalogue and the numbers of its text."""

    @property
    def code(self) -> str:
        """Its key in the catalogue, less "error-"."""
        ...

    @property
    def values(self) -> Mapping[str, str | float]:
        """What its text names."""
        ...


def error_text(error: Coded, language: str) -> str:
    """An error in the reader's words; a code without a text is shown as it is rather than hidden."""
    key = f"error-{error.code.replace('_', '-')}"
    if not known(language, key):
        return error.code
    values = dict(error.values)
    family = key.split("-")[1]
    for name in NAMED & values.keys():  # a person is told of a state by its name
        plain = f"{name}-{str(values[name]).replace('_', '-')}"
        named = next((text for text in (f"{family}-{plain}", plain) if known(language, text)), None)
        if named:
            values[name] = translate(language, named, **values)
    return translate(language, key, **values)
