"""Cases of the file: header, names and identifiers."""

from sample_models.cases.case import case
from sample_models.cases.house import House


@case("BIM-101", "pass", "tool-and-author", "nothing")
def _(house: House) -> None:
    pass


@case("BIM-101", "fail", "no-author", "nothing")
def _(house: House) -> None:
    house.header["author"] = ("",)


@case("BIM-101", "fail", "no-tool", "nothing")
def _(house: House) -> None:
    house.header["originating_system"] = ""


@case("BIM-110", "pass", "unique", "walls")
def _(house: House) -> None:
    pass


@case("BIM-110", "fail", "one-twice", "walls")
def _(house: House) -> None:
    house.only("IfcDoor").GlobalId = house.only("IfcWindow").GlobalId


@case("BIM-110", "fail", "beyond-the-alphabet", "walls")
def _(house: House) -> None:
    house.only("IfcDoor").GlobalId = "zzzzzzzzzzzzzzzzzzzzzz"
