"""Turn rows of the zone's layers into the dataclasses of the land; a value the subject does not know is an error."""

import math
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from gis.errors import BrokenRow, NotAZoneFile
from gis.layers import Row
from gis.site import Attachment, BasementRule, EdgeRole, PlanningSheet, SetbackBand, SheetStatus, ZoneState
from gis.zone import Parcel, Pavement, PlanningZone, Plot, Share, Street, ValueZone

T = TypeVar("T")


def planning_zone(row: Row) -> PlanningZone:
    """A row of the layer `zone`."""
    return PlanningZone(
        code=_text("zone", row, "code"),
        name=_names("zone", row, "name"),
        state=_get("zone", row, "state", ZoneState),
        legal_act=_text("zone", row, "legal_act"),
        fictitious=_get("zone", row, "fictitious", bool),
        residual=_get("zone", row, "survey_residual_m", _finite),
        polygon=row["polygon"],
    )


def street(row: Row) -> Street:
    """A row of the layer `streets`."""
    return Street(
        code=_text("streets", row, "code"),
        name=_names("streets", row, "name"),
        width=_get("streets", row, "width_m", _finite),
        polygon=row["polygon"],
    )


def planning_sheet(row: Row) -> PlanningSheet:
    """A row of the table `planning_sheets`."""

    def number(column: str) -> float:
        return _get("planning_sheets", row, column, _finite)

    return PlanningSheet(
        use=_text("planning_sheets", row, "use"),
        setbacks={role: number(f"setback_{role}") for role in EdgeRole},
        coverage=number("coverage"),
        floor_area_ratio=number("floor_area_ratio"),
        max_floors=_get("planning_sheets", row, "max_floors", int),
        max_height=number("max_height_m"),
        projection_depth=number("projection_depth_m"),
        parking_per_dwelling=number("parking_per_dwelling"),
        basement=_get("planning_sheets", row, "basement", BasementRule),
        basement_rise=number("basement_rise_m"),
        legal_act=_text("planning_sheets", row, "legal_act"),
        clause=_text("planning_sheets", row, "clause"),
        status=_get("planning_sheets", row, "status", SheetStatus),
        valid_from=_get("planning_sheets", row, "valid_from", date.fromisoformat),
        valid_to=_get("planning_sheets", row, "valid_to", _optional_date),
        attachment=_optional(row, "attachment", Attachment) or Attachment.DETACHED,
        band=_band(row),
        fence_height=_optional(row, "fence_height_m", _finite),
        projection_clearance=_optional(row, "projection_clearance_m", _finite),
    )


def _band(row: Row) -> SetbackBand | None:
    """The setbacks of upper floors; a role without one keeps that of the ground floor."""
    floor = _optional(row, "band_from_floor", _positive)
    found = {role: _optional(row, f"band_setback_{role}", _finite) for role in EdgeRole}
    setbacks = {role: metres for role, metres in found.items() if metres is not None}
    if (floor is None) != (not setbacks):
        raise BrokenRow(layer="planning_sheets", column="band_from_floor", value=str(row.get("band_from_floor")))
    return None if floor is None else SetbackBand(floor, setbacks)


def _optional(row: Row, column: str, kind: Callable[..., T]) -> T | None:
    """A value that a sheet need not give, in a column that an older zone file has not."""
    return None if row.get(column) in (None, "") else _get("planning_sheets", row, column, kind)


def plot(row: Row, sheets: tuple[PlanningSheet, ...]) -> Plot:
    """A row of the layer `plots` with the planning sheets of its number."""
    return Plot(
        number=_text("plots", row, "number"),
        zone=_text("plots", row, "zone"),
        block=_get("plots", row, "block", _blank),
        official_area=_get("plots", row, "official_area_m2", _finite),
        reference_level=_get("plots", row, "reference_level_m", _finite),
        parcel=_get("plots", row, "parcel", _blank),
        polygon=row["polygon"],
        sheets=sheets,
    )


def share(row: Row) -> Share:
    """A row of the table `shares`."""
    return Share(
        owner=_names("shares", row, "owner"),
        numerator=_get("shares", row, "numerator", int),
        denominator=_get("shares", row, "denominator", _positive),
    )


def parcel(row: Row, shares: tuple[Share, ...]) -> Parcel:
    """A row of the layer `parcels` with its shares."""
    return Parcel(
        number=_text("parcels", row, "number"),
        cadastral_zone=_names("parcels", row, "cadastral_zone"),
        official_area=_get("parcels", row, "official_area_m2", _finite),
        legal_kind=_text("parcels", row, "legal_kind"),
        sheet_no=_text("parcels", row, "sheet_no"),
        polygon=row["polygon"],
        shares=shares,
    )


def value_zone(row: Row) -> ValueZone:
    """A row of the layer `value_zones`."""
    return ValueZone(
        code=_text("value_zones", row, "code"),
        name=_names("value_zones", row, "name"),
        value_per_m2=_get("value_zones", row, "value_per_m2", Decimal),
        currency=_text("value_zones", row, "currency"),
        epoch=_text("value_zones", row, "epoch"),
        valid_from=_get("value_zones", row, "valid_from", date.fromisoformat),
        status=_get("value_zones", row, "status", SheetStatus),
        polygon=row["polygon"],
    )


def pavement(row: Row) -> Pavement:
    """A row of the layer `pavement`."""
    return Pavement(_text("pavement", row, "kind"), _text("pavement", row, "street"), row["polygon"])


def _names(layer: str, row: Row, column: str) -> dict[str, str]:
    return {language: _text(layer, row, f"{column}_{language}") for language in ("ar", "en")}


def _text(layer: str, row: Row, column: str) -> str:
    return _get(layer, row, column, _filled)


def _filled(value: object) -> str:
    if value is None or value == "":
        raise ValueError
    return str(value)


def _blank(value: object) -> str:
    """A text that an office may not have."""
    return "" if value is None else str(value)


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError
    return float(value)


def _positive(value: int) -> int:
    if value <= 0:
        raise ValueError
    return int(value)


def _optional_date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _get(layer: str, row: Row, column: str, kind: Callable[..., T]) -> T:
    if column not in row:
        raise NotAZoneFile(layer=layer, column=column)
    try:
        return kind(row[column])
    except (ValueError, TypeError, InvalidOperation) as error:
        raise BrokenRow(layer=layer, column=column, value=str(row[column])) from error
