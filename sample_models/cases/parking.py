"""Cases of parking bays."""

from sample_models.cases.case import case
from sample_models.cases.house import House
from sample_models.design import Rect


@case("BIM-730", "pass", "one-bay", "bay")
@case("BIM-730", "na", "no-bay", "spaces")
@case("BIM-731", "pass", "two-fifty-by-five", "bay")
@case("BIM-731", "na", "no-bay", "spaces")
def _(house: House) -> None:
    pass


@case("BIM-730", "fail", "one-number-twice", "bay")
def _(house: House) -> None:
    house.space("bay 2", "parking_bay", Rect(12.0, 0.0, 14.5, 5.0)).Name = "bay 1"


@case("BIM-730", "fail", "no-number", "bay")
def _(house: House) -> None:
    house.only("IfcSpace").Name = None


def _bay(house: House, width: float, length: float) -> None:
    house.space("bay 2", "parking_bay", Rect(12.0, 0.0, 12.0 + length, width))  # turned by a quarter


@case("BIM-731", "pass", "at-both-limits", "bay")
def _(house: House) -> None:
    _bay(house, 2.4, 4.8)


@case("BIM-731", "fail", "below-the-limit-of-width", "bay")
def _(house: House) -> None:
    _bay(house, 2.39, 4.8)


@case("BIM-731", "fail", "below-the-limit-of-length", "bay")
def _(house: House) -> None:
    _bay(house, 2.4, 4.79)


@case("BIM-731", "undecided", "no-shape", "bay")
def _(house: House) -> None:
    house.only("IfcSpace").Representation = None
