"""docs/accuracy.md: how accurate our measures are, from runs made now."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from math import ceil
from pathlib import Path
from statistics import median

from tests.accuracy import samples
from tests.accuracy.declared import LENGTH, TOLERANCE, Pair, pairs
from tests.accuracy.measured import Measured, measured
from tests.accuracy.moved import drift_of
from tests.accuracy.moves import MOVES
from tests.accuracy.reasons import TEXTS, reason
from tests.bim.files import ROOT, SHARED

PAGE = ROOT / "docs" / "accuracy.md"
OURS = ("complies.ifc", "complies-ifc2x3-mm.ifc")
MOVED = ("Ifc4_SampleHouse", "AC20-FZK-Haus", "Duplex_A_20110907_georeferenced", "AC11-Institute-Var-2-IFC")
"""Models of others that are moved: a house, one with an attic, two dwellings, an office."""
INTRODUCTION = """# Accuracy

Written by `python -m tests.accuracy` from real runs, and compared with a new run by the tests. Every measure of a
report carries a tolerance: 2 cm for a length, 0.5 % for an area. A value nearer to its limit than that, and than its
place on the plot is sure, is *undecided*. Here is what these tolerances rest on. The third-party models are not part
of the project (`RUKHSA_SHARED`)."""


def page() -> str:
    """The whole page."""
    facts = f"With ifcopenshell {version('ifcopenshell')}, shapely {version('shapely')}."
    return "\n\n".join([INTRODUCTION, facts, _samples(), _declared(), _moved()]) + "\n"


def models() -> list[Path]:
    """Every real model there is."""
    return sorted((SHARED / "ifc").glob("*.ifc"))


def _samples() -> str:
    rows = samples.rows()
    return "\n".join(
        [
            "## Against the design",
            "",
            "The sample buildings are written from a design, and their manifest is worked out from the design and "
            f"never from the models. {sum(row.count for row in rows)} measures of {len(samples.MODELS)} models, goal "
            "1 cm and 0.2 %:",
            "",
            "| measure | unit | values | greatest error |",
            "|---|---|---|---|",
            *(f"| {row.name} | {row.unit} | {row.count} | {_error(row.error, row.unit)} |" for row in rows),
        ]
    )


def _error(value: float, unit: str) -> str:
    if unit == LENGTH:
        return f"{value * 1000:.1f} mm"
    return f"{value:.0f}" if unit == "count" else f"{value:.3%}"


def _declared() -> str:
    found = {path.stem: measured(path) for path in models()}
    told = {name: list(pairs(model)) for name, model in found.items()}
    rows = [row for name, of in told.items() for row in _rows(name, of, found[name])]
    reasons = Counter(
        reason(p, of, found[name]) for name, of in told.items() for p in of if p.ours is not None and not p.agrees
    )
    silent = [name for name, of in told.items() if not of]
    return "\n".join(
        [
            "## Against what models declare",
            "",
            "Every quantity of a room, storey, slab, building or flight that an authoring tool declared and that we "
            "measure too, of every real model. An error is ours less the declared one. Where they differ by more than "
            "the tolerance, a reason is named only if the model's own numbers prove it.",
            "",
            "| model | declared | values | within tolerance | median | 90 % | greatest | the others |",
            "|---|---|---|---|---|---|---|---|",
            *rows,
            "",
            *(f"- **{code}** ({reasons[code]}): {text}." for code, text in TEXTS.items() if reasons[code]),
            "",
            f"{len(silent)} models declare nothing that we measure: {', '.join(silent)}. *not measured*: no shape of "
            "the element is made, or it is none of what planning rules look at.",
        ]
    )


def _rows(name: str, told: Sequence[Pair], model: Measured) -> Iterator[str]:
    groups = defaultdict(list)
    for pair in told:
        groups[pair.ifc_class, pair.quantity].append(pair)
    for (ifc_class, quantity), of in sorted(groups.items()):
        taken = [pair for pair in of if pair.ours is not None]
        errors = sorted(abs(pair.error) for pair in taken)
        others = Counter(reason(pair, told, model) for pair in taken if not pair.agrees)
        if len(taken) < len(of):
            others["not measured"] = len(of) - len(taken)
        figures = [median(errors), errors[ceil(0.9 * len(errors)) - 1], errors[-1]] if errors else []
        columns = [
            name, f"{ifc_class} {quantity}", len(of), sum(pair.agrees for pair in of),
            *([_error(figure, of[0].unit) for figure in figures] or ["", "", ""]),
            ", ".join(f"{code} {count}" for code, count in others.most_common()),
        ]  # fmt: skip
        yield f"| {' | '.join(map(str, columns))} |"


def _moved() -> str:
    paths = [ROOT / "sample_models" / "models" / name for name in OURS]
    paths += [SHARED / "ifc" / f"{name}.ifc" for name in MOVED]
    rows = [row for path in paths for row in _drifts(path)]
    return "\n".join(
        [
            "## Against themselves",
            "",
            "A model is moved or written in another way, and every measure must move exactly as it must: not at all, "
            "or with the model. The figures are the greatest differences of any value: measures, levels, rooms, "
            "stairs, and the outlines of the building and of its storeys (what differs of them, in m²). Goal: "
            f"{TOLERANCE[LENGTH]} m and 0.5 %.",
            "",
            "| model | change | values | lengths | areas | outlines |",
            "|---|---|---|---|---|---|",
            *rows,
        ]
    )


def _drifts(path: Path) -> Iterator[str]:
    for name in MOVES:
        found = drift_of(path, name)
        assert not found.missing, (path, name, found.missing)
        yield (
            f"| {path.stem} | {name} | {found.compared} | {found.length * 1000:.1f} mm | {found.area:.4%} | "
            f"{found.outline:.3f} m² |"
        )
