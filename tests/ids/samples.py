"""Documents for tests, and the pairs of buildingSMART where they are at hand."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAIRS = Path(os.environ.get("RUKHSA_SHARED", ROOT.parent / "shared")) / "conformance" / "ids_2026"
HEAD = (
    '<ids xmlns="http://standards.buildingsmart.org/IDS" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)
WALL = "<entity><name><simpleValue>IFCWALL</simpleValue></name></entity>"
NAME = "<attribute><name><simpleValue>Name</simpleValue></name></attribute>"


def pairs(*outcomes: str) -> list[Path]:
    """The documents whose names begin by one of the outcomes pass, fail, invalid."""
    return sorted(path for path in PAIRS.rglob("*.ids") if path.name.split("-")[0] in outcomes)


def specification(
    requirements: str = NAME, *, applicability: str = WALL, versions: str = "IFC4", occurs: str = ""
) -> str:
    """One specification as XML."""
    inner = f"<requirements>{requirements}</requirements>" if requirements else ""
    occurs = occurs or 'maxOccurs="unbounded"'
    return (
        f'<specification name="S" ifcVersion="{versions}"><applicability {occurs}>{applicability}</applicability>'
        f"{inner}</specification>"
    )


def document(*specifications: str, info: str = "<title>T</title>") -> bytes:
    """A whole document, one line for the head and one for each specification."""
    body = "\n".join(specifications)
    return f"{HEAD}<info>{info}</info><specifications>\n{body}\n</specifications></ids>".encode()


def attribute(name: str, value: str = "", opening: str = "<attribute>") -> str:
    """An attribute facet as XML; `value` is the inside of its value."""
    inner = f"<value>{value}</value>" if value else ""
    return f"{opening}<name><simpleValue>{name}</simpleValue></name>{inner}</attribute>"


def restriction(inner: str, base: str = "xs:string") -> str:
    """A restriction as XML."""
    return f'<xs:restriction base="{base}">{inner}</xs:restriction>'
