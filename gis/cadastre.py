"""Plots of a cadastre as an import gives them, before a zone's streets and planning sheets are joined."""

from collections.abc import Iterable
from dataclasses import dataclass

from shapely import MultiPolygon, Polygon

from gis.zone import Plot


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


def of_zone(plots: Iterable[Plot]) -> tuple[CadastralPlot, ...]:
    """The plots of a zone file as a cadastre; the use is that of the newest planning sheet."""
    return tuple(
        CadastralPlot(
            row=at, number=plot.number, zone=plot.zone, polygon=plot.polygon, block=plot.block, parcel=plot.parcel,
            use=plot.sheets[-1].use if plot.sheets else "", official_area=plot.official_area,
            reference_level=plot.reference_level,
        )
        for at, plot in enumerate(plots, 1)
    )  # fmt: skip
