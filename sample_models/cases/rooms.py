"""Cases of spaces and of the dwellings they make up."""

from sample_models.cases.bodies import corners, cut, mesh, show
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


def _gallery(house: House, y: float) -> None:
    """A space whose profile stands upright and is moved along the front, as some tools draw corridors."""
    space = house.space("gallery", "corridor", Rect(0.0, 0.0, 1.0, 1.0))
    frame = house.file.create("IfcAxis2Placement3D", house.file.point(4.2, y, 0.0))
    frame.Axis, frame.RefDirection = house.file.direction(1.0, 0.0, 0.0), house.file.direction(0.0, 1.0, 0.0)
    space.ObjectPlacement = house.ground.ObjectPlacement
    show(house, space, "SweptSolid", house.file.prism([(0.0, 0.0), (1.0, 0.0), (1.0, 2.5), (0.0, 2.5)], frame, 2.0))


@case("BIM-507", "pass", "drawn-upright", "spaces")
def _(house: House) -> None:
    _gallery(house, 3.0)


@case("BIM-507", "fail", "drawn-upright", "spaces")
def _(house: House) -> None:
    _gallery(house, 2.0)


@case("BIM-507", "fail", "meshes", "spaces")
def _(house: House) -> None:
    space = house.space("store", "store", Rect(0.0, 0.0, 1.0, 1.0))
    show(house, space, "Tessellation", mesh(house, corners(1.0, 1.0, 2.5, at=(0.5, 0.5, 0.0))))


def _cut_living(house: House, at: tuple[float, float, float], normal: tuple[float, float, float]) -> None:
    """The living room, 3.7 m by 4.0 m, without what lies behind a plane."""
    space = house.named("IfcSpace", "living")
    body = space.Representation.Representations[0].Items[0]
    show(house, space, "Clipping", cut(house, body, at, normal))


@case("BIM-514", "pass", "cut-by-a-roof", "spaces")
def _(house: House) -> None:
    _cut_living(house, (0.0, 0.0, 1.0), (-1.0, 0.0, 1.0))


@case("BIM-514", "undecided", "cut-by-a-wall", "spaces")
def _(house: House) -> None:
    _cut_living(house, (2.0, 0.0, 0.0), (1.0, 0.0, 0.0))


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
