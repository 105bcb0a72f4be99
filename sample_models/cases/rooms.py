"""Cases of spaces and of the dwellings they make up."""

from sample_models.cases.case import case
from sample_models.cases.house import House
from sample_models.design import Rect


@case("BIM-504", "pass", "rooms-behind-the-door", "walls", "spaces")
@case("BIM-504", "fail", "no-spaces", "walls")
@case("BIM-504", "na", "no-doors", "spaces")
@case("BIM-505", "pass", "own-numbers", "spaces")
@case("BIM-505", "na", "no-spaces", "walls")
@case("BIM-506", "pass", "boxes", "spaces")
@case("BIM-506", "na", "no-spaces", "walls")
@case("BIM-507", "pass", "apart")
@case("BIM-507", "na", "no-spaces", "walls")
@case("BIM-511", "pass", "both-rooms", "spaces")
@case("BIM-511", "na", "no-rooms", "lift")
@case("BIM-512", "pass", "two-rooms", "spaces")
@case("BIM-512", "na", "no-dwellings", "lift")
@case("BIM-513", "pass", "door-to-the-living-room", "walls", "spaces")
@case("BIM-513", "na", "no-dwellings", "walls")
@case("BIM-514", "pass", "same", "spaces")
@case("BIM-514", "pass", "same-in-millimetres", "spaces", millimetres=True)
@case("BIM-514", "na", "no-spaces", "walls")
def _(house: House) -> None:
    pass


@case("BIM-505", "fail", "one-twice", "spaces")
def _(house: House) -> None:
    house.named("IfcSpace", "living").Name = "lobby"


@case("BIM-505", "fail", "none", "spaces")
def _(house: House) -> None:
    house.named("IfcSpace", "living").Name = None


@case("BIM-506", "fail", "none", "spaces")
@case("BIM-507", "undecided", "shape-missing", "spaces")
@case("BIM-513", "undecided", "shapes-missing", "walls", "spaces")
@case("BIM-514", "undecided", "shape-missing", "spaces")
def _(house: House) -> None:
    house.named("IfcSpace", "living").Representation = None


def _store(house: House, depth: float) -> None:
    """A store that reaches so far under the living room, on 1 m of its length."""
    house.space("store", "store", Rect(1.0, 4.3 - depth, 2.0, 5.3))


@case("BIM-507", "pass", "at-the-limit", "spaces")
def _(house: House) -> None:
    _store(house, 0.0499)


@case("BIM-507", "fail", "beyond-the-limit", "spaces")
def _(house: House) -> None:
    _store(house, 0.0501)


@case("BIM-511", "fail", "in-none", "spaces")
def _(house: House) -> None:
    house.space("kitchen", "kitchen", Rect(0.3, 5.0, 3.0, 7.0))


@case("BIM-511", "fail", "in-two", "spaces")
def _(house: House) -> None:
    second = house.file.rooted("IfcZone", "dwelling 2", Name="dwelling 2", ObjectType="dwelling")
    rooms = [house.named("IfcSpace", "living")]
    house.file.rooted("IfcRelAssignsToGroup", "dwelling 2", RelatedObjects=rooms, RelatingGroup=second)


@case("BIM-511", "fail", "zone-of-another-kind", "spaces")
@case("BIM-513", "na", "zone-of-another-kind", "spaces")
def _(house: House) -> None:
    house.only("IfcZone").ObjectType = "fire compartment"


@case("BIM-512", "fail", "empty", "spaces")
def _(house: House) -> None:
    house.file.rooted("IfcZone", "dwelling 2", Name="dwelling 2", ObjectType="dwelling")


@case("BIM-513", "fail", "no-entrance", "walls", "spaces")
def _(house: House) -> None:
    house.only("IfcDoor").ObjectType = "room"


def _set_back(house: House, metres: float) -> None:
    """The living room begins so far behind the middle of the entrance, which stands at y = 0."""
    place = house.named("IfcSpace", "living").ObjectPlacement
    place.RelativePlacement.Location.Coordinates = (0.3, metres, 0.0)


@case("BIM-513", "pass", "at-the-limit", "walls", "spaces")
def _(house: House) -> None:
    _set_back(house, 0.5)


@case("BIM-513", "fail", "beyond-the-limit", "walls", "spaces")
def _(house: House) -> None:
    _set_back(house, 0.51)


def _declare(house: House, share: float) -> None:
    """The living room's declared area, times so much."""
    for quantity in house.model.by_type("IfcQuantityArea")[:2]:
        quantity.AreaValue = round(3.7 * 4.0 * share, 6)


@case("BIM-514", "pass", "below-the-limit", "spaces")
def _(house: House) -> None:
    _declare(house, 1.0199)


@case("BIM-514", "fail", "beyond-the-limit", "spaces")
def _(house: House) -> None:
    _declare(house, 1.0201)


@case("BIM-514", "fail", "square-feet", "spaces")
def _(house: House) -> None:
    _declare(house, 10.764)
