"""What an office hands over, made small: the Dutch parcels with invented planning sheets."""

import csv
from pathlib import Path

from api.cli import main
from gis.mapping import apply, chosen
from gis.mapping_file import MAPPINGS, read_mapping
from gis.sources import read_layer

COLUMNS = (
    "plot", "use", "basement", "legal_act", "clause", "status", "valid_from", "valid_to", "setback_front",
    "setback_side", "setback_rear", "coverage", "floor_area_ratio", "max_floors", "max_height_m",
    "projection_depth_m", "parking_per_dwelling", "basement_rise_m",
)  # fmt: skip
SHEET = (
    "residential", "none", "invented for this test", "1", "fictitious", "2020-01-01", "", "0.2", "0.1", "0.1",
    "0.8", "2.4", "3", "12", "0.5", "1", "1",
)  # fmt: skip
MAPPING = """
id: invented-sheets
version: "1"
status: fictitious
source: invented for a test
table: planning_sheets
fields:
  plot: {columns: [plot]}
  use: {columns: [use]}
  basement: {columns: [basement]}
  legal_act: {columns: [legal_act]}
  clause: {columns: [clause]}
  status: {columns: [status]}
  valid_from: {columns: [valid_from]}
  valid_to: {columns: [valid_to]}
  setback_front: {columns: [setback_front], unit: m}
  setback_side: {columns: [setback_side], unit: m}
  setback_rear: {columns: [setback_rear], unit: m}
  coverage: {columns: [coverage], unit: ratio}
  floor_area_ratio: {columns: [floor_area_ratio], unit: ratio}
  max_floors: {columns: [max_floors], unit: count}
  max_height_m: {columns: [max_height_m], unit: m}
  projection_depth_m: {columns: [projection_depth_m], unit: m}
  parking_per_dwelling: {columns: [parking_per_dwelling], unit: number}
  basement_rise_m: {columns: [basement_rise_m], unit: m}
"""
STATED = ("--zone-act", "invented", "--zone-residual", "0.3")
DUTCH = (
    "--mapping", "nl-brk-parcels", "--streets-mapping", "nl-brk-streets", "--zone-level", "0", *STATED,
    "--zone-name-ar", "روتردام", "--zone-name-en", "Rotterdam",
)  # fmt: skip


def read(source: Path, out: Path, *more: str | Path, lang: str = "ar") -> int:
    """`rukhsa land read`; its exit code."""
    return main(["land", "read", str(source), "--out", str(out), "--lang", lang, *map(str, more)])


def dutch(shared: Path) -> Path:
    """The parcels as they were delivered."""
    return shared / "gis" / "nl_brk_rotterdam" / "BRK_SelectieCentrum.shp"


def write_sheets(folder: Path, numbers: list[str], **changed: str) -> tuple[Path, Path]:
    """One invented sheet for each number, and the mapping of the file."""
    sheets, mapping = folder / "sheets.csv", folder / "sheets.yaml"
    values = {**dict(zip(COLUMNS[1:], SHEET, strict=True)), **changed}
    with sheets.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows([number, *values.values()] for number in numbers)
    mapping.write_text(MAPPING, encoding="utf-8")
    return sheets, mapping


def plots_of(shared: Path) -> list[str]:
    """The numbers of the Dutch parcels that are no streets."""
    layer, streets = read_layer(dutch(shared)), read_mapping(MAPPINGS / "nl-brk-streets.yaml")
    ways = chosen(layer, streets)
    return [p.number for p in apply(layer, read_mapping(MAPPINGS / "nl-brk-parcels.yaml")) if p.row not in ways]
