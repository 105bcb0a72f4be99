"""Files with random damage: whatever is hit, a layer is read or refused by code; nothing else escapes."""

import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gis.remarks import LayerRefused
from gis.sources import read_layer
from gis.sources.layer import Limits
from tests.gis.sources.drawing import outline, square, text, write
from tests.gis.sources.test_hostile_sources import SQUARE, ZONE, geojson
from tests.gis.sources.test_shapefile import shapefile
from tests.gis.sources.test_sheet import LINES, workbook
from tests.gis.told import words

ROUNDS = 60
HUGE = b"\xff\xff\xff\x7f"


def damaged(raw: bytes, dice: random.Random) -> bytes:
    """Some bytes changed, taken out, put in, or made a huge count."""
    result = bytearray(raw)
    for _ in range(dice.choice([1, 2, 5, 20])):
        at = dice.randrange(len(result))
        match dice.randrange(4):
            case 0:
                result[at] = dice.randrange(256)
            case 1:
                del result[at : at + dice.randrange(1, 20)]
            case 2:
                result[at:at] = dice.randbytes(dice.randrange(1, 9))
            case _:
                result[at : at + 4] = HUGE
        result = result or bytearray(b"x")
    return bytes(result)


def drawing(folder: Path) -> Path:
    return write(
        folder / "a.dxf", [outline("P", square(0, 0)), text("P", (5, 5), "101"), text("P", (5, 9), "x", "MTEXT")]
    )


def csv(folder: Path) -> Path:
    path = folder / "a.csv"
    path.write_text(LINES, encoding="utf-8")
    return path


def geopackage(folder: Path) -> Path:
    return Path(shutil.copy(ZONE, folder / "a.gpkg"))


WHOLE: dict[str, Callable[[Path], Path]] = {
    "shapefile": shapefile,
    "drawing": drawing,
    "csv": csv,
    "geopackage": geopackage,
    "geojson": lambda folder: geojson(folder / "a.geojson", coordinates=SQUARE, name="دمشق"),
    "workbook": lambda folder: workbook(folder / "a.xlsx"),
}


def damage(path: Path, dice: random.Random) -> None:
    """One of the files that belong together; of a workbook one of its parts."""
    if path.suffix != ".xlsx":
        part = dice.choice(sorted(path.parent.iterdir()))
        part.write_bytes(damaged(part.read_bytes(), dice))
        return
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    hit = dice.choice(sorted(parts))
    parts[hit] = damaged(parts[hit], dice)
    with zipfile.ZipFile(path, "w") as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)


@pytest.mark.slow
@pytest.mark.parametrize("kind", WHOLE)
def test_damage_never_escapes(kind: str, tmp_path: Path) -> None:
    dice = random.Random(f"land {kind}")  # noqa: S311 - damage wants to be repeatable, not secret
    layer = "plots" if kind == "geopackage" else None
    refused: list[LayerRefused] = []
    for at in range(ROUNDS):
        folder = tmp_path / str(at)
        folder.mkdir()
        path = WHOLE[kind](folder)
        assert read_layer(path, layer).rows  # whole before
        damage(path, dice)
        try:
            read_layer(path, layer, Limits(rows=10_000))
        except LayerRefused as error:
            refused.append(error)
        shutil.rmtree(folder)
    assert len(refused) > ROUNDS // 10
    assert all(words(fault) for error in refused for fault in error.faults)
