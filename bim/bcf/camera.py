"""Where the camera of a topic stands."""

import math

from bim.bcf.xml import Node, leaf, node
from bim.report import Box

_VIEW = 60
"""Degrees."""
_NEAREST = 2.0
"""Metres around the smallest thing that is looked at."""


def perspective(box: Box, *more: Node) -> Node:
    """Look down on the box from the south-west, so far away that the sphere around it fills the view."""
    centre = [(low + high) / 2 for low, high in zip(box[:3], box[3:], strict=True)]
    radius = max(math.dist(box[:3], box[3:]) / 2, _NEAREST)
    away = radius / math.sin(math.radians(_VIEW / 2)) / math.sqrt(3)
    x, y, z = centre[0] - away, centre[1] - away, centre[2] + away
    return node(
        "PerspectiveCamera",
        _point("CameraViewPoint", x, y, z),
        _point("CameraDirection", 0.57735, 0.57735, -0.57735),
        _point("CameraUpVector", 0.40825, 0.40825, 0.8165),
        leaf("FieldOfView", str(_VIEW)),
        *more,
    )


def _point(name: str, x: float, y: float, z: float) -> Node:
    return node(name, *(leaf(axis, f"{value:.4f}") for axis, value in zip("XYZ", (x, y, z), strict=True)))
