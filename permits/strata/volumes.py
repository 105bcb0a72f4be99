"""The legal spaces of a building (LA_LegalSpaceBuildingUnit of ISO 19152) as solids of a CityJSON document."""

from shapely import MultiPolygon, Polygon

from bim.refusals import RefusedError
from bim.report import Rings
from bim.strata.report import CommonRow, SectionRow, Strata
from gis.cityjson import CityObject, cityjson
from gis.envelope import Prism

_WHOLE, _CLASS = "building", "LA_LegalSpaceBuildingUnit"


def volumes(found: Strata) -> bytes:
    """A BuildingUnit for each section, its gross outline from floor to ceiling, and one for each common space.

    `type` is as LADM has it: "individual" for sections, "shared" for common parts, whose outline is that of the space.

    Raise `RefusedError` where the model does not say where it stands.
    """
    if not found.grid:
        raise RefusedError("no_grid_for_volumes")
    units = [*map(_unit, found.sections), *map(_shared, found.common)]
    whole = CityObject(_WHOLE, "Building", ())
    title = f"plot {found.plot.number}" if found.plot else found.model.name
    return cityjson([whole, *units], grid=found.grid, title=title)


def _unit(section: SectionRow) -> CityObject:
    said = {"net_area": section.net, "mid_wall_area": section.mid_wall, "gross_area": section.gross,
            "shares_of_2400": section.shares}  # fmt: skip
    known = {name: value for name, value in said.items() if value is not None}
    attributes = {"class": _CLASS, "type": "individual", "number": section.number, "function": section.kind, **known}
    prisms = tuple(_prism(part.region, part.bottom, part.top) for part in section.parts)
    return CityObject(f"section-{section.id}", "BuildingUnit", prisms, attributes, parent=_WHOLE)


def _shared(part: CommonRow) -> CityObject:
    known = part.region and part.bottom is not None and part.top is not None and part.bottom < part.top
    prisms = (_prism(part.region, part.bottom or 0.0, part.top or 0.0),) if known else ()
    said: dict[str, str | float | int] = {"class": _CLASS, "type": "shared", "function": part.use}
    attributes = {**said, "name": part.label, "net_area": part.area}
    return CityObject(f"common-{part.id}", "BuildingUnit", prisms, attributes, parent=_WHOLE)


def _prism(rings: Rings, bottom: float, top: float) -> Prism:
    return Prism(MultiPolygon([Polygon(ring[0], ring[1:]) for ring in rings]), bottom, top)
