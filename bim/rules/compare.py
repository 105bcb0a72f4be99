"""Compare a value with its limit: within tolerance plus residual of it, nothing is decided."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bim import overlay
from bim.building import Building, Region
from bim.findings import Finding, Outcome, Reason
from bim.trespass import TINY_AREA
from gis.site import Site

EXACT = 1e-6


@dataclass(frozen=True)
class Item:
    """One measured element: `value` is None where it could not be measured, for `missing`."""

    value: float | None
    limit: float
    element: str = ""
    storey: str | None = None
    subject: str = ""
    missing: str = "no_value"


def at_least(
    value: float, limit: float, unit: str, *, tolerance: float = 0.0, residual: float = 0.0, method: str = ""
) -> Finding:
    """Pass where the value is the limit or more."""
    return _compare(value, limit, value - limit, unit, tolerance, residual, method)


def at_most(
    value: float, limit: float, unit: str, *, tolerance: float = 0.0, residual: float = 0.0, method: str = ""
) -> Finding:
    """Pass where the value is the limit or less."""
    return _compare(value, limit, limit - value, unit, tolerance, residual, method)


def _compare(
    value: float, limit: float, margin: float, unit: str, tolerance: float, residual: float, method: str
) -> Finding:
    if not math.isfinite(value):
        return Finding("", Outcome.UNDECIDED, "", None, limit, unit, method=method, reason=Reason("not_finite"))
    band = tolerance + residual
    if band and abs(margin) < band - EXACT:
        reason = Reason("near_limit", {"margin": round(margin, 4), "band": round(band, 4)})
        return Finding("", Outcome.UNDECIDED, "", value, limit, unit, band, method, reason=reason)
    outcome = Outcome.PASS if margin >= -EXACT else Outcome.FAIL
    return Finding("", outcome, "", value, limit, unit, band, method)


def residual(building: Building, site: Site) -> float:
    """Position error of the building against the plot, metres."""
    return site.residual + (building.placement.residual if building.placement else 0.0)


def level_residual(building: Building) -> float:
    """Error of the building's height against the plot's reference level, metres."""
    return building.placement.height_residual if building.placement else 0.0


def outside(region: Region, allowed: Region, *, slack: float, method: str) -> Finding:
    """Area of `region` outside `allowed`, limit zero; undecided where a shift by `slack` would decide it."""
    area = overlay.minus(region, allowed).area
    surely = overlay.minus(region, allowed.buffer(slack, join_style="mitre")).area
    if surely > TINY_AREA:
        return Finding("", Outcome.FAIL, "", area, 0.0, "m2", round(slack, 4), method)
    possibly = overlay.minus(region, allowed.buffer(-slack, join_style="mitre")).area
    if possibly > TINY_AREA:
        reason = Reason("near_limit", {"margin": round(-area, 4), "band": round(slack, 4)})
        return Finding("", Outcome.UNDECIDED, "", area, 0.0, "m2", round(slack, 4), method, reason=reason)
    return Finding("", Outcome.PASS, "", area, 0.0, "m2", round(slack, 4), method)


def each(
    items: Iterable[Item], unit: str, *, most: bool = False, tolerance: float = 0.0, method: str = ""
) -> Iterator[Finding]:
    """A finding for every element that fails or is undecided; if there is none, one pass with the tightest."""
    compare = at_most if most else at_least
    passed: list[tuple[float, Finding, Item]] = []
    clean = True
    for item in items:
        if item.value is None:
            found = Finding("", Outcome.UNDECIDED, "", limit=item.limit, unit=unit, reason=Reason(item.missing))
        else:
            found = compare(item.value, item.limit, unit, tolerance=tolerance, method=method)
        if found.outcome is Outcome.PASS and item.value is not None:
            passed.append((abs(item.value - item.limit), found, item))
            continue
        clean = False
        yield _of(found, item, (item.element,) if item.element else ())
    if clean and passed:
        _, tightest, item = min(passed, key=lambda entry: (entry[0], entry[2].element))
        yield _of(tightest, item, tuple(sorted(i.element for _, _, i in passed if i.element)))


def _of(finding: Finding, item: Item, elements: tuple[str, ...]) -> Finding:
    return replace(finding, elements=elements, storey=item.storey, subject=item.subject)
