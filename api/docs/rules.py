"""docs/rules.md: the planning rules and the clauses of the guide, from the shipped packs."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from api.docs.markdown import code, heading, table
from bim.guide.pack import GUIDES, Clause, GuidePack, read_guide
from bim.packs import CODES, CodePack, Entry, read_code
from bim.rules import catalogue

INTRODUCTION = """A number comes from the planning sheet of the plot or from a dated pack, never from the code. No
number here is Syrian law: each pack says its status, `fictitious` for trial or `provisional` until the
municipality sets its own."""


_HEAD = ("code", "English", "العربية", "judged", "parameters", "source")


def page() -> str:
    """One section per pack."""
    parts = [heading("The catalogue of rules", INTRODUCTION)]
    for path in sorted(CODES.glob("*.yaml")):
        parts.append(_pack(read_code(path), "Planning rules", _planning))
    for path in sorted(GUIDES.glob("*.yaml")):
        parts.append(_pack(read_guide(path), "Modelling guide", _guide))
    return "\n".join(parts)


def _pack(pack: CodePack | GuidePack, kind: str, rows: Callable[[Any], Sequence[object]]) -> str:
    until = f" until {pack.valid_to}" if pack.valid_to else ""
    facts = f"Version {pack.version}, **{pack.status}**, in force from {pack.valid_from}{until}. {pack.source}."
    body = table(_HEAD, (rows(entry) for entry in pack.entries.values()))
    return f"## {kind}: {pack.id}\n\n{facts}\n\n{body}"


def _planning(entry: Entry) -> tuple[object, ...]:
    needs = ", ".join(need.value for need in catalogue.RULES[entry.code].needs)
    return *_clause(entry), f"needs {needs}" if needs else "", _parameters(entry.params), entry.source


def _guide(entry: Clause) -> tuple[object, ...]:
    judged = f"check {code(entry.check)}" if entry.check else "IDS"
    return *_clause(entry), f"{entry.severity}, {judged}", _parameters(entry.params), entry.source


def _clause(entry: Entry) -> tuple[str, str, str]:
    english, arabic = (f"**{entry.title[language]}** {entry.text[language]}" for language in ("en", "ar"))
    return code(entry.code), english, arabic


def _parameters(params: Mapping[str, Any]) -> str:
    return ", ".join(code(f"{name}: {_plain(value)}") for name, value in params.items())


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_plain(part)}" for name, part in value.items()) + "}"
    return "[" + ", ".join(map(_plain, value)) + "]" if isinstance(value, list) else str(value)
