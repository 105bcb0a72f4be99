"""PLOT-01 and SET-01..03: the ground outline inside its plot and its setbacks (الوجائب)."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Callable, Iterator
from dataclasses import replace

from bim import measure
from bim.building import Building
from bim.findings import Finding, Outcome
from bim.rules.compare import at_least, outside, residual
from bim.rules.registry import Need, Params, not_applicable, rule
from bim.trespass import trespass
from gis.site import EdgeRole, Site

_NEEDS = (Need.SITE, Need.PLACED, Need.GROUND)


@rule("PLOT-01", needs=_NEEDS, by_sheet=True)
def inside_plot(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The ground outline lies inside the plot."""
    assert building.ground is not None  # noqa: S101 - Need.GROUND
    slack = measure.LENGTH_TOLERANCE + residual(building, site)
    found = outside(building.ground.region, site.polygon, slack=slack, method="ground_outline_minus_plot")
    if found.outcome is Outcome.FAIL:
        over = sorted(w.id for w in building.walls if not site.polygon.covers(w.region))
        found = replace(found, elements=tuple(over), reason=trespass(building.ground.region, site))
    yield found


def _setback(role: EdgeRole) -> Callable[[Building, Site, Params], Iterator[Finding]]:
    def check(building: Building, site: Site, params: Params) -> Iterator[Finding]:
        value = measure.setback(building, site, role)
        limit = site.sheet.setbacks.get(role, 0.0)
        if value is None:
            yield not_applicable("no_edge_of_role", role=role.value)
        elif limit <= 0:
            yield not_applicable("no_setback_required", role=role.value)
        else:
            found = at_least(
                value,
                limit,
                "m",
                tolerance=measure.LENGTH_TOLERANCE,
                residual=residual(building, site),
                method="ground_outline_to_edge",
            )
            failed = found.outcome is Outcome.FAIL
            elements = measure.nearest_walls(building, site, role) if failed else ()
            yield replace(found, subject=role.value, elements=elements)

    return check


for _code, _role in (("SET-01", EdgeRole.FRONT), ("SET-02", EdgeRole.SIDE), ("SET-03", EdgeRole.REAR)):
    rule(_code, needs=_NEEDS, by_sheet=True)(_setback(_role))
