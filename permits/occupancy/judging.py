"""The checks of one occupancy against the land and the other occupancies that the office keeps."""

from collections.abc import Mapping
from contextlib import suppress

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.errors import UnknownPlot
from gis.pavement import surroundings
from gis.planning import edges_of_plot
from permits.adapters.storage import Storage
from permits.land.tables import Zone
from permits.occupancy.checks import Check, Place, check_place
from permits.occupancy.tables import Occupancy
from permits.occupancy.terms import terms
from permits.occupancy.workflow import HOLDING
from permits.shapes import fronts_of, ground_area
from permits.spatial import touching

_REACH = 30.0
"""Metres around an occupancy that its checks look at."""


def judge(session: Session, *, storage: Storage, occupancy: Occupancy) -> tuple[Check, ...]:
    """Every check as things stand now; raises the land's errors."""
    zone = session.get_one(Zone, occupancy.zone)
    layers = storage.path(zone.layers_sha256)
    shape = occupancy.polygon
    place = Place(shape, ground_area(shape, zone.grid), occupancy.plot, ())
    if occupancy.plot:
        with suppress(UnknownPlot):  # the zone was imported anew without it: the check says so
            place = Place(shape, place.area, place.plot, fronts_of(edges_of_plot(layers, occupancy.plot)))
    return check_place(place, surroundings(layers, shape, reach=_REACH), neighbours(session, occupancy), terms())


def neighbours(session: Session, occupancy: Occupancy) -> Mapping[str, BaseGeometry]:
    """The occupancies near this one that hold their place on one of its days, by number.

    One that this renews is another only for the days they have in common, which are none.
    """
    left, low, right, high = shapely.bounds(occupancy.polygon.buffer(_REACH))
    found = session.scalars(
        select(Occupancy).where(
            Occupancy.zone == occupancy.zone,
            Occupancy.id != occupancy.id,
            Occupancy.state.in_([str(state) for state in HOLDING]),
            Occupancy.first_day <= occupancy.last_day,
            Occupancy.last_day >= occupancy.first_day,
            touching(session, Occupancy, (left, low, right, high)),
        )
    )
    return {other.number: other.polygon for other in found}
