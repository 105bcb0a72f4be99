"""Read flat layers that were delivered as IFC: one product each, its outline in plan, its property sets as columns.

The library beneath is native code: a model of strangers is read in a child process, as everywhere in the house.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import ifcopenshell
import numpy as np
import shapely
from ifcopenshell.util.element import get_psets
from ifcopenshell.util.placement import get_axis2placement, get_local_placement, get_mappeditem_transformation
from ifcopenshell.util.unit import calculate_unit_scale
from numpy.typing import NDArray
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from gis.remarks import Code, Remark, shortened
from gis.sources.files import checked, head
from gis.sources.layer import Limits, SourceLayer, SourceRow, Value, grid_notes, refuse

Matrix = NDArray[np.float64]
OWN = ("ifc_class", "global_id", "name")
_LEVEL = 1e-9  # an outline is one only where it is extruded along the vertical


def read(path: Path, limits: Limits | None = None) -> SourceLayer:
    """Every product with a shape; columns are `ifc_class`, `global_id`, `name` and the properties.

    Coordinates are the model's own in metres, in no named grid unless IfcProjectedCRS names one; a shape that has
    no outline in plan is None, and counted in a note.
    """
    bounds = limits or Limits()
    model = _open(checked(path, bounds))
    products = [product for product in model.by_type("IfcProduct") if product.Representation]
    if len(products) > bounds.rows:
        raise refuse(Code.TOO_MANY_ROWS, count=len(products), limit=bounds.rows)
    scale = calculate_unit_scale(model)
    try:
        rows = tuple(SourceRow(at, _attributes(p), _outline(p, scale)) for at, p in enumerate(products, 1))
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, RuntimeError) as error:
        # Properties whose types are not those of the schema: the library finds out where it uses them.
        raise refuse(Code.FILE_BROKEN, shortened(error)) from error
    fields = tuple(dict.fromkeys(name for row in rows for name in row.attributes))
    if len(fields) > bounds.columns:
        raise refuse(Code.TOO_LARGE, size=len(fields), limit=bounds.columns)
    without = sum(row.geometry is None for row in rows)
    notes = (Remark(Code.OUTLINE_NOT_READ, value=path.stem, values={"count": without}),) if without else ()
    grid = _grid(model)
    return SourceLayer(path.stem, grid, "utf-8", fields, rows, (*notes, *(() if grid else grid_notes(rows))))


def _open(path: Path) -> Any:
    if not head(path).lstrip().startswith(b"ISO-10303-21"):
        raise refuse(Code.FORMAT_UNKNOWN, path.name)
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 256))
        if b"END-ISO-10303-21" not in file.read():
            raise refuse(Code.FILE_TRUNCATED, path.name)
    try:
        model = ifcopenshell.open(str(path))
    except (ifcopenshell.Error, OSError, RuntimeError, UnicodeError, ValueError) as error:
        raise refuse(Code.FILE_BROKEN, shortened(type(error).__name__)) from error
    if not model.by_type("IfcProduct"):
        raise refuse(Code.FILE_BROKEN, path.name)
    return model


def _grid(model: Any) -> str | None:
    systems = model.by_type("IfcProjectedCRS") if model.schema != "IFC2X3" else []
    name = systems[0].Name if systems else None
    return str(name) if name and name.upper().startswith("EPSG:") and not model.by_type("IfcMapConversion") else None


def _attributes(product: Any) -> dict[str, Value]:
    """Properties by name; one that another set has too stands under "set.name"."""
    found: dict[str, Value] = dict(zip(OWN, (product.is_a(), product.GlobalId, product.Name), strict=True))
    for pset, properties in get_psets(product).items():
        for name, value in properties.items():
            if name != "id":
                key = name if name not in found else f"{pset}.{name}"
                found[key] = value if value is None or isinstance(value, str | int | float | bool) else shortened(value)
    return found


def _outline(product: Any, scale: float) -> BaseGeometry | None:
    """The union of what its items cover in plan, metres; None where one of them has no outline that we read."""
    placement = product.ObjectPlacement
    try:
        place = get_local_placement(placement) if placement else np.eye(4)
        items = [item for r in product.Representation.Representations for item in r.Items]
        shapes = [shape for item in items for shape in _shapes(item, np.asarray(place, dtype=np.float64))]
        # Parts that touch stay one parcel; a single outline stays as drawn, valid or not.
        shape = shapes[0] if len(shapes) == 1 else shapely.union_all(shapes)
    except (_NoOutline, AttributeError, IndexError, TypeError, ValueError, shapely.errors.GEOSException):
        return None
    return None if shape.is_empty else shapely.transform(shape, lambda points: points * scale)


class _NoOutline(Exception):
    """An item of a kind that has no outline in plan."""


def _shapes(item: Any, place: Matrix) -> Iterable[Polygon]:
    """The polygons that an item covers in plan."""
    if item.is_a("IfcMappedItem"):
        inner = place @ get_mappeditem_transformation(item)
        return [shape for part in item.MappingSource.MappedRepresentation.Items for shape in _shapes(part, inner)]
    if item.is_a("IfcExtrudedAreaSolid"):
        own = place @ get_axis2placement(item.Position) if item.Position else place
        along = own[:3, :3] @ np.array(item.ExtrudedDirection.DirectionRatios, dtype=np.float64)
        if abs(own[2, :2]).max() > _LEVEL or abs(along[:2]).max() > _LEVEL:
            raise _NoOutline
        return [_profile(item.SweptArea, own)]
    if item.is_a("IfcFacetedBrep"):
        return list(_faces(item.Outer.CfsFaces, place))
    raise _NoOutline


def _profile(profile: Any, place: Matrix) -> Polygon:
    if profile.is_a() not in ("IfcArbitraryClosedProfileDef", "IfcArbitraryProfileDefWithVoids"):
        raise _NoOutline
    voids = getattr(profile, "InnerCurves", ())
    return Polygon(_ring(profile.OuterCurve, place), [_ring(curve, place) for curve in voids])


def _ring(curve: Any, place: Matrix) -> Matrix:
    if not curve.is_a("IfcPolyline"):
        raise _NoOutline
    return _placed([point.Coordinates for point in curve.Points], place)


def _faces(faces: Any, place: Matrix) -> Iterable[Polygon]:
    """Faces of a body seen from above; upright ones cover nothing."""
    for face in faces:
        for bound in face.Bounds:
            polygon = Polygon(_placed([point.Coordinates for point in bound.Bound.Polygon], place))
            if polygon.area > _LEVEL:
                yield polygon


def _placed(points: list[tuple[float, ...]], place: Matrix) -> Matrix:
    flat = np.zeros((len(points), 4))
    flat[:, 3] = 1.0
    for at, point in enumerate(points):
        flat[at, : len(point)] = point
    return np.asarray((flat @ place.T)[:, :2])
