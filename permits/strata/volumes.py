"""The legal space of each section (LA_LegalSpaceBuildingUnit of ISO 19152) as solids of a CityJSON document."""

from shapely import MultiPolygon, Polygon

from bim.refusals import RefusedError
from bim.strata.report import PartRow, SectionRow, Strata
from gis.cityjson import CityObject, cityjson
from gis.envelope import Prism

_WHOLE = "building"


def volumes(found: Strata) -> bytes:
    """A BuildingUnit for each section: on every storey its gross outline from floor to ceiling.

    Raise `RefusedError` where the model does not say where it stands.
    """
    if not found.grid:
        raise RefusedError("no_grid_for_volumes")
    units = [_unit(section) for section in found.sections]
    whole = CityObject(_WHOLE, "Building", ())
    title = f"plot {found.plot.number}" if found.plot else found.model.name
    return cityjson([whole, *units], grid=found.grid, title=title)


def _unit(section: SectionRow) -> CityObject:
    said = {"net_area": section.net, "mid_wall_area": section.mid_wall, "gross_area": section.gross,
            "shares_of_2400": section.shares}  # fmt: skip
    known = {name: value for name, value in said.items() if value is not None}
    attributes = {"class": "LA_LegalSpaceBuildingUnit", "number": section.number, "function": section.kind, **known}
    prisms = tuple(_prism(part) for part in section.parts)
    return CityObject(f"section-{section.id}", "BuildingUnit", prisms, attributes, parent=_WHOLE)


def _prism(part: PartRow) -> Prism:
    region = MultiPolygon([Polygon(rings[0], rings[1:]) for rings in part.region])
    return Prism(region, part.bottom, part.top)
