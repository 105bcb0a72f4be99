"""Turn a building from model metres into the plot's plane grid and heights."""

from dataclasses import dataclass, replace

import shapely

from bim.building import Barrier, Building, Outline, Placement, Region, Space
from bim.placement import apply, level


@dataclass(frozen=True)
class Frame:
    """Model metres to grid metres; the identity where the building is not placed."""

    placement: Placement | None

    def region(self, region: Region) -> Region:
        """A plan region in the grid."""
        return apply(self.placement, region) if self.placement else region

    def level(self, z: float) -> float:
        """A level in the grid's heights."""
        return level(self.placement, z) if self.placement else z

    def point(self, at: tuple[float, float] | None) -> tuple[float, float] | None:
        """A point of the plan in the grid."""
        if at is None:
            return None
        x, y = self.region(shapely.Point(at)).coords[0]
        return (float(x), float(y))


def in_grid(building: Building, frame: Frame) -> Building:
    """Every region and level turned into the grid."""
    if frame.placement is None:
        return building

    def outline(value: Outline | None) -> Outline | None:
        return None if value is None else replace(value, region=frame.region(value.region))

    def barrier(b: Barrier) -> Barrier:
        return replace(b, region=frame.region(b.region), bottom=frame.level(b.bottom), top=frame.level(b.top))

    return replace(
        building,
        storeys=tuple(
            replace(s, elevation=frame.level(s.elevation), outline=outline(s.outline)) for s in building.storeys
        ),
        spaces=tuple(_space_in_grid(s, frame) for s in building.spaces),
        plates=tuple(
            replace(p, region=frame.region(p.region), bottom=frame.level(p.bottom), top=frame.level(p.top))
            for p in building.plates
        ),
        doors=tuple(replace(door, centre=frame.point(door.centre)) for door in building.doors),
        windows=tuple(replace(window, centre=frame.point(window.centre)) for window in building.windows),
        parapets=tuple(barrier(b) for b in building.parapets),
        fences=tuple(barrier(b) for b in building.fences),
        railings=tuple(barrier(b) for b in building.railings),
        walls=tuple(replace(wall, region=frame.region(wall.region)) for wall in building.walls),
        ground=outline(building.ground),
        envelope=outline(building.envelope),
        projection=outline(building.projection),
        upper=outline(building.upper),
    )


def _space_in_grid(space: Space, frame: Frame) -> Space:
    if space.region is None or space.bottom is None or space.top is None:
        return space
    return replace(
        space,
        region=frame.region(space.region),
        bottom=frame.level(space.bottom),
        top=frame.level(space.top),
    )
