"""The versions of a zone's land: each import is one, with what differs from the one before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.cadastre import of_zone
from gis.geojson import GeoJson, collection
from gis.planning import load_zone
from gis.remarks import Code, Faults, LayerRefused, Remark, shortened
from gis.versions import Change, compare, counts
from gis.zone import Plot, Zone
from permits import audit
from permits.audit import AuditEvent
from permits.land import tables
from permits.land.tables import ZoneVersion
from permits.land.telling import change_text
from permits.people.actor import Actor

SHEETS = "sheets"
"""The count of plots with other planning sheets, beside those of the kinds of change."""


def add_version(
    session: Session, *, actor: Actor, zone: tables.Zone, land: Zone, before: Path | None, valid_from: date
) -> ZoneVersion:
    """Enter the version that was just imported; `before` is the file of the one before, None of the first.

    Without such a file, and where it is in another grid, no changes are counted.
    """
    last = latest(session, zone.code)
    version = ZoneVersion(
        zone=zone.code, number=last.number + 1 if last else 1, layers_sha256=zone.layers_sha256, plots=len(land.plots),
        valid_from=valid_from.isoformat(), imported_by=actor.id,
        changes=dict(_changes(load_zone(before), land, zone.code)) if before else {},
    )  # fmt: skip
    session.add(version)
    session.flush()
    audit.record(
        session, AuditEvent.ZONE_IMPORTED, actor=actor, subject=f"zone:{zone.code}", layers=zone.layers_sha256,
        plots=version.plots, version=version.number, valid_from=version.valid_from, changes=version.changes,
    )  # fmt: skip
    return version


def latest(session: Session, zone: str) -> ZoneVersion | None:
    """The newest version; None of a zone that was never imported."""
    newest = ZoneVersion.number.desc()
    return session.scalar(select(ZoneVersion).where(ZoneVersion.zone == zone).order_by(newest).limit(1))


def versions_of(session: Session, zone: str) -> list[ZoneVersion]:
    """Every version of a zone, oldest first."""
    return list(session.scalars(select(ZoneVersion).where(ZoneVersion.zone == zone).order_by(ZoneVersion.number)))


def changes_between(old: Zone, new: Zone) -> tuple[Change, ...]:
    """What changed between the plots of two zone files; raises LayerRefused: grids_differ, number_twice."""
    if old.grid != new.grid:
        raise LayerRefused(Remark(Code.GRIDS_DIFFER, value=new.grid, values={"expected": old.grid}))
    require_numbers(old.plots)
    require_numbers(new.plots)
    return compare(of_zone(old.plots), of_zone(new.plots))


def as_layer(changes: Sequence[Change], old: Zone, new: Zone, language: str) -> GeoJson:
    """The changes in WGS84 for a map: each plot as it is now, or as it was where it is gone."""
    features = []
    for change in changes:
        plot = old.plots[change.old or 0] if change.new is None else new.plots[change.new]
        numbers = {"kind": str(change.kind), "old": change.old_number, "new": change.new_number}
        features.append((plot.polygon, {**numbers, "text": change_text(change, language)}))
    return collection(features, new.grid)


def other_sheets(old: Sequence[Plot], new: Sequence[Plot]) -> list[str]:
    """Numbers of the plots of both versions whose planning sheets differ."""
    before = {(plot.zone, plot.number): plot.sheets for plot in old}
    return [plot.number for plot in new if before.get((plot.zone, plot.number), plot.sheets) != plot.sheets]


def require_numbers(plots: Sequence[Plot]) -> None:
    """Raise LayerRefused with every number that is given twice in the file: sheets and reviews know no other name."""
    first: dict[str, int] = {}
    faults = Faults()
    for row, plot in enumerate(plots, 1):
        before = first.setdefault(plot.number, row)
        if before == row:
            continue
        other, number = plots[before - 1].zone, shortened(plot.number)
        if other == plot.zone:
            faults.add(Remark(Code.NUMBER_TWICE, row, "number", number, {"first": before}))
        else:
            faults.add(Remark(Code.NUMBER_IN_ZONES, row, "number", number, {"zone": plot.zone, "first": other}))
    faults.refuse()


def _changes(before: Zone, land: Zone, code: str) -> Mapping[str, int]:
    if before.grid != land.grid:
        return {}  # nothing of two grids can be held against each other
    old = replace(before, plots=tuple(plot for plot in before.plots if plot.zone == code))
    found = {str(kind): count for kind, count in counts(changes_between(old, land)).items()}
    return {**found, SHEETS: len(other_sheets(old.plots, land.plots))}
