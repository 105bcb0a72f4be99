"""The one function that the command line and the tests call to hold a built model against the permitted one."""

from datetime import date
from pathlib import Path

from bim.asbuilt import check
from bim.asbuilt.judge import TOLERANCES
from bim.asbuilt.report import AsBuilt
from bim.orders import Limits
from bim.packs import CodePack, code_in_force


def tolerances(on: date) -> CodePack:
    """The pack that says on that day which deviations are tolerated."""
    return code_in_force(on, TOLERANCES)


def check_as_built(
    permitted: Path, built: Path, *, layers: Path | None, plot: str | None, on: date, limits: Limits | None = None
) -> AsBuilt:
    """All deviations of `built` on plot `plot` of the zone `layers`; without either no setback is compared.

    Raises the land's coded errors, and `RefusedError` for a refused model.
    """
    site = None
    if layers is not None and plot is not None:
        from gis.planning import site_for  # reading layers is heavy, and not always asked for

        site = site_for(layers, plot, on=on)
    return check.check(permitted, built, site=site, tolerances=tolerances(on), on=on, limits=limits)
