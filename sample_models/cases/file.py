"""Cases of the file: header, identifiers and characters."""

from sample_models.cases.case import case
from sample_models.cases.house import House


@case("BIM-101", "pass", "tool-and-author", "nothing")
@case("BIM-102", "pass", "organisation", "nothing")
@case("BIM-103", "pass", "iso-8601", "nothing")
@case("BIM-104", "pass", "design-transfer-view", "nothing")
@case("BIM-105", "pass", "own-name", "nothing")
@case("BIM-106", "pass", "ifc4", "nothing")
@case("BIM-106", "pass", "ifc2x3", "nothing", schema="IFC2X3")
@case("BIM-107", "pass", "name-and-version", "nothing")
@case("BIM-110", "pass", "unique", "walls")
@case("BIM-111", "pass", "every-root", "walls", schema="IFC2X3")
@case("BIM-111", "na", "later-schema", "nothing")
@case("BIM-112", "pass", "arabic", "spaces")
def _(house: House) -> None:
    pass


@case("BIM-101", "fail", "no-author", "nothing")
def _(house: House) -> None:
    house.header["author"] = ("",)


@case("BIM-101", "fail", "no-tool", "nothing")
def _(house: House) -> None:
    house.header["originating_system"] = ""


@case("BIM-102", "fail", "empty", "nothing")
def _(house: House) -> None:
    house.header["organization"] = ("",)


@case("BIM-103", "pass", "first-day-of-the-limit", "nothing")
def _(house: House) -> None:
    house.header["time_stamp"] = "2000-01-01T00:00:00"


@case("BIM-103", "fail", "day-before-the-limit", "nothing")
def _(house: House) -> None:
    house.header["time_stamp"] = "1999-12-31T23:59:59"


@case("BIM-103", "fail", "no-date", "nothing")
def _(house: House) -> None:
    house.header["time_stamp"] = "31/12/2025"


@case("BIM-104", "fail", "no-view", "nothing")
def _(house: House) -> None:
    house.header["description"] = ("exported",)


@case("BIM-104", "fail", "empty-view", "nothing")
def _(house: House) -> None:
    house.header["description"] = ("ViewDefinition []",)


@case("BIM-105", "fail", "no-name", "nothing")
def _(house: House) -> None:
    house.header["name"] = ""


@case("BIM-105", "fail", "a-path", "nothing")
def _(house: House) -> None:
    house.header["name"] = "D:/projects/house.ifc"


@case("BIM-106", "fail", "ifc4x3", "nothing")
def _(house: House) -> None:
    house.edit("FILE_SCHEMA(('IFC4'))", "FILE_SCHEMA(('IFC4X3_ADD2'))")


@case("BIM-107", "fail", "no-version", "nothing")
def _(house: House) -> None:
    house.only("IfcApplication").Version = " "


@case("BIM-107", "na", "no-history", "nothing")
def _(house: House) -> None:
    house.remove(house.only("IfcApplication"))


@case("BIM-110", "fail", "one-twice", "walls")
def _(house: House) -> None:
    house.only("IfcDoor").GlobalId = house.only("IfcWindow").GlobalId


@case("BIM-110", "fail", "beyond-the-alphabet", "walls")
def _(house: House) -> None:
    house.only("IfcDoor").GlobalId = "zzzzzzzzzzzzzzzzzzzzzz"


@case("BIM-111", "fail", "one-without", "walls", schema="IFC2X3")
def _(house: House) -> None:
    house.only("IfcDoor").OwnerHistory = None


@case("BIM-112", "fail", "replacement-character", "nothing")
def _(house: House) -> None:
    house.ground.LongName = "طابق \ufffd\ufffd"


@case("BIM-112", "fail", "arabic-read-as-latin", "nothing")
def _(house: House) -> None:
    house.ground.LongName = "طابق أرضي".encode().decode("latin-1").replace("\x82", "")


@case("BIM-112", "fail", "windows-1256-read-as-latin", "nothing")
def _(house: House) -> None:
    house.ground.Name = "طابق".encode("cp1256").decode("latin-1")


@case("BIM-112", "fail", "question-marks", "nothing")
def _(house: House) -> None:
    house.building.Name = "????"
