"""The planning sheets of plots as the layers in force hold them: those past and to come, too."""

from sqlalchemy.orm import Session

from gis.planning import sheets_of
from gis.site import PlanningSheet
from permits.adapters.storage import Storage
from permits.land.zones import get_zone


def sheets_of_plot(session: Session, *, storage: Storage, zone: str, plot: str) -> tuple[PlanningSheet, ...]:
    """Every sheet of one plot, oldest first; NotFound for an unknown zone, LandError for an unknown plot."""
    return sheets_of(storage.path(get_zone(session, zone).layers_sha256), plot)
