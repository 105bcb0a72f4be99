"""Divide a model that nobody vouches for into sections, in a confined child."""

import tempfile
from datetime import date
from pathlib import Path

from bim import confined
from bim.confined import Progress
from bim.kernels import with_shapes
from bim.orders import Go, Kernel, Limits, StrataJob
from bim.packs import CodePack
from bim.strata.report import Strata
from gis.site import Site

WORK = "bim.strata.task"


def check(
    model: Path,
    *,
    site: Site | None,
    pack: CodePack,
    on: date,
    limits: Limits | None = None,
    progress: Progress = confined.silent,
) -> Strata:
    """The division; on a site it is placed in the zone's grid.

    Raise `RefusedError` where the model is refused, `ReviewFailedError` for our own failure.
    """
    with tempfile.TemporaryDirectory(prefix="rukhsa-") as folder:
        path = confined.plain(model, Path(folder))

        def go() -> Go:
            return confined.scan(model, path)

        def job(kernel: Kernel) -> StrataJob:
            result = Path(folder) / "result"
            return StrataJob(path, result, limits or Limits(), site, kernel, "geometry_crashed", pack, on)

        return Strata.from_json(with_shapes(WORK, job, go, progress))
