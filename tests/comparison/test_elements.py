"""Elements of a resubmission are found again, by their ids or without them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ifcopenshell
import ifcopenshell.guid
import pytest

from bim.comparison.elements import Change, Elements, compare
from bim.comparison.signature import signatures
from tests.bim.files import ROOT

SAMPLE = ROOT / "sample_models" / "models" / "complies.ifc"


def model() -> Any:
    return ifcopenshell.open(SAMPLE)


def changed(change: Callable[[Any], None]) -> Elements:
    new = model()
    change(new)
    return compare(signatures(model()), signatures(new))


def nothing(_: Any) -> None:
    """The same model."""


def new_ids(of: Any) -> None:
    for root in of.by_type("IfcRoot"):
        root.GlobalId = ifcopenshell.guid.new()


def renamed(of: Any) -> None:
    of.by_type("IfcWall")[0].Name = "another"


def moved(of: Any) -> None:
    window = of.by_type("IfcWindow")[0]
    place = of.create_entity("IfcCartesianPoint", (5.0, 0.0, 0.0))
    window.ObjectPlacement.RelativePlacement.Location = place


def reshaped(of: Any) -> None:
    solid = of.by_type("IfcRailing")[0].Representation.Representations[0].Items[0]
    solid.Depth = 2.0


def removed(of: Any) -> None:
    of.remove(of.by_type("IfcRailing")[0])


def added(of: Any) -> None:
    of.create_entity("IfcWall", GlobalId=ifcopenshell.guid.new(), Name="new")


def other_property(of: Any) -> None:
    wall = of.by_type("IfcWall")[0]
    wall.IsDefinedBy[0].RelatingPropertyDefinition.HasProperties[0].NominalValue.wrappedValue = False


CASES: list[tuple[Callable[[Any], None], list[tuple[Change, ...]]]] = [
    (nothing, []),
    (renamed, [(Change.INFORMATION,)]),
    (moved, [(Change.MOVED,)]),
    (reshaped, [(Change.RESHAPED,)]),
    (removed, [(Change.REMOVED,)]),
    (added, [(Change.ADDED,)]),
    (other_property, [(Change.INFORMATION,)]),
]


@pytest.mark.parametrize(("change", "told"), CASES, ids=[change.__name__ for change, _ in CASES])
def test_a_change_is_told(change: Callable[[Any], None], told: list[tuple[Change, ...]]) -> None:
    found = changed(change)
    assert [c.changes for c in found.changes] == told
    assert found.rekeyed == 0


@pytest.mark.parametrize(("change", "told"), CASES, ids=[change.__name__ for change, _ in CASES])
def test_a_change_is_told_though_every_id_was_made_anew(
    change: Callable[[Any], None], told: list[tuple[Change, ...]]
) -> None:
    def both(of: Any) -> None:
        change(of)
        new_ids(of)

    found = changed(both)
    assert [c.changes for c in found.changes] == told
    assert found.rekeyed == len(found.same) > 300


def test_elements_alike_are_paired_only_in_equal_number(tmp_path: Path) -> None:
    def twice(of: Any) -> None:
        railing = of.by_type("IfcRailing")[0]
        of.create_entity("IfcRailing", ifcopenshell.guid.new(), *list(railing)[1:])

    found = changed(twice)
    assert [c.changes for c in found.changes] == [(Change.ADDED,)]
