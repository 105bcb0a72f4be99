"""Turn rows of the zone's layers into the dataclasses of the land; a value the subject does not know is an error."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from gis.errors import BrokenRow, NotAZoneFile
from gis.layers import Row
from gis.site import BasementRule, EdgeRole, PlanningSheet, SheetStatus, ZoneState
from gis.zone import Parcel, Pavement, PlanningZone, Plot, Share, Street, ValueZone

T = TypeVar("T")


def planning_zone(row: Row) -> PlanningZone:
    """A row of the layer `zone`."""
    return PlanningZone(
        code=row["code"],
        name=_names(row, "name"),
        state=_get("zone", row, "state", ZoneState),
        legal_act=row["legal_act"],
        fictitious=bool(row["fictitious"]),
        residual=_get("zone", row, "survey_residual_m", float),
        polygon=row["polygon"],
    )


def street(row: Row) -> Street:
    """A row of the layer `streets`."""
    return Street(row["code"], _names(row, "name"), _get("streets", row, "width_m", float), row["polygon"])


def planning_sheet(row: Row) -> PlanningSheet:
    """A row of the table `planning_sheets`."""

    def number(column: str) -> float:
        return _get("planning_sheets", row, column, float)

    return PlanningSheet(
        use=row["use"],
        setbacks={role: number(f"setback_{role}") for role in EdgeRole},
        coverage=number("coverage"),
        floor_area_ratio=number("floor_area_ratio"),
        max_floors=_get("planning_sheets", row, "max_floors", int),
        max_height=number("max_height_m"),
        projection_depth=number("projection_depth_m"),
        parking_per_dwelling=number("parking_per_dwelling"),
        basement=_get("planning_sheets", row, "basement", BasementRule),
        basement_rise=number("basement_rise_m"),
        legal_act=row["legal_act"],
        clause=row["clause"],
        status=_get("planning_sheets", row, "status", SheetStatus),
        valid_from=_get("planning_sheets", row, "valid_from", date.fromisoformat),
        valid_to=_get("planning_sheets", row, "valid_to", date.fromisoformat) if row["valid_to"] else None,
    )


def plot(row: Row, sheets: tuple[PlanningSheet, ...]) -> Plot:
    """A row of the layer `plots` with the planning sheets of its number."""
    return Plot(
        number=row["number"],
        zone=row["zone"],
        block=row["block"],
        official_area=_get("plots", row, "official_area_m2", float),
        reference_level=_get("plots", row, "reference_level_m", float),
        parcel=row["parcel"],
        polygon=row["polygon"],
        sheets=sheets,
    )


def share(row: Row) -> Share:
    """A row of the table `shares`."""
    return Share(_names(row, "owner"), _get("shares", row, "numerator", int), _get("shares", row, "denominator", int))


def parcel(row: Row, shares: tuple[Share, ...]) -> Parcel:
    """A row of the layer `parcels` with its shares."""
    return Parcel(
        number=row["number"],
        cadastral_zone=_names(row, "cadastral_zone"),
        official_area=_get("parcels", row, "official_area_m2", float),
        legal_kind=row["legal_kind"],
        sheet_no=row["sheet_no"],
        polygon=row["polygon"],
        shares=shares,
    )


def value_zone(row: Row) -> ValueZone:
    """A row of the layer `value_zones`."""
    return ValueZone(
        code=row["code"],
        name=_names(row, "name"),
        value_per_m2=_get("value_zones", row, "value_per_m2", Decimal),
        currency=row["currency"],
        epoch=row["epoch"],
        valid_from=_get("value_zones", row, "valid_from", date.fromisoformat),
        status=_get("value_zones", row, "status", SheetStatus),
        polygon=row["polygon"],
    )


def pavement(row: Row) -> Pavement:
    """A row of the layer `pavement`."""
    return Pavement(row["kind"], row["street"], row["polygon"])


def _names(row: Row, column: str) -> dict[str, str]:
    return {language: row[f"{column}_{language}"] for language in ("ar", "en")}


def _get(layer: str, row: Row, column: str, kind: Callable[..., T]) -> T:
    if column not in row:
        raise NotAZoneFile(layer=layer, column=column)
    try:
        return kind(row[column])
    except (ValueError, TypeError, InvalidOperation) as error:
        raise BrokenRow(layer=layer, column=column, value=str(row[column])) from error
