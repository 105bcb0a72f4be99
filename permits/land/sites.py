"""The site of a plot as the office keeps it: its imported layers, and the edge roles that the office corrected."""

from datetime import date

from sqlalchemy.orm import Session

from gis.planning import site_for
from gis.site import Site
from permits.adapters.storage import Storage
from permits.errors import NotFound
from permits.land.edge_roles import corrections_of
from permits.land.zones import get_zone


def site_of_plot(session: Session, *, storage: Storage, zone: str, plot: str, on: date) -> Site:
    """The plot under its planning sheet of that day; raises NotFound and the land's errors."""
    roles = corrections_of(session, zone=zone, plot=plot)
    site = site_for(storage.path(get_zone(session, zone).layers_sha256), plot, on=on, roles=roles)
    if site.zone != zone:  # a file may hold several zones
        raise NotFound("plot-unknown", plot=plot)
    return site
