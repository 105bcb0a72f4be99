"""The quality of a whole zone file: its plots against its zones and streets, and its planning sheets."""

from gis.quality import defects_of
from gis.quality.briefs import sheet_defects
from gis.quality.defects import Defect, Tolerances
from gis.zone import Zone


def defects_of_zone(zone: Zone, tolerances: Tolerances | None = None) -> tuple[Defect, ...]:
    """Every defect, by kind and then in the order of the plots."""
    plots, streets = zone.plots, zone.streets
    found = defects_of(plots, grid=zone.grid, zones=zone.zones, streets=streets, tolerances=tolerances)
    return (*found, *sheet_defects(plots, streets, zone.grid))
