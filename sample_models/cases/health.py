"""Cases of the model's health: shapes, doubles, far and empty things."""

from sample_models.cases.case import case
from sample_models.cases.house import House


@case("BIM-901", "pass", "all-shaped")
def _(house: House) -> None:
    pass


@case("BIM-901", "fail", "wall-without-shape", "walls")
def _(house: House) -> None:
    house.first("IfcWall").Representation = None


@case("BIM-901", "na", "no-elements", "nothing")
def _(house: House) -> None:
    pass


def _away(house: House, metres: float) -> None:
    """A wall so far along the front from the others, whose origins lie at the origin of the building."""
    house.wall("wall 2", 0.0)
    house.wall("wall 3", 0.0)
    place = house.wall("far wall", 0.0).ObjectPlacement.RelativePlacement
    place.Location.Coordinates = (metres, 0.0, 0.0)


@case("BIM-910", "pass", "at-the-limit", "slabs")
def _(house: House) -> None:
    _away(house, 300.0)


@case("BIM-910", "pass", "near", "slabs")
def _(house: House) -> None:
    _away(house, 299.0)


@case("BIM-910", "fail", "beyond-the-limit", "slabs")
def _(house: House) -> None:
    _away(house, 301.0)


@case("BIM-910", "na", "no-elements", "nothing")
def _(house: House) -> None:
    pass
