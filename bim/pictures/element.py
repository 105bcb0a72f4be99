"""The picture of one element: seen from the south-west and above, as the cameras of BCF topics look.

What begins above the element is left away, so that a wall of the ground storey is not hidden under the roof; what
stands before it hides it only in part.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bim.pictures.raster import Floats, Integers, Seen, nearest
from bim.shapes import Mesh

WIDTH, HEIGHT = 280, 210
_MOST_TRIANGLES = 2500
_CLOSEST = 4.0
"""Metres across the closest view."""
_MARGIN = 2.2
"""How much wider than the element its picture is."""
_BEFORE = 0.15
"""Metres by which an element comes before what touches it."""
_LEAST_BEFORE = 2.0
"""The same in pixels, at the least."""
_STEP = 6.0
"""Pixels of distance between neighbours that are told apart by a line."""
_VIEW = np.array([[1, -1, 0], [1, 1, 2], [1, 1, -1]]) / np.sqrt([[2], [6], [3]])
"""Rows: to the right, upwards and away."""
_LIGHT = np.array([-0.35, -0.75, 0.56])
_SHADES = 15
_RED, _HIDDEN, _LINE = _SHADES + 1, 2 * _SHADES + 1, 3 * _SHADES + 1
"""Where the palette's reds begin, its reds behind something, and its lines: grey, red and hidden."""


@dataclass(frozen=True)
class Triangles:
    """Triangles as seen: `corners` (N, 3, 3) right, up, away in metres, and their shade.

    `low` is the least height of their mesh, `away` the distance of its middle.
    """

    corners: Floats
    shade: Integers
    low: Floats
    away: Floats

    def chosen(self, which: NDArray[np.bool_] | Integers) -> "Triangles":
        """Some of them."""
        return Triangles(self.corners[which], self.shade[which], self.low[which], self.away[which])


def triangles_of(meshes: Sequence[Mesh], *, turned_away: bool = True) -> Triangles:
    """The triangles of `meshes`, those whose back is seen only where they are asked for."""
    if not meshes:
        return Triangles(np.empty((0, 3, 3)), np.empty(0, np.int64), np.empty(0), np.empty(0))
    corners = np.concatenate([mesh.vertices[mesh.faces] for mesh in meshes])
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    lengths = np.linalg.norm(normals, axis=1)
    bright = np.abs(normals @ _LIGHT) / np.where(lengths > 0, lengths, 1)
    shade = 1 + np.minimum(bright * _SHADES, _SHADES - 1).astype(np.int64)
    counts = [len(mesh.faces) for mesh in meshes]
    low = np.repeat([mesh.low for mesh in meshes], counts)
    away = np.repeat([float((mesh.vertices @ _VIEW[2]).mean()) for mesh in meshes], counts)
    found = Triangles(corners @ _VIEW.T, shade, low, away)
    return found if turned_away else found.chosen(normals @ _VIEW[2] < 0)


def picture(mesh: Mesh, around: Triangles) -> bytes:
    """The PNG of one element over the triangles around it."""
    own = triangles_of([mesh])
    flat = own.corners.reshape(-1, 3)
    low, high = flat.min(axis=0), flat.max(axis=0)
    width = float(max(*(_MARGIN * (high - low)[:2] * (1, WIDTH / HEIGHT)), _CLOSEST))
    middle = (low + high) / 2
    near = _near(around, middle, width, front=float(low[2]) - width / 2, below=mesh.high - 0.05)
    scale = WIDTH / width
    screen = _on_screen(own, middle, scale) - (0, 0, max(_BEFORE * scale, _LEAST_BEFORE))
    return _png(_painted(screen, own.shade, _on_screen(near, middle, scale), near.shade))


def _near(around: Triangles, middle: Floats, width: float, *, front: float, below: float) -> Triangles:
    """What can be seen around the element: within the picture, not far before it, not above it; the largest."""
    half = np.array([width, width * HEIGHT / WIDTH]) / 2
    low, high = around.corners.min(axis=1), around.corners.max(axis=1)
    inside = ((low[:, :2] <= middle[:2] + half) & (high[:, :2] >= middle[:2] - half)).all(axis=1)
    seen = around.chosen(inside & (around.away >= front) & (around.low < below))
    if len(seen.low) <= _MOST_TRIANGLES:
        return seen
    spans = np.ptp(seen.corners[:, :, :2], axis=1).sum(axis=1)
    return seen.chosen(np.argsort(-spans, kind="stable")[:_MOST_TRIANGLES])


def _on_screen(triangles: Triangles, middle: Floats, scale: float) -> Floats:
    """Pixels to the right and downwards from the picture's corner, and away, all of one scale."""
    return (triangles.corners - middle) * (scale, -scale, scale) + (WIDTH / 2, HEIGHT / 2, 0)


def _painted(own: Floats, own_shade: Integers, near: Floats, near_shade: Integers) -> NDArray[np.uint8]:
    """Palette indices: the surroundings, and the element over them, translucent where something stands before it."""
    back, front = nearest(near, WIDTH, HEIGHT), nearest(own, WIDTH, HEIGHT)
    pixels = _shaded(back, near_shade)
    element = front.owner >= 0
    before = front.away <= back.away
    pixels[element & before] = _shaded(front, own_shade)[element & before] + _RED - 1
    pixels[element & ~before] += _HIDDEN - 1
    return _lined(pixels, np.where(element & before, front.away, back.away))


def _shaded(seen: Seen, shade: Integers) -> Integers:
    """The shade of each pixel's triangle, 0 where there is none."""
    return np.append(shade, 0)[seen.owner]


def _lined(pixels: Integers, away: Floats) -> NDArray[np.uint8]:
    """A line wherever the shade or the distance changes at once."""
    lined = pixels.astype(np.uint8)
    depth = np.where(np.isfinite(away), away, 1e9)
    for here, there in ((np.s_[:, 1:], np.s_[:, :-1]), (np.s_[1:, :], np.s_[:-1, :])):
        changed = (pixels[here] != pixels[there]) | (np.abs(depth[here] - depth[there]) > _STEP)
        colour = np.maximum(pixels[here], pixels[there])[changed]
        lined[here][changed] = _LINE + (colour >= _RED) + (colour >= _HIDDEN)
    return lined


def _palette() -> list[int]:
    """White, greys, reds, reds behind something, and the lines."""
    steps = np.linspace(0, 1, _SHADES)[:, None]
    grey = np.array([206, 208, 212]) + steps * [42, 40, 37]
    red = np.array([170, 24, 18]) + steps * [60, 44, 38]
    hidden = (grey + 2 * red) / 3
    lines = [[168, 172, 178], [110, 10, 8], [150, 60, 56]]
    colours: list[int] = np.concatenate([grey, red, hidden, lines]).astype(int).flatten().tolist()
    return [255] * 3 + colours


_PALETTE = _palette()


def _png(pixels: NDArray[np.uint8]) -> bytes:
    image = Image.fromarray(pixels, "P")
    image.putpalette(_PALETTE)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=6)
    return buffer.getvalue()
