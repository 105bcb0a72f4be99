"""Cases of the storeys: names, levels, heights, and what stands on them."""

from sample_models.cases.case import case
from sample_models.cases.house import House


@case("BIM-308", "pass", "at-their-storeys")
@case("BIM-308", "na", "no-elements", "nothing")
@case("BIM-310", "pass", "two-storeys", "nothing")
@case("BIM-311", "pass", "numbers", "nothing")
@case("BIM-312", "pass", "rising", "nothing")
@case("BIM-313", "pass", "same", "nothing")
@case("BIM-313", "pass", "same-in-millimetres", "nothing", millimetres=True)
@case("BIM-314", "pass", "three-metres-twenty", "nothing")
@case("BIM-315", "pass", "at-zero", "nothing")
@case("BIM-316", "pass", "walls-on-each", "walls")
@case("BIM-316", "fail", "both-empty", "nothing")
def _(house: House) -> None:
    pass


def _raise(house: House, metres: float) -> None:
    """A wall of the ground storey so high above it; the upper storey is at 3.20 m."""
    house.wall("raised", 2.0).ObjectPlacement.RelativePlacement.Location.Coordinates = (0.0, 2.0, metres)


@case("BIM-308", "pass", "at-the-upper-limit", "walls")
def _(house: House) -> None:
    _raise(house, 3.7)


@case("BIM-308", "fail", "above-the-limit", "walls")
def _(house: House) -> None:
    _raise(house, 3.71)


@case("BIM-308", "pass", "at-the-lower-limit", "walls")
def _(house: House) -> None:
    _raise(house, -1.5)


@case("BIM-308", "fail", "below-the-limit", "walls")
def _(house: House) -> None:
    _raise(house, -1.51)


@case("BIM-310", "fail", "two-storeys-one-level", "nothing")
@case("BIM-312", "fail", "one-level", "nothing")
def _(house: House) -> None:
    house.upper.Elevation = 0.0


@case("BIM-310", "fail", "two-storeys-one-name", "nothing")
def _(house: House) -> None:
    house.upper.Name = house.ground.Name


@case("BIM-310", "fail", "no-level", "nothing")
def _(house: House) -> None:
    house.upper.Elevation = None


@case("BIM-308", "na", "no-storey", "nothing")
@case("BIM-310", "fail", "no-storey", "nothing")
@case("BIM-311", "na", "no-storey", "nothing")
@case("BIM-312", "na", "no-storey", "nothing")
@case("BIM-313", "na", "no-storey", "nothing")
@case("BIM-314", "na", "no-storey", "nothing")
@case("BIM-315", "na", "no-storey", "nothing")
@case("BIM-316", "na", "no-storey", "nothing")
def _(house: House) -> None:
    house.remove(house.storeys, house.ground, house.upper)


@case("BIM-311", "pass", "arabic", "nothing")
def _(house: House) -> None:
    house.ground.Name, house.upper.Name = "طابق أرضي", "طابق أول"


@case("BIM-311", "pass", "arabic-with-the-article", "nothing")
def _(house: House) -> None:
    house.ground.Name, house.upper.Name = "الطابق الأرضي", "الطابق الأول"


@case("BIM-311", "pass", "english-in-words", "nothing")
def _(house: House) -> None:
    house.ground.Name, house.upper.Name = "Ground Floor", "First Floor"


@case("BIM-312", "fail", "falling-with-the-article", "nothing")
def _(house: House) -> None:
    house.ground.Name, house.upper.Name = "الطابق 2", "الطابق 1"


@case("BIM-311", "fail", "free-text", "nothing")
def _(house: House) -> None:
    house.upper.Name = "TOS main"


@case("BIM-312", "na", "basements-have-no-number", "nothing")
def _(house: House) -> None:
    house.ground.Name, house.upper.Name = "B2", "B1"


@case("BIM-312", "fail", "falling", "nothing")
def _(house: House) -> None:
    house.ground.Name, house.upper.Name = "Level 2", "Level 1"


@case("BIM-312", "undecided", "no-level", "nothing")
@case("BIM-313", "undecided", "no-level", "nothing")
@case("BIM-314", "undecided", "no-level", "nothing")
@case("BIM-315", "undecided", "no-level", "nothing")
def _(house: House) -> None:
    for storey in (house.ground, house.upper):
        storey.Elevation = storey.ObjectPlacement = None


@case("BIM-313", "pass", "at-the-limit", "nothing")
def _(house: House) -> None:
    house.upper.Elevation = 3.21


@case("BIM-313", "fail", "beyond-the-limit", "nothing")
def _(house: House) -> None:
    house.upper.Elevation = 3.211


@case("BIM-313", "fail", "forgotten-placement", "nothing")
def _(house: House) -> None:
    house.upper.ObjectPlacement.RelativePlacement.Location.Coordinates = (0.0, 0.0, 0.0)


@case("BIM-314", "pass", "at-the-lower-limit", "nothing")
def _(house: House) -> None:
    house.upper.Elevation = 2.0


@case("BIM-314", "fail", "below-the-lower-limit", "nothing")
def _(house: House) -> None:
    house.upper.Elevation = 1.99


@case("BIM-314", "pass", "at-the-upper-limit", "nothing")
def _(house: House) -> None:
    house.upper.Elevation = 8.0


@case("BIM-314", "fail", "above-the-upper-limit", "nothing")
def _(house: House) -> None:
    house.upper.Elevation = 8.01


@case("BIM-315", "pass", "at-the-limit", "nothing")
def _(house: House) -> None:
    house.ground.Elevation = -1.5


@case("BIM-315", "fail", "beyond-the-limit", "nothing")
def _(house: House) -> None:
    house.ground.Elevation = -1.51


@case("BIM-315", "fail", "heights-above-the-sea", "nothing")
def _(house: House) -> None:
    house.ground.Elevation, house.upper.Elevation = 700.0, 703.2


@case("BIM-316", "fail", "one-empty", "spaces")
def _(house: House) -> None:
    upper = house.upper.ObjectPlacement
    house.remove(*(s for s in house.model.by_type("IfcSpace") if s.ObjectPlacement.PlacementRelTo == upper))
