"""Cases of models that are handed in together; a companion's role stands in its name."""

from collections.abc import Callable

from sample_models.cases.case import Outcome, Role, case
from sample_models.cases.house import House, Part


def _plain(_: House) -> None:
    """The house as it is."""


def _pair(
    code: str, outcome: Outcome, what: str, *parts: Part, role: Role = "structure",
    ours: Callable[[House], None] = _plain, theirs: Callable[[House], None] = _plain, empty: bool = False,
) -> None:  # fmt: skip
    """A model and one companion of that role, which may be empty."""
    case(code, outcome, what, *parts)(ours)
    case(code, outcome, what, *(("nothing",) if empty else parts), role=role)(theirs)


for _code in ("BIM-950", "BIM-951", "BIM-952", "BIM-953", "BIM-954", "BIM-955", "BIM-956", "BIM-957", "BIM-958"):
    case(_code, "na", "alone", "walls")(_plain)
for _code in ("BIM-950", "BIM-951", "BIM-952", "BIM-953"):
    _pair(_code, "pass", "aligned", "nothing")
for _code in ("BIM-954", "BIM-955", "BIM-957"):
    _pair(_code, "pass", "aligned", "walls")


def _other_project(house: House) -> None:
    house.project.Name = "RUKHSA-OTHER"


_pair("BIM-950", "fail", "other-project", "nothing", theirs=_other_project)


def _ungeoreferenced(house: House) -> None:
    house.remove(house.only("IfcMapConversion"))


def _other_grid(house: House) -> None:
    house.only("IfcProjectedCRS").Name = "EPSG:32637"


def _east(metres: float) -> Callable[[House], None]:
    def change(house: House) -> None:
        house.only("IfcMapConversion").Eastings += metres

    return change


def _turned(house: House) -> None:
    conversion = house.only("IfcMapConversion")
    conversion.XAxisAbscissa, conversion.XAxisOrdinate = 0.8, 0.6


_pair("BIM-951", "fail", "not-georeferenced", "nothing", theirs=_ungeoreferenced)
_pair("BIM-951", "fail", "other-grid", "nothing", theirs=_other_grid)
_pair("BIM-951", "fail", "turned", "nothing", theirs=_turned)
_pair("BIM-951", "pass", "below-the-limit", "nothing", theirs=_east(0.0099))
_pair("BIM-951", "fail", "beyond-the-limit", "nothing", theirs=_east(0.0101))


def _millimetres(house: House) -> None:
    house.units.Units[0].Prefix = "MILLI"


_pair("BIM-952", "fail", "millimetres-beside-metres", "nothing", theirs=_millimetres)


def _upper(metres: float | None) -> Callable[[House], None]:
    def change(house: House) -> None:
        house.upper.Elevation = metres

    return change


def _renamed(house: House) -> None:
    house.upper.Name = "2"


def _unlevelled(house: House) -> None:
    house.upper.Elevation = house.upper.ObjectPlacement = None


_pair("BIM-953", "pass", "at-the-limit", "nothing", theirs=_upper(3.22))
_pair("BIM-953", "fail", "beyond-the-limit", "nothing", theirs=_upper(3.2201))
_pair("BIM-953", "fail", "other-name", "nothing", theirs=_renamed)
_pair("BIM-953", "undecided", "no-level", "nothing", ours=_unlevelled)


def _away(metres: float) -> Callable[[House], None]:
    """The whole companion so far beside the house, whose placements reach 0.5 m in x."""

    def change(house: House) -> None:
        house.site.ObjectPlacement.RelativePlacement.Location.Coordinates = (metres, 0.0, 0.0)

    return change


_pair("BIM-954", "pass", "at-the-limit", "slabs", theirs=_away(1.0))
_pair("BIM-954", "fail", "beyond-the-limit", "slabs", theirs=_away(1.01))
_pair("BIM-954", "undecided", "empty-companion", "slabs", empty=True)


def _shared_id(house: House) -> None:
    house.only("IfcDoor").GlobalId = "0000000000000000000001"


_pair("BIM-955", "fail", "one-door-in-both", "walls", ours=_shared_id, theirs=_shared_id)


def _column(metres: float) -> Callable[[House], None]:
    """A column so far along the front."""

    def change(house: House) -> None:
        place = house.file.place(house.ground.ObjectPlacement, (metres, 0.0, 0.0))
        shape = house.file.shape(house.file.box(0.3, 0.3, 3.0))
        house.file.contain(house.ground, house.file.product("IfcColumn", "0/column", place, shape))

    return change


_pair("BIM-956", "pass", "elsewhere", "nothing", ours=_column(1.0), theirs=_column(4.0))
_pair("BIM-956", "na", "none-of-ours", "nothing", theirs=_column(4.0))
_pair("BIM-956", "fail", "at-the-limit", "nothing", ours=_column(1.0), theirs=_column(1.05))
_pair("BIM-956", "pass", "beyond-the-limit", "nothing", ours=_column(1.0), theirs=_column(1.0501))
_pair("BIM-957", "fail", "below-the-limit", "nothing")
_pair("BIM-957", "pass", "at-the-limit", "nothing", theirs=_column(1.0))


def _pipe(house: House) -> None:
    place = house.file.place(house.ground.ObjectPlacement, (0.0, 0.0, 0.0))
    pipe = house.file.product("IfcFlowSegment", "0/pipe", place, house.file.shape(house.file.box(2.0, 0.1, 0.1)))
    house.file.contain(house.ground, pipe)


_pair("BIM-958", "pass", "pipes-apart", "walls", role="mep", theirs=_pipe)
_pair("BIM-958", "fail", "pipes-in-both", "walls", role="mep", ours=_pipe, theirs=_pipe)
