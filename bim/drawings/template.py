"""A drawing with the layers that are read, and the outline of a plot where one is given."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ezdxf._options import options
from ezdxf.filemanagement import new

from bim.drawings.layers import names

Ring = Sequence[tuple[float, float]]
_METRES = 6
"""$INSUNITS of a drawing in metres."""


def write_drawing(path: Path, outlines: Mapping[str, Sequence[Ring]], *, fixed: bool = False) -> None:
    """Write closed polylines by layer, in metres; `fixed` leaves out the time and the ids of the file."""
    before = options.write_fixed_meta_data_for_testing
    options.write_fixed_meta_data_for_testing = fixed
    try:
        document = new("R2010", units=_METRES)
        for layer, rings in outlines.items():
            if layer not in document.layers:
                document.layers.add(layer)
            for ring in rings:
                document.modelspace().add_lwpolyline(ring, close=True, dxfattribs={"layer": layer})
        # The library adds the classes of a file in the order of a set, which is another one in every process.
        document.classes.add_required_classes(document.dxfversion)
        document.classes.classes = dict(sorted(document.classes.classes.items()))
        document.saveas(path)
    finally:
        options.write_fixed_meta_data_for_testing = before


def write_template(path: Path, plot: Ring | None = None, storeys: int = 4) -> None:
    """An empty drawing with every layer for so many storeys; the plot is drawn on its own where it is known."""
    layers: dict[str, Sequence[Ring]] = {}
    for kind, patterns in names().items():
        for pattern in patterns:
            if not pattern.isascii():
                continue
            numbers = range(2, storeys + 1) if "{n}" in pattern else (0,)
            for number in numbers:
                layers[pattern.format(n=number)] = [plot] if kind == "plot" and plot else []
    write_drawing(path, layers)
