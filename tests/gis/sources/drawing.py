"""Write small drawings (DXF) entity by entity."""

from collections.abc import Sequence
from pathlib import Path

Point = tuple[float, float]


def outline(layer: str, points: Sequence[Point], *, closed: bool = True) -> str:
    """A light polyline; a closed one runs back to its first point."""
    corners = "".join(f"10\n{x}\n20\n{y}\n" for x, y in points)
    start = f"0\nLWPOLYLINE\n100\nAcDbEntity\n8\n{layer}\n100\nAcDbPolyline\n"
    return f"{start}90\n{len(points)}\n70\n{int(closed)}\n{corners}"


def text(layer: str, at: Point, said: str, kind: str = "TEXT") -> str:
    """A text, or an MTEXT with its own control codes."""
    start = f"0\n{kind}\n100\nAcDbEntity\n8\n{layer}\n100\nAcDb{'Text' if kind == 'TEXT' else 'MText'}\n"
    return f"{start}10\n{at[0]}\n20\n{at[1]}\n40\n1.0\n1\n{said}\n"


def write(path: Path, entities: Sequence[str], encoding: str = "utf-8", header: str = "") -> Path:
    """The drawing as a file, of the year 2000 unless its header says another."""
    header = header if "$ACADVER" in header else f"9\n$ACADVER\n1\nAC1015\n{header}"
    body = f"0\nSECTION\n2\nHEADER\n{header}0\nENDSEC\n0\nSECTION\n2\nENTITIES\n{''.join(entities)}0\nENDSEC\n0\nEOF\n"
    path.write_bytes(body.encode(encoding))
    return path


def square(x: float, y: float, side: float = 20.0) -> list[Point]:
    """Corners of a square from its lower left one."""
    return [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]


R12 = "9\n$ACADVER\n1\nAC1009\n"
"""The header of a drawing before there were subclasses and light polylines."""


def old_outline(layer: str, corners: Sequence[tuple[float, float, float]], *, flags: int = 1) -> str:
    """A polyline of an R12 drawing: x, y and bulge of each corner."""
    vertices = "".join(f"0\nVERTEX\n8\n{layer}\n10\n{x}\n20\n{y}\n30\n0\n42\n{b}\n" for x, y, b in corners)
    return f"0\nPOLYLINE\n8\n{layer}\n66\n1\n70\n{flags}\n{vertices}0\nSEQEND\n8\n{layer}\n"


def old_text(layer: str, at: Point, said: str) -> str:
    """A text of an R12 drawing."""
    return f"0\nTEXT\n8\n{layer}\n10\n{at[0]}\n20\n{at[1]}\n40\n1.0\n1\n{said}\n"


def curved(layer: str, corners: Sequence[tuple[float, float, float]], extrusion: float = 1.0) -> str:
    """A closed light polyline with bulges."""
    body = "".join(f"10\n{x}\n20\n{y}\n42\n{b}\n" for x, y, b in corners)
    start = f"0\nLWPOLYLINE\n100\nAcDbEntity\n8\n{layer}\n100\nAcDbPolyline\n90\n{len(corners)}\n70\n1\n"
    return f"{start}{body}210\n0\n220\n0\n230\n{extrusion}\n"
