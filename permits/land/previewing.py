"""Make the preview of a zone file: its defects, and its changes against the versions in force."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import shapely
from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.geojson import box, geometry
from gis.planning import load_zone
from gis.quality.defects import Defect
from gis.versions import Change, ChangeKind
from gis.zone import Plot, Zone
from permits.adapters.storage import Storage
from permits.land import tables
from permits.land.preview import Place, Preview, Replaced
from permits.land.quality import counted, place_of
from permits.land.versions import SHEETS, changes_between, other_sheets
from permits.planning.differences import differences
from permits.planning.tables import SheetAmendment

MOST_PLACES = 1000
"""Of defects, and of changes, that are kept to be shown; all are counted."""


@dataclass(frozen=True)
class InForce:
    """What a file is held against: the layers of each of its zones that is known, and planners' changes in them."""

    layers: Mapping[str, tuple[str, Path]]
    amended: Sequence[Replaced]


def in_force(session: Session, *, storage: Storage, zones: Sequence[str]) -> InForce:
    """The versions in force of these zones."""
    known = session.scalars(select(tables.Zone).where(tables.Zone.code.in_(zones)))
    layers = {zone.code: (zone.layers_sha256, storage.path(zone.layers_sha256)) for zone in known}
    amended = session.scalars(
        select(SheetAmendment)
        .where(SheetAmendment.zone.in_(zones), SheetAmendment.state == "in_force")
        .order_by(SheetAmendment.id)
    )
    return InForce(layers, [Replaced(one.zone, tuple(one.plots), one.valid_from, one.legal_act) for one in amended])


def preview_of(land: Zone, defects: Sequence[Defect], held: InForce, *, sha256: str) -> Preview:
    """What `land`, the file `sha256`, would bring where `held` is in force."""
    zones, changes, replaced = {}, list[tuple[Place, set[tuple[str, str]]]](), list[Replaced]()
    read = cache(load_zone)
    for code in (planned.code for planned in land.zones):
        sha_before, path = held.layers.get(code, ("", None))
        before = _only(read(path), code) if path else None
        zones[code] = _standing(before, land, same=sha_before == sha256)
        if before and zones[code] == "compared":
            mine = _only(land, code)
            changes += [*_changes(before, mine, code), *_sheets(before, mine, code)]
            replaced += _lost([one for one in held.amended if one.zone == code], before, mine)
    places = [place for place, _ in changes]
    return Preview(
        bounds=box(shapely.total_bounds([plot.polygon for plot in land.plots]), land.grid), plots=len(land.plots),
        zones=zones, defects=tuple(_defect(one, land) for one in defects[:MOST_PLACES]),
        changes=tuple(places[:MOST_PLACES]), found={str(kind): n for kind, n in counted(defects).items()},
        changed=dict(Counter(place.kind for place in places)), replaced=tuple(replaced),
        touched=tuple(sorted(set[tuple[str, str]]().union(*(plots for _, plots in changes)))),
    )  # fmt: skip


def _standing(before: Zone | None, land: Zone, *, same: bool) -> str:
    if before is None:
        return "new"
    if same:
        return "same"
    return "compared" if before.grid == land.grid else "other-grid"


def _only(land: Zone, code: str) -> Zone:
    return replace(land, plots=tuple(plot for plot in land.plots if plot.zone == code))


def _defect(defect: Defect, land: Zone) -> Place:
    shape = defect.geometry if defect.geometry is not None else place_of(defect, land)
    return Place(
        str(defect.kind), f"defect-{defect.kind}", defect.said, geometry(shape, land.grid), box(shape.bounds, land.grid)
    )


def _changes(before: Zone, land: Zone, code: str) -> Iterator[tuple[Place, set[tuple[str, str]]]]:
    for change in changes_between(before, land):
        old = [] if change.old is None else [before.plots[change.old]]
        new = [] if change.new is None else [land.plots[change.new]]
        yield _change(change, old, new, land.grid), {(code, plot.number) for plot in (*old, *new)}


def _change(change: Change, old: Sequence[Plot], new: Sequence[Plot], grid: str) -> Place:
    """`old` and `new` hold the plot of that version, or nothing where it is not there."""
    now, was = (*new, *old)[0], (*old, *new)[0]
    moved = change.kind in (ChangeKind.MOVED, ChangeKind.RESHAPED)
    both = shapely.total_bounds([now.polygon, was.polygon])
    return Place(
        kind=str(change.kind), code=f"change-{change.kind}", values=change.said, shape=geometry(now.polygon, grid),
        box=box(both, grid), before=geometry(was.polygon, grid) if moved else None,
        areas=[round(plots[0].polygon.area, 2) if plots else None for plots in (old, new)],
        attributes=tuple((name, *values) for name, values in change.attributes.items()),
    )  # fmt: skip


def _sheets(before: Zone, land: Zone, code: str) -> Iterator[tuple[Place, set[tuple[str, str]]]]:
    old, new = _by_number(before), _by_number(land)
    for number in other_sheets(before.plots, land.plots):
        plot = new[number]
        yield Place(
            SHEETS, "change-sheets", {"new": number}, geometry(plot.polygon, land.grid),
            box(plot.polygon.bounds, land.grid), sheets=tuple(differences(old[number].sheets, plot.sheets)),
        ), {(code, number)}  # fmt: skip


def _lost(amended: Sequence[Replaced], before: Zone, land: Zone) -> Iterator[Replaced]:
    """Changes of the planner that the version in force has and the file has not, with the plots of which it is so."""
    old, new = _by_number(before), _by_number(land)
    for one in amended:
        plots = [n for n in one.plots if n in old and n in new and _written(old[n], one) - _written(new[n], one)]
        if plots:
            yield replace(one, plots=tuple(plots))


def _written(plot: Plot, amendment: Replaced) -> set[str]:
    """The sheets of a plot that stem from a change; the day they end is set by later ones."""
    return {
        repr(replace(sheet, valid_to=None)) for sheet in plot.sheets
        if (sheet.valid_from.isoformat(), sheet.legal_act) == (amendment.valid_from, amendment.legal_act)
    }  # fmt: skip


def _by_number(land: Zone) -> dict[str, Plot]:
    return {plot.number: plot for plot in land.plots}
