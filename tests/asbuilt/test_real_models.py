"""Real models beside themselves: rewritten, in other units, moved with their georeference; and with a storey raised."""

from datetime import date
from pathlib import Path
from typing import Any

import ifcopenshell
import ifcopenshell.util.unit
import pytest

from bim.asbuilt.report import AsBuilt
from bim.findings import Outcome
from permits.asbuilt.check import check_as_built

DAY = date(2026, 11, 1)
DUPLEX, AC90 = "Duplex_A_20110907_georeferenced.ifc", "AC90R1-niedriha-V2-2x3.ifc"
HOUSE = "Ifc4_SampleHouse.ifc"


def held(permitted: Path, built: Path) -> AsBuilt:
    return check_as_built(permitted, built, layers=None, plot=None, on=DAY)


def decided(found: AsBuilt) -> set[str]:
    return {d.code for d in found.of(Outcome.PASS)}


@pytest.mark.slow
@pytest.mark.parametrize("name", [AC90, HOUSE])
def test_in_other_units_nothing_differs(shared: Path, tmp_path: Path, name: str) -> None:
    model: Any = ifcopenshell.open(shared / "ifc" / name)
    other = tmp_path / "other.ifc"
    unit = "FOOT" if ifcopenshell.util.unit.calculate_unit_scale(model) == 1.0 else "METER"
    ifcopenshell.util.unit.convert_file_length_units(model, unit).write(str(other))
    found = held(shared / "ifc" / name, other)
    assert found.of(Outcome.FAIL) == []
    assert decided(found) >= {"ABT-01", "ABT-02", "ABT-03", "ABT-04", "ABT-05", "ABT-06"}


def raised(model: Any, above: float, by: float) -> None:
    """Lift every storey above a level, and all that stands on it."""
    for storey in model.by_type("IfcBuildingStorey"):
        if storey.Elevation > above:
            storey.Elevation += by
            point = storey.ObjectPlacement.RelativePlacement.Location
            x, y, z = point.Coordinates
            frame = storey.ObjectPlacement.RelativePlacement
            frame.Location = model.create_entity("IfcCartesianPoint", (x, y, z + by))


@pytest.mark.slow
def test_a_storey_that_was_built_higher_is_found_and_nothing_else(shared: Path, tmp_path: Path) -> None:
    model: Any = ifcopenshell.open(shared / "ifc" / DUPLEX)
    raised(model, above=1.0, by=0.4)
    other = tmp_path / "raised.ifc"
    model.write(str(other))
    found = held(shared / "ifc" / DUPLEX, other)
    failed = [(d.code, round((d.built or 0) - (d.permitted or 0), 3)) for d in found.of(Outcome.FAIL)]
    assert failed == [("ABT-02", 0.4), ("ABT-03", 0.4)]


@pytest.mark.slow
def test_moved_with_its_georeference_nothing_differs_and_without_it_all_outlines_do(
    shared: Path, tmp_path: Path
) -> None:
    move = (30.0, -12.0)
    for name, follows in (("both.ifc", True), ("model.ifc", False)):
        model: Any = ifcopenshell.open(shared / "ifc" / DUPLEX)
        shift(model, move, follows=follows)
        model.write(str(tmp_path / name))
    found = held(shared / "ifc" / DUPLEX, tmp_path / "both.ifc")
    assert (found.frame, found.of(Outcome.FAIL)) == ("grid", [])
    assert "ABT-05" in decided(found)
    away = held(shared / "ifc" / DUPLEX, tmp_path / "model.ifc")
    assert {d.code for d in away.of(Outcome.FAIL)} == {"ABT-05"}


def shift(model: Any, move: tuple[float, float], *, follows: bool) -> None:
    """Move the site in the model, and where `follows` is set the eastings and northings back by the turned way."""
    site = model.by_type("IfcSite")[0]
    frame = site.ObjectPlacement.RelativePlacement
    x, y, z = frame.Location.Coordinates
    frame.Location = model.create_entity("IfcCartesianPoint", (x + move[0], y + move[1], z))
    if not follows:
        return
    sets = {s.Name.lower(): {p.Name: p for p in s.HasProperties} for s in model.by_type("IfcPropertySet")}
    said = sets["epset_mapconversion"]
    cosine, sine = (float(said[n].NominalValue.wrappedValue) for n in ("XAxisAbscissa", "XAxisOrdinate"))
    size = (cosine**2 + sine**2) ** 0.5
    turned = ((cosine * move[0] - sine * move[1]) / size, (sine * move[0] + cosine * move[1]) / size)
    for name, by in zip(("Eastings", "Northings"), turned, strict=True):
        value = said[name].NominalValue
        value.wrappedValue = type(value.wrappedValue)(float(value.wrappedValue) - by)
