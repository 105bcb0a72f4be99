"""Run every comparison by the clauses of a pack of tolerances; the failure of one leaves the others alone."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from bim.asbuilt import openings, rules
from bim.asbuilt.deviation import Deviation, Params, undecided
from bim.asbuilt.pair import Pair
from bim.findings import Reason
from bim.packs import CodePack

TOLERANCES = Path(__file__).parent / "tolerances"
Comparing = Callable[[Pair, Params], Iterator[Deviation]]
RULES: dict[str, Comparing] = {
    "ABT-01": rules.storeys,
    "ABT-02": rules.storey_heights,
    "ABT-03": rules.total_height,
    "ABT-04": rules.ground_level,
    "ABT-05": rules.outline_reach,
    "ABT-06": rules.areas,
    "ABT-07": rules.projection_depth,
    "ABT-08": rules.projection_area,
    "ABT-09": rules.setbacks,
    "ABT-10": openings.openings,
}

BY_GROUND = {"ABT-07", "ABT-08", "ABT-09", "ABT-10"}
"""Clauses that measure from the ground outline, which must be closed for that."""


def judge(pair: Pair, pack: CodePack) -> Iterator[Deviation]:
    """What every clause says, in the order of their codes."""
    trouble = pair.trouble()
    for code, compare in RULES.items():
        reason = trouble or (pair.open() if code in BY_GROUND else None)
        for found in _run(code, compare, pair, pack) if reason is None else [undecided(reason)]:
            yield replace(found, finding=replace(found.finding, rule=code, clause=f"{pack.id} {code}"))


def _run(code: str, compare: Comparing, pair: Pair, pack: CodePack) -> list[Deviation]:
    entry = pack.entries.get(code)
    if entry is None:
        return [undecided(Reason("not_in_pack", {"pack": pack.id}))]
    try:
        found = list(compare(pair, entry.params))
    except Exception as error:  # noqa: BLE001 - whatever it is, this clause alone is undecided
        return [undecided(Reason("rule_error", {"error": type(error).__name__}))]
    return found or [undecided(Reason("no_answer"))]
