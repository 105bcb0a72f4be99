"""Which rules a drawing and declared quantities can answer; all others are undecided, and the guide does not apply."""

from collections.abc import Iterator
from dataclasses import replace

from bim.building import Building
from bim.drawings.quantities import Quantities
from bim.findings import Finding, Measure, Outcome, Reason
from bim.guide.pack import GuidePack
from bim.measure import measures, storey_area
from bim.packs import CodePack
from bim.rules import catalogue
from gis.site import Site

DRAWING, DECLARED, BOTH = "drawing", "declared", "drawing_and_declared"
_AGREES = 0.01
"""Share of a storey's area by which a declared one may differ from the drawn one."""
JUDGED: dict[str, tuple[str, tuple[str, ...]]] = {
    "PLOT-01": (DRAWING, ()),
    "PLOT-02": (DRAWING, ()),
    "PLOT-03": (DRAWING, ()),
    "SET-01": (DRAWING, ()),
    "SET-02": (DRAWING, ()),
    "SET-03": (DRAWING, ()),
    "SET-04": (DRAWING, ()),
    "COV-01": (DRAWING, ()),
    "ATT-01": (DRAWING, ()),
    "DST-01": (DRAWING, ()),
    "ANX-01": (DRAWING, ()),
    "ANX-02": (DRAWING, ()),
    "BSM-01": (DRAWING, ()),
    "PRJ-01": (DRAWING, ()),
    "PRJ-02": (DRAWING, ()),
    "PRJ-04": (DRAWING, ()),
    "FAR-01": (BOTH, ()),
    "FLR-01": (DECLARED, ()),
    "HGT-01": (DECLARED, ("height",)),
    "BSM-02": (DECLARED, ("basement_rise",)),
    "PRK-01": (DECLARED, ("dwellings", "parking_bays")),
}
"""Rule: the method that is told, and the quantities without which it is undecided."""
_MEASURED = {
    "footprint_area": DRAWING, "envelope_area": DRAWING, "storey_area": DRAWING, "projection_depth": DRAWING,
    "setback": DRAWING, "setback_edge": DRAWING, "coverage": DRAWING, "gross_floor_area": BOTH,
    "floor_area_ratio": BOTH, "storey_count": DECLARED, "height": DECLARED, "basement_rise": DECLARED,
    "dwellings": DECLARED, "parking_bays": DECLARED,
}  # fmt: skip
_SAID = ("height", "basement_rise", "dwellings", "parking_bays")


def judge(
    building: Building, said: Quantities, site: Site | None, packs: tuple[GuidePack, CodePack]
) -> Iterator[Finding]:
    """A finding for each clause of the guide, and those of all rules."""
    guide, code = packs
    for entry in guide.entries.values():
        clause, severity = f"{guide.id} {entry.code}", entry.severity.value
        yield Finding(entry.code, Outcome.NOT_APPLICABLE, clause, reason=Reason("no_model"), severity=severity)
    unanswered: set[str] = set()
    for finding in catalogue.judge(building, site, code):
        if finding.rule in JUDGED:
            yield _told(finding, building, said)
        elif finding.rule not in unanswered:
            unanswered.add(finding.rule)
            yield Finding(finding.rule, Outcome.UNDECIDED, finding.clause, reason=Reason("needs_model"))


def _told(finding: Finding, building: Building, said: Quantities) -> Finding:
    """The finding with where its value is from; undecided where a quantity it needs is not declared."""
    method, needed = JUDGED[finding.rule]
    missing = [name for name in needed if getattr(said, name) is None]
    other = _disagreement(building, said) if method is BOTH else None
    reason = Reason("not_declared", {"name": missing[0]}) if missing else other
    if reason is not None and finding.outcome is not Outcome.NOT_APPLICABLE:
        return Finding(finding.rule, Outcome.UNDECIDED, finding.clause, method=method, reason=reason)
    known = {storey.id for storey in building.storeys}
    elements = tuple(key for key in finding.elements if key in known)
    return replace(finding, method=method, elements=elements)


def _disagreement(building: Building, said: Quantities) -> Reason | None:
    """The first storey whose declared area is not that of the drawing."""
    for number, storey in enumerate(building.floors(), 1):
        declared, drawn = said.storey_areas.get(number), storey_area(building, storey)
        if declared is not None and drawn is not None and abs(declared - drawn) > _AGREES * drawn:
            return Reason("declared_differs", {"storey": number, "declared": declared, "drawn": round(drawn, 2)})
    return None


def measured(building: Building, said: Quantities, site: Site | None) -> tuple[Measure, ...]:
    """What can be measured in the drawing, and what was declared, each with where it is from."""
    found = []
    for measure in measures(building, site):
        declared = measure.name not in _SAID or getattr(said, measure.name) is not None
        if measure.name in _MEASURED and declared:
            method = _MEASURED[measure.name]
            tolerance = 0.0 if method is DECLARED else measure.tolerance
            found.append(replace(measure, method=method, tolerance=tolerance))
    return tuple(found)
