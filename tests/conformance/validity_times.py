"""How long validation takes on real models, measured now."""

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import ifcopenshell

from bim.validity.catalogue import RULES, run
from bim.validity.express import express_verdict
from bim.validity.facts import Facts
from bim.validity.schema import schema_verdict
from bim.validity.verdicts import Verdict

LARGE = "revit2012_janesville_restaurant.ifc"
SHARED_FACTS = (
    "loops", "simple_loops", "flat_loops", "whole", "parts", "nest", "container", "typed", "described", "shaped",
)  # fmt: skip
TOLD_FROM = 0.001
"""Seconds below which a rule is not told by itself."""
CHEAP = 0.03
"""Seconds below which a rule can be a named check of the guide."""


def table(folder: Path) -> list[str]:
    """Rows of Markdown: schema, schema's own rules and normative rules on every model that can be opened."""
    rows = [_row(path) for path in sorted(folder.glob("*.ifc"), key=lambda path: path.stat().st_size)]
    head = [
        "| model | MB | entities | open s | schema s | violations | EXPRESS s | violations | rules s |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    return [*head, *(row for row in rows if row)]


def _row(path: Path) -> str:
    started = time.process_time()
    try:
        facts = Facts(ifcopenshell.open(str(path)))
    except ifcopenshell.SchemaError:
        return ""
    times = [started, time.process_time()]
    schema = schema_verdict(facts)
    times.append(time.process_time())
    express = express_verdict(facts)
    times.append(time.process_time())
    rules = list(run(facts))
    times.append(time.process_time())
    took = [f"{after - before:.2f}" for before, after in pairwise(times)]
    return (
        f"| {path.name} | {path.stat().st_size / 1e6:.1f} | {schema.subjects} | {took[0]} "
        f"| {took[1]} | {_told(schema)} | {took[2]} | {_told(express)} "
        f"| {took[3]} ({sum(v.outcome == 'fail' for v in rules)} fail) |"
    )


def _told(verdict: Verdict) -> str:
    return f"{sum(verdict.counts.values())} of {len(verdict.counts)} kinds"


def rule_times(path: Path) -> tuple[list[str], dict[str, float]]:
    """Lines of Markdown, and seconds of each rule on one model, the facts that rules share left aside."""
    facts = Facts(ifcopenshell.open(str(path)))
    shared = list(_shared(facts))
    seconds = {verdict.rule: verdict.seconds for verdict in run(facts)}
    told = sorted((s, rule) for rule, s in seconds.items() if s >= TOLD_FROM)
    dear = [rule for s, rule in told if s >= CHEAP]
    lines = [
        f"Shared facts on {path.name}, made once when first asked for: "
        + ", ".join(f"{name} {s * 1000:.0f} ms" for name, s in shared)
        + ".",
        "",
        f"Of {len(RULES)} rules {len(RULES) - len(told)} take less than {TOLD_FROM * 1000:.0f} ms there; the others: "
        + ", ".join(f"{rule} {s * 1000:.0f} ms" for s, rule in told)
        + f". Above {CHEAP * 1000:.0f} ms: {', '.join(dear) or 'none'}.",
    ]
    return lines, seconds


def _shared(facts: Facts) -> Iterator[tuple[str, float]]:
    for name in SHARED_FACTS:
        started = time.perf_counter()
        getattr(facts, name)
        yield name, time.perf_counter() - started
