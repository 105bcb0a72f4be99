"""Write small drawings (DXF) entity by entity."""

from collections.abc import Sequence
from pathlib import Path

Point = tuple[float, float]


def outline(layer: str, points: Sequence[Point], *, closed: bool = True) -> str:
    """A light polyline; a closed one runs back to its first point."""
    corners = "".join(f"10\n{x}\n20\n{y}\n" for x, y in points)
    return f"0\nLWPOLYLINE\n8\n{layer}\n90\n{len(points)}\n70\n{int(closed)}\n{corners}"


def text(layer: str, at: Point, said: str, kind: str = "TEXT") -> str:
    """A text, or an MTEXT with its own control codes."""
    return f"0\n{kind}\n8\n{layer}\n10\n{at[0]}\n20\n{at[1]}\n40\n1.0\n1\n{said}\n"


def write(path: Path, entities: Sequence[str], encoding: str = "utf-8", header: str = "") -> Path:
    """The drawing as a file."""
    body = f"0\nSECTION\n2\nHEADER\n{header}0\nENDSEC\n0\nSECTION\n2\nENTITIES\n{''.join(entities)}0\nENDSEC\n0\nEOF\n"
    path.write_bytes(body.encode(encoding))
    return path


def square(x: float, y: float, side: float = 20.0) -> list[Point]:
    """Corners of a square from its lower left one."""
    return [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
