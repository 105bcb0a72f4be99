"""The one function that the command line and the tests call to divide a model into sections."""

from datetime import date
from pathlib import Path

from bim.orders import Limits
from bim.packs import CodePack, code_in_force
from bim.strata import check
from bim.strata.judge import PACKS
from bim.strata.report import Strata


def parameters(on: date) -> CodePack:
    """The pack by which buildings are divided on that day."""
    return code_in_force(on, PACKS)


def divide_model(
    model: Path, *, layers: Path | None, plot: str | None, on: date, limits: Limits | None = None
) -> Strata:
    """The sections of `model` on plot `plot` of the zone `layers`, or of the model alone.

    Raises the land's coded errors, and `RefusedError` for a refused model.
    """
    site = None
    if layers is not None and plot is not None:
        from gis.planning import site_for  # reading layers is heavy, and not always asked for

        site = site_for(layers, plot, on=on)
    return check.check(model, site=site, pack=parameters(on), on=on, limits=limits)
