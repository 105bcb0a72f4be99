"""The plans of storeys on which a building rule asks something of a room: its walls' outline and its rooms."""

from collections.abc import Iterable

from bim.building import Building, Region, Space
from bim.findings import Finding, Outcome
from bim.outlines import coordinates
from bim.report import Rings, RoomInfo, StoreyPlanInfo

MOST = 12
"""Plans in a report."""
_FINE = 0.02
"""Metres by which a drawn outline may differ from the measured one."""


def storey_plans(building: Building, findings: Iterable[Finding]) -> tuple[StoreyPlanInfo, ...]:
    """A plan of each storey with a room in a failed or undecided finding of the building rules, from below."""
    asked = {key for f in findings if f.outcome in (Outcome.FAIL, Outcome.UNDECIDED) for key in f.elements}
    shaped = [space for space in building.spaces if space.region is not None and not space.region.is_empty]
    wanted = {space.storey for space in shaped if space.id in asked}
    plans = [
        StoreyPlanInfo(
            storey.id,
            _drawn(storey.outline.region) if storey.outline else [],
            tuple(_room(space) for space in shaped if space.storey == storey.id),
        )
        for storey in building.storeys
        if storey.id in wanted
    ]
    return tuple(plans[:MOST])


def _room(space: Space) -> RoomInfo:
    assert space.region is not None  # noqa: S101 - chosen by its region
    return RoomInfo(space.id, space.label, float(space.region.area), _drawn(space.region))


def _drawn(region: Region) -> Rings:
    return coordinates(region.simplify(_FINE))
