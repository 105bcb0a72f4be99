"""Cases of where the model stands: map conversion, grid, site position and local coordinates."""

import math

from sample_models.cases.bodies import brep, corners, mesh, proxy
from sample_models.cases.case import case
from sample_models.cases.house import House


@case("BIM-210", "pass", "conversion", "nothing")
@case("BIM-210", "pass", "property-sets", "nothing", schema="IFC2X3")
@case("BIM-211", "pass", "every-number", "nothing")
@case("BIM-211", "pass", "every-property", "nothing", schema="IFC2X3")
@case("BIM-212", "pass", "syria-lambert", "nothing")
@case("BIM-213", "pass", "metres", "nothing")
@case("BIM-213", "pass", "millimetres", "nothing", millimetres=True)
@case("BIM-214", "pass", "conversion-at-the-limit", "nothing")
@case("BIM-215", "na", "no-position", "nothing")
@case("BIM-216", "na", "no-position", "nothing")
@case("BIM-217", "pass", "near")
@case("BIM-217", "na", "no-elements", "nothing")
@case("BIM-218", "pass", "damascus", "nothing")
@case("BIM-219", "pass", "away", "nothing")
@case("BIM-209", "na", "no-true-north", "nothing")
def _(house: House) -> None:
    pass


@case("BIM-209", "na", "no-conversion", "nothing")
@case("BIM-210", "fail", "no-conversion", "nothing")
@case("BIM-211", "na", "no-conversion", "nothing")
@case("BIM-212", "na", "no-conversion", "nothing")
@case("BIM-213", "na", "no-conversion", "nothing")
@case("BIM-214", "fail", "nothing-said", "nothing")
@case("BIM-218", "na", "no-conversion", "nothing")
@case("BIM-219", "na", "no-conversion", "nothing")
def _(house: House) -> None:
    house.remove(house.only("IfcMapConversion"))


@case("BIM-210", "fail", "grid-without-code", "nothing")
@case("BIM-212", "fail", "no-code", "nothing")
def _(house: House) -> None:
    house.only("IfcProjectedCRS").Name = "Syria"


@case("BIM-212", "fail", "degrees", "nothing")
def _(house: House) -> None:
    house.only("IfcProjectedCRS").Name = "EPSG:4326"


@case("BIM-211", "fail", "no-scale", "nothing")
def _(house: House) -> None:
    house.only("IfcMapConversion").Scale = None


@case("BIM-211", "fail", "no-axis", "nothing")
def _(house: House) -> None:
    house.only("IfcMapConversion").XAxisAbscissa = None


@case("BIM-213", "fail", "millimetres-without-scale", "nothing", millimetres=True)
def _(house: House) -> None:
    house.only("IfcMapConversion").Scale = None


@case("BIM-213", "pass", "below-the-limit", "nothing")
def _(house: House) -> None:
    house.only("IfcMapConversion").Scale = 1.0099


@case("BIM-213", "fail", "beyond-the-limit", "nothing")
def _(house: House) -> None:
    house.only("IfcMapConversion").Scale = 1.0101


def _north(house: House, degrees: float) -> None:
    """True north so far to the east of the grid's north."""
    angle = math.radians(degrees)
    house.file.context.TrueNorth = house.file.direction(round(math.sin(angle), 12), round(math.cos(angle), 12))


@case("BIM-209", "pass", "grid-north", "nothing")
def _(house: House) -> None:
    _north(house, 0.0)


@case("BIM-209", "pass", "at-the-limit", "nothing")
def _(house: House) -> None:
    _north(house, -3.0)


@case("BIM-209", "fail", "beyond-the-limit", "nothing")
def _(house: House) -> None:
    _north(house, 3.01)


@case("BIM-209", "fail", "default-in-a-turned-model", "nothing")
def _(house: House) -> None:
    _north(house, 0.0)
    conversion = house.only("IfcMapConversion")
    conversion.XAxisAbscissa, conversion.XAxisOrdinate = 0.8, 0.6


@case("BIM-209", "pass", "turned-alike", "nothing")
def _(house: House) -> None:
    house.file.context.TrueNorth = house.file.direction(0.6, 0.8)
    conversion = house.only("IfcMapConversion")
    conversion.XAxisAbscissa, conversion.XAxisOrdinate = 0.8, 0.6


def _at(house: House, latitude: tuple[int, ...], longitude: tuple[int, ...]) -> None:
    house.site.RefLatitude, house.site.RefLongitude = latitude, longitude


@case("BIM-214", "fail", "below-the-limit-by-position-alone", "nothing")
def _(house: House) -> None:
    house.remove(house.only("IfcMapConversion"))
    _at(house, (33, 30, 0), (36, 18, 0))


@case("BIM-215", "pass", "damascus", "nothing")
@case("BIM-216", "pass", "damascus", "nothing")
def _(house: House) -> None:
    _at(house, (33, 30, 47), (36, 17, 31))


@case("BIM-215", "fail", "within-the-limit-of-boston", "nothing")
def _(house: House) -> None:
    _at(house, (42, 22, 9), (-71, -3, 0))  # 0.019 degrees to the north


@case("BIM-215", "pass", "beyond-the-limit-from-boston", "nothing")
def _(house: House) -> None:
    _at(house, (42, 22, 16), (-71, -3, 0))  # 0.021 degrees


@case("BIM-215", "fail", "boston", "nothing")
def _(house: House) -> None:
    _at(house, (42, 21, 31), (-71, -3, -24))


@case("BIM-215", "fail", "berlin", "nothing")
@case("BIM-216", "fail", "berlin", "nothing")
def _(house: House) -> None:
    _at(house, (52, 31, 0), (13, 24, 0))


@case("BIM-216", "pass", "southern-limit", "nothing")
def _(house: House) -> None:
    _at(house, (32, 18, 0), (36, 0, 0))


@case("BIM-216", "fail", "south-of-the-limit", "nothing")
def _(house: House) -> None:
    _at(house, (32, 17, 59), (36, 0, 0))


def _aside(house: House, metres: float) -> None:
    house.wall("wall 2", 0.0).ObjectPlacement.RelativePlacement.Location.Coordinates = (metres, 0.0, 0.0)


@case("BIM-217", "pass", "at-the-limit", "slabs")
def _(house: House) -> None:
    _aside(house, -1000.0)


@case("BIM-217", "fail", "beyond-the-limit", "slabs")
def _(house: House) -> None:
    _aside(house, -1000.5)


@case("BIM-217", "fail", "drawn-in-the-grid", "walls")
def _(house: House) -> None:
    house.site.ObjectPlacement.RelativePlacement.Location.Coordinates = (300000.0, 295000.0, 700.0)


@case("BIM-217", "fail", "coordinates-in-a-body-of-faces", "slabs")
def _(house: House) -> None:
    proxy(house, "far", "Brep", brep(house, corners(1.0, 1.0, 1.0, at=(300000.0, 295000.0, 700.0))))


@case("BIM-217", "fail", "coordinates-in-a-mesh", "slabs", millimetres=True)
def _(house: House) -> None:
    proxy(house, "far", "Tessellation", mesh(house, corners(1.0, 1.0, 1.0, at=(300000.0, 295000.0, 700.0))))


@case("BIM-217", "fail", "coordinates-in-an-extrusion", "slabs")
def _(house: House) -> None:
    proxy(house, "far", "SweptSolid", house.file.box(1.0, 1.0, 1.0, at=(300000.0, 295000.0, 700.0)))


@case("BIM-218", "pass", "at-the-limit", "nothing")
def _(house: House) -> None:
    house.only("IfcMapConversion").OrthogonalHeight = 2900.0


@case("BIM-218", "fail", "above-the-limit", "nothing")
def _(house: House) -> None:
    house.only("IfcMapConversion").OrthogonalHeight = 2900.5


@case("BIM-218", "fail", "millimetres", "nothing")
def _(house: House) -> None:
    house.only("IfcMapConversion").OrthogonalHeight = 700000.0


@case("BIM-219", "fail", "origin", "nothing")
def _(house: House) -> None:
    conversion = house.only("IfcMapConversion")
    conversion.Eastings = conversion.Northings = 0.0


@case("BIM-219", "pass", "at-the-limit", "nothing")
def _(house: House) -> None:
    conversion = house.only("IfcMapConversion")
    conversion.Eastings, conversion.Northings = 600.0, 800.0


@case("BIM-219", "fail", "below-the-limit", "nothing")
def _(house: House) -> None:
    conversion = house.only("IfcMapConversion")
    conversion.Eastings, conversion.Northings = 600.0, 799.0
