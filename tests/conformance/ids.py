"""IDS: the pairs of buildingSMART judged by ours, ifctester and ifcfast, counted by facet."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import ifcopenshell

from bim.ids.errors import IdsError
from bim.ids.judge import judge
from bim.ids.read import read
from tests.ids.samples import PAIRS, pairs

ENGINES = ("ours", "ifctester", "ifcfast")


@dataclass(frozen=True)
class ConformanceRow:
    """One engine on one facet: pass and fail pairs tried and judged as named, invalid ones tried and refused."""

    facet: str
    engine: str
    tried: int
    agreeing: int
    invalid: int
    refused: int


def ours(path: Path) -> str:
    """Our verdict on a pair: pass, fail or invalid."""
    try:
        document = read(path)
    except IdsError:
        return "invalid"
    model = ifcopenshell.open(str(path.with_suffix(".ifc")))
    return "fail" if any(result.status == "fail" for result in judge(model, document)) else "pass"


def ifctester(path: Path) -> str:
    """The same by ifctester, which asks the XSD what is valid."""
    from ifctester import ids
    from xmlschema import XMLSchemaValidationError

    try:
        document = ids.open(str(path), validate=True)
    except (ids.IdsXmlValidationError, XMLSchemaValidationError):
        return "invalid"
    document.validate(ifcopenshell.open(str(path.with_suffix(".ifc"))))
    return "pass" if all(specification.status for specification in document.specifications) else "fail"


def ifcfast(path: Path) -> str:
    """The same by ifcfast."""
    import ifcfast as library

    model = library.open(str(path.with_suffix(".ifc")))
    try:
        report = model.validate_ids(path.read_bytes())
    except library.IdsInvalidError:
        return "invalid"
    return "pass" if report.ok else "fail"


VERDICTS: dict[str, Callable[[Path], str]] = {"ours": ours, "ifctester": ifctester, "ifcfast": ifcfast}


def conformance_rows() -> Iterator[ConformanceRow]:
    """Run all engines on all pairs: a row to each facet and engine."""
    folders = sorted({path.parent for path in pairs("pass", "fail", "invalid")})
    for folder in folders:
        for engine in ENGINES:
            counts: Counter[tuple[bool, bool]] = Counter()
            for path in pairs("pass", "fail", "invalid"):
                if path.parent == folder:
                    expected = path.name.split("-")[0]
                    counts[expected == "invalid", VERDICTS[engine](path) == expected] += 1
            yield ConformanceRow(
                folder.name,
                engine,
                counts[False, False] + counts[False, True],
                counts[False, True],
                counts[True, False] + counts[True, True],
                counts[True, True],
            )


def section() -> str:
    """Markdown: one line to a facet, and their sum; raise where the pairs are not at hand."""
    if not PAIRS.is_dir():
        raise FileNotFoundError(PAIRS.name)
    rows = list(conformance_rows())
    facets = sorted({row.facet for row in rows})
    versions = ", ".join(f"{name} {version(name)}" for name in ENGINES[1:])
    lines = [
        "## IDS 1.0",
        "",
        "The pairs of an IDS document and a model that buildingSMART publishes (state of 2026): agreeing of tried, and",
        f"invalid documents refused of tried. The others are {versions}.",
        "",
        "| facet | ours | ifctester | ifcfast | invalid: ours | ifctester | ifcfast |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(_line(facet, [row for row in rows if row.facet == facet]) for facet in facets),
        _line("**all**", rows),
    ]
    return "\n".join(lines) + "\n"


def _line(name: str, rows: list[ConformanceRow]) -> str:
    sides = [[row for row in rows if row.engine == engine] for engine in ENGINES]
    agreeing = [f"{sum(row.agreeing for row in side)} / {sum(row.tried for row in side)}" for side in sides]
    refused = [f"{sum(row.refused for row in side)} / {sum(row.invalid for row in side)}" for side in sides]
    return f"| {' | '.join([name, *agreeing, *refused])} |"
