"""`python -m tests.bench.ids ours|ifctester all|named MODEL`: seconds to judge, and how many elements apply.

Reading the document and opening the model are not counted, for neither; nor is the garbage collector's look
through what they made. `... each all MODEL` says how long a specification that names no entity takes by ours, and
one that does, on an index that they share.
"""

import gc
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import mean, median

import ifcopenshell
from ifctester import facet, ids

from bim.ids.document import Document
from bim.ids.index import Index
from bim.ids.judge import judge, judge_specification
from bim.ids.read import read
from bim.ids.write import write
from tests.bench.measure import pairs, run
from tests.ids.bench50 import BENCH, NAMED, NAMELESS

MODULE = ("-m", "tests.bench.ids")
LARGE = "revit2012_janesville_restaurant.ifc"
ASKED = {"all": BENCH.specifications, "named": NAMED}
Figures = tuple[str, str, float, float | None, str]
"""What was measured, from what, the figure, its goal and its unit: the fields of a row of the benchmark."""


def ours(model: ifcopenshell.file, raw: bytes) -> tuple[float, int]:
    """Seconds and applicable elements by our judge, with an index of its own."""
    document = read(raw)
    gc.freeze()
    started = time.perf_counter()
    results = list(judge(model, document))
    return time.perf_counter() - started, sum(len(result.applicable) for result in results)


def theirs(model: ifcopenshell.file, raw: bytes) -> tuple[float, int]:
    """The same by ifctester."""
    document = ids.from_string(raw.decode())
    facet.get_pset.cache_clear()  # as ifctester does once for each model
    facet.get_psets.cache_clear()
    gc.freeze()
    started = time.perf_counter()
    for specification in document.specifications:
        specification.validate(model)
    return time.perf_counter() - started, sum(len(s.applicable_entities) for s in document.specifications)


def each(model: ifcopenshell.file, raw: bytes) -> tuple[float, float]:
    """Mean seconds of a specification that names no entity, and of one that does."""
    index, document = Index(model), read(raw)
    gc.freeze()
    seconds: list[list[float]] = [[], []]
    for specification in document.specifications:
        started = time.perf_counter()
        judge_specification(index, specification)
        seconds[specification.name in {named.name for named in NAMED}].append(time.perf_counter() - started)
    assert len(seconds[0]) == len(NAMELESS)
    return mean(seconds[0]), mean(seconds[1])


def rows(shared: Path) -> Iterator[Figures]:
    """Every figure; ifctester takes a minute for a large model where specifications name no entity."""
    for model in sorted((shared / "ifc").glob("*.ifc")):
        yield _against(model, "named", 5)
        yield _against(model, "all", 1)
    large = shared / "ifc" / LARGE
    seconds = median(float(run((*MODULE, "ours", "all", str(large))).said.split()[0]) for _ in range(5))
    yield "IDS: fifty specifications on a large model", f"{LARGE}, median of 5", seconds, 0.35, " s"
    runs = [tuple(map(float, run((*MODULE, "each", "all", str(large))).said.split())) for _ in range(5)]
    nameless, named = (median(side) for side in zip(*runs, strict=True))
    detail = f"{LARGE}, medians of 5: {1000 * nameless:.1f} ms / {1000 * named:.1f} ms"
    yield "IDS: a specification that names no entity / one that does", detail, nameless / named, 3.0, ""


def _against(model: Path, asked: str, count: int) -> Figures:
    runs = pairs((*MODULE, "ours", asked, str(model)), (*MODULE, "ifctester", asked, str(model)), count)
    ours, theirs = (median(float(one.said.split()[0]) for one in side) for side in runs)
    what = "fifty specifications" if asked == "all" else f"{len(NAMED)} that name an entity"
    detail = f"{model.name}, medians of {count}: {ours:.3f} s / {theirs:.3f} s"
    return f"IDS, {what}: ours / ifctester", detail, ours / theirs, 1.0, ""


def main() -> None:
    """Print two figures."""
    who, asked, path = sys.argv[1:]
    raw = write(Document(BENCH.info, ASKED[asked]))
    figures = {"ours": ours, "ifctester": theirs, "each": each}[who](ifcopenshell.open(path), raw)
    print(*figures)


if __name__ == "__main__":
    main()
