"""Storeys are counted by levels and section areas."""

import pytest
from shapely import box

from bim.building import Outline, Storey
from bim.building import StoreyKind as Kind
from bim.storeys import classify


def storey(name: str, elevation: float, area: float) -> Storey:
    outline = Outline(box(0, 0, area, 1), "section") if area else None
    return Storey(name, name, elevation, Kind.NOT_COUNTED, outline)


@pytest.mark.parametrize(
    ("storeys", "kinds"),
    [
        # an ordinary house with a basement and a bare roof level
        ([("B", -3, 200), ("0", 0.6, 200), ("1", 3.6, 200), ("R", 6.6, 0)], "basement ground typical not_counted"),
        # a roof annex
        ([("0", 0, 200), ("1", 3, 200), ("A", 6, 80)], "ground typical annex"),
        # a stair head is no annex
        ([("0", 0, 200), ("1", 3, 200), ("H", 6, 20)], "ground typical not_counted"),
        # the name of a level counts for nothing
        ([("Roof", 0, 200), ("T/FDN", 3, 190)], "ground typical"),
        # a datum right below the floor is no storey
        ([("ceiling", -0.5, 200), ("0", 0, 200), ("1", 3, 200)], "not_counted ground typical"),
        # a ground floor half a metre sunk is no basement
        ([("0", -0.5, 200), ("1", 2.5, 200)], "ground typical"),
        # two basements
        ([("B2", -6, 200), ("B1", -3, 200), ("0", 0, 200)], "basement basement ground"),
        # shops below a smaller tower
        ([("0", 0, 400), ("1", 4, 210), ("2", 7, 210)], "ground typical typical"),
    ],
)
def test_kinds(storeys: list[tuple[str, float, float]], kinds: str) -> None:
    found = classify([storey(*s) for s in storeys], 0.0, measured=True)
    assert [s.kind.value for s in found] == kinds.split()


def test_the_reference_level_decides_what_is_below_ground() -> None:
    storeys = [storey("0", 690.0, 200), storey("1", 693.0, 200)]
    assert [s.kind for s in classify(storeys, 690.0, measured=True)] == [Kind.GROUND, Kind.TYPICAL]
    assert [s.kind for s in classify(storeys, 692.0, measured=True)] == [Kind.BASEMENT, Kind.GROUND]


def test_without_outlines_the_last_level_is_the_roof() -> None:
    storeys = [storey("0", 0, 0), storey("1", 3, 0), storey("R", 6, 0)]
    assert [s.kind.value for s in classify(storeys, 0.0, measured=False)] == ["ground", "typical", "not_counted"]
    assert classify(storeys[:1], 0.0, measured=False)[0].kind is Kind.GROUND


def test_a_model_without_storeys() -> None:
    assert classify([], 0.0, measured=True) == ()
