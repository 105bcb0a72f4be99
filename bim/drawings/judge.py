"""Which rules a drawing and declared quantities can answer; all others are undecided, and the guide does not apply."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from bim.building import Building
from bim.drawings.layers import names
from bim.drawings.quantities import ABSENT, Quantities
from bim.findings import Finding, Measure, Outcome, Reason
from bim.guide.pack import GuidePack
from bim.measure import storey_area
from bim.measures import measures
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
    "ANX-01": (DRAWING, ("annex",)),
    "ANX-02": (DRAWING, ("annex",)),
    "BSM-01": (DRAWING, ("basement",)),
    "PRJ-01": (DRAWING, ("projection",)),
    "PRJ-02": (DRAWING, ("projection",)),
    "PRJ-04": (DRAWING, ("projection",)),
    "FAR-01": (BOTH, ()),
    "FLR-01": (DECLARED, ()),
    "HGT-01": (DECLARED, ("height",)),
    "BSM-02": (DECLARED, ("basement", "basement_rise")),
    "PRK-01": (DECLARED, ("dwellings", "parking_bays")),
}
"""Rule: the method that is told, and without what it is undecided: a kind of layer that is neither drawn nor declared
not to be, or a quantity."""
_MEASURED = {
    "footprint_area": DRAWING, "envelope_area": DRAWING, "storey_area": DRAWING, "projection_depth": DRAWING,
    "setback": DRAWING, "setback_edge": DRAWING, "setback_storey": DRAWING, "coverage": DRAWING,
    "plot_area": DRAWING, "plot_ground_area": DRAWING, "frontage": DRAWING, "beyond_plot": DRAWING,
    "gross_floor_area": BOTH,
    "floor_area_ratio": BOTH, "storey_count": DECLARED, "height": DECLARED, "basement_rise": DECLARED,
    "dwellings": DECLARED, "parking_bays": DECLARED,
}  # fmt: skip
_SAID = ("height", "basement_rise", "dwellings", "parking_bays")


def judge(
    building: Building,
    said: Quantities,
    site: Site | None,
    *,
    drawn: Collection[str],
    packs: tuple[GuidePack, CodePack],
) -> Iterator[Finding]:
    """A finding for each clause of the guide, and those of all rules; `drawn` are the kinds of its layers."""
    guide, code = packs
    for entry in guide.entries.values():
        clause, severity = f"{guide.id} {entry.code}", entry.severity.value
        yield Finding(entry.code, Outcome.NOT_APPLICABLE, clause, reason=Reason("no_model"), severity=severity)
    unanswered: set[str] = set()
    for finding in catalogue.judge(building, site, code):
        if finding.rule in JUDGED:
            yield _told(finding, building, said, drawn)
        elif finding.rule not in unanswered:
            unanswered.add(finding.rule)
            yield Finding(finding.rule, Outcome.UNDECIDED, finding.clause, reason=Reason("needs_model"))


def _told(finding: Finding, building: Building, said: Quantities, drawn: Collection[str]) -> Finding:
    """The finding with where its value is from; undecided where what it needs is neither drawn nor declared."""
    method, needed = JUDGED[finding.rule]
    reason = _missing(needed, said, drawn)
    if reason is None and method is BOTH:
        reason = _disagreement(building, said)
    required = finding.outcome is not Outcome.NOT_APPLICABLE or (reason is not None and reason.code == "not_drawn")
    if reason is not None and required:
        return Finding(finding.rule, Outcome.UNDECIDED, finding.clause, method=method, reason=reason)
    known = {storey.id for storey in building.storeys}
    elements = tuple(key for key in finding.elements if key in known)
    return replace(finding, method=method, elements=elements)


def _missing(needed: tuple[str, ...], said: Quantities, drawn: Collection[str]) -> Reason | None:
    for name in needed:
        if name in ABSENT:
            if name not in drawn and name not in said.without:
                return Reason("not_drawn", {"layer": names()[name][0]})
        elif getattr(said, name) is None:
            return Reason("not_declared", {"name": name})
    return None


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
