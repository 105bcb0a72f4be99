"""`python -m tests.bench [GROUP …]`: measure, print the tables, write them to docs/benchmarks.md.

Each group has its own machine and day there; a run of some groups leaves the others as they were measured.
"""

import json
import os
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench import assets, desks, ids, land, maps, portal, register, uploads, viewer
from tests.bench.measure import ROOT, Run, middle, pairs, run

PAIRS = 5
LARGE = "revit2012_janesville_restaurant.ifc"
OFFICE = "Office_A_20110811.ifc"
GEOMETRY = ("AC20-FZK-Haus.ifc", "Duplex_A_20110907_georeferenced.ifc", OFFICE, LARGE)
SAMPLES = ROOT / "sample_models"
CHECK = ("-m", "api.cli", "check", "--on", "2026-06-01")
PAGE, PER_CLAUSE = ROOT / "docs" / "benchmarks.md", "Time per clause"
OPEN = "import ifcopenshell, sys; ifcopenshell.open(sys.argv[1])"


CLAUSES: dict[str, float] = {}
"""Milliseconds of each clause, filled by the run."""


@dataclass(frozen=True)
class Row:
    """One figure: what was measured, from what, and the goal it is held against (None: told, no goal)."""

    what: str
    detail: str
    value: float
    goal: float | None
    unit: str = ""

    def cells(self) -> tuple[str, ...]:
        """As printed."""
        met = "–" if self.goal is None else "yes" if self.value <= self.goal else "**no**"
        goal = "–" if self.goal is None else f"≤ {self.goal:g}{self.unit}"
        return self.what, self.detail, f"{self.value:.2f}{self.unit}", goal, met


def _faces(shared: Path) -> Iterator[Row]:
    for figures in chain(
        portal.rows(), desks.rows(), uploads.rows(), maps.rows(), viewer.rows(shared / "ifc" / OFFICE)
    ):
        yield Row(*figures)


def _records(_: Path) -> Iterator[Row]:
    for figures in chain(land.rows(), assets.rows(), register.rows()):
        yield Row(*figures)


def _models(shared: Path) -> Iterator[Row]:
    yield from _reading(shared / "ifc" / LARGE)
    yield from _guide(shared / "ifc" / LARGE)
    yield from (Row(*figures) for figures in ids.rows(shared))
    for name in GEOMETRY:
        yield from _geometry(shared / "ifc" / name)
    yield from _geometry(SAMPLES / "models" / "complies.ifc")
    starts = [run(("-m", "api.cli", "--help")).seconds for _ in range(2 * PAIRS + 1)]
    yield Row("start of `rukhsa --help`", f"median of {len(starts)}", median(starts), 0.4, " s")
    arguments = (*CHECK, str(SAMPLES / "models" / "complies.ifc"))
    plot = ("--layers", str(SAMPLES / "zone" / "zone.gpkg"), "--plot", "103")
    full = middle([run((*arguments, *plot)) for _ in range(3)])
    yield Row("full check of complies.ifc", f"median of 3; {full.megabytes:.0f} MB", full.seconds, None, " s")


def _reading(model: Path) -> Iterator[Row]:
    check, read = (
        middle(runs) for runs in pairs((*CHECK, "--no-geometry", str(model)), ("-c", OPEN, str(model)), PAIRS, (0, 1))
    )
    sizes = f"{model.name}, {model.stat().st_size / 1e6:.1f} MB, medians of {PAIRS} pairs"
    times = f"{check.seconds:.2f} s / {read.seconds:.2f} s"
    yield Row("check without geometry / opening: time", f"{sizes}: {times}", check.seconds / read.seconds, 2.5)
    memory = f"largest process, {check.megabytes:.0f} MB / {read.megabytes:.0f} MB"
    yield Row("check without geometry / opening: memory", memory, check.megabytes / read.megabytes, 2.0)


def _guide(model: Path) -> Iterator[Row]:
    """The whole guide in a process of its own, beside a process that only opens; then on the fourfold model."""
    judging = ("-m", "tests.bench.guide", str(model))
    ours, theirs = pairs(judging, ("-c", OPEN, str(model)), PAIRS)
    told = [json.loads(run.said) for run in ours]
    whole, opened = median(r["open"] + r["judge"] for r in told), median(r["open"] for r in told)
    count = len(told[0]["clauses"])
    detail = f"{model.name}, {count} clauses, medians of {PAIRS}: {whole:.2f} s / {opened:.2f} s"
    yield Row("opening and judging by the whole guide / opening: time", detail, whole / opened, 1.6)
    memory = f"{middle(ours).megabytes:.0f} MB / {middle(theirs).megabytes:.0f} MB"
    yield Row("a process that judges / one that only opens: memory", memory, _memory(ours, theirs), 1.5)
    processes = f"with the start of Python: {middle(ours).seconds:.2f} s / {middle(theirs).seconds:.2f} s"
    ratio = middle(ours).seconds / middle(theirs).seconds
    yield Row("a process that judges / one that only opens: time", processes, ratio, None)
    with TemporaryDirectory() as folder:
        large = Path(folder) / "fourfold.ifc"
        run(("-m", "tests.bench.fourfold", str(model), str(large)))  # a large parent makes its children look large
        sides = pairs(("-m", "tests.bench.guide", str(large)), judging, PAIRS)
        four, one = (median(json.loads(run.said)["judge"] for run in side) for side in sides)
        sizes = f"{large.stat().st_size / 1e6:.0f} MB: {four:.2f} s / {one:.2f} s"
        yield Row("the guide on the fourfold model / on the model", sizes, four / one, 4.0)
    CLAUSES.update({code: median(r["clauses"][code] for r in told) for code in told[0]["clauses"]})


def _memory(ours: Sequence[Run], theirs: Sequence[Run]) -> float:
    return middle(ours).megabytes / middle(theirs).megabytes


def _geometry(model: Path) -> Iterator[Row]:
    goal = 0.2 if model.name in (OFFICE, LARGE) else 1.0
    yield _shapes(model, "library", "planning shapes / one pass of the library", goal)
    yield _shapes(model, "alike", "planning shapes / one pass without openings", None)


def _shapes(model: Path, other: str, what: str, goal: float | None) -> Row:
    module = ("-m", "tests.bench.geometry")
    both = pairs((*module, "ours", str(model)), (*module, other, str(model)), 3)
    seconds = [median(float(r.said.split()[0]) for r in runs) for runs in both]
    made = [runs[-1].said.split()[1] for runs in both]
    detail = f"{model.name}: {seconds[0]:.2f} s, {made[0]} shapes / {seconds[1]:.2f} s, {made[1]} shapes"
    return Row(what, detail, seconds[0] / seconds[1], goal)


GROUPS: dict[str, tuple[str, Callable[[Path], Iterator[Row]]]] = {
    "faces": ("Faces", _faces),
    "records": ("Land, property and register", _records),
    "models": ("Models", _models),
}
"""By its name on the command line: a group's heading and its figures."""


def _table(group: str, shared: Path) -> str:
    """Measure a group: its machine and its table."""
    lines = [
        _machine(os.getloadavg()),
        "",
        "| what | measured from | figure | goal | met |",
        "| --- | --- | --- | --- | --- |",
    ]
    for row in GROUPS[group][1](shared):
        lines.append(f"| {' | '.join(row.cells())} |")
        print(lines[-1], flush=True)
    return "\n".join(lines)


def _clauses() -> str:
    """Milliseconds of each clause, most first."""
    head = [TIMES, "", "| clause | ms |", "| --- | --- |"]
    rows = [f"| {code} | {spent:.2f} |" for code, spent in sorted(CLAUSES.items(), key=lambda item: -item[1])]
    return "\n".join([*head, *rows])


def _machine(load: tuple[float, float, float]) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    facts = (
        f"{datetime.now(UTC):%Y-%m-%d}", f"{os.cpu_count()} cores", f"{memory:.0f} GB", platform.system(),
        f"Python {platform.python_version()}", f"ifcopenshell {version('ifcopenshell')}",
        f"load average before the run {load[0]:.1f}",
    )  # fmt: skip
    return ", ".join(facts)


INTRODUCTION = """# Speed and memory

Written by `make bench`, each group by itself (`make bench ARGS=faces`). Ratios are between fresh processes of one run,
in turn (A B A B), so that they hold on another machine too; the seconds are those of this one. The third-party models
are not part of the project.

Planning shapes are the walls, plates, spaces and stairs that rules measure. Ours leave the openings out of walls,
since a section through a door must be a closed wall, and cut them into slabs; the first comparison is with the
library as it comes (openings cut everywhere, with normals), the second with a pass that cuts none at all."""
TIMES = f"Judging {LARGE} by the clauses asked for a licence; what several share counts for the first of them."


def main() -> None:
    """Measure the groups that are named, or all, and write them over what stood there of them."""
    asked = sys.argv[1:] or list(GROUPS)
    shared = Path(os.environ.get("RUKHSA_SHARED", ROOT.parent / "shared"))
    if not shared.is_dir() or not set(asked) <= set(GROUPS):
        sys.exit(f"needs the third-party models (RUKHSA_SHARED), and groups of {', '.join(GROUPS)}")
    sections = _sections(PAGE.read_text(encoding="utf-8"))
    for group in asked:
        sections[GROUPS[group][0]] = _table(group, shared)
    if "models" in asked:
        sections[PER_CLAUSE] = _clauses()
    order = [heading for heading in (*(title for title, _ in GROUPS.values()), PER_CLAUSE) if heading in sections]
    PAGE.write_text("\n\n".join([INTRODUCTION, *(f"## {h}\n\n{sections[h]}" for h in order)]) + "\n", encoding="utf-8")


def _sections(page: str) -> dict[str, str]:
    """The sections of a page by their headings."""
    parts = (part.partition("\n") for part in page.split("\n## ")[1:])
    return {heading.strip(): body.strip() for heading, _, body in parts}


if __name__ == "__main__":
    main()
