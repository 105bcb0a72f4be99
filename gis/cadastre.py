"""Plots of a cadastre as an import gives them, before a zone's streets and planning sheets are joined."""

from dataclasses import dataclass

from shapely import MultiPolygon, Polygon


@dataclass(frozen=True)
class CadastralPlot:
    """A plot (مقسم) or parcel (عقار): `row` in its source, areas in square metres of record, level in metres.

    `polygon` is in the plane grid of the import; a MultiPolygon only where the mapping allows several parts.
    """

    row: int
    number: str
    zone: str
    polygon: Polygon | MultiPolygon
    block: str = ""
    parcel: str = ""
    use: str = ""
    official_area: float | None = None
    reference_level: float | None = None
