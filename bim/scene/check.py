"""Make the scene of a model that nobody vouches for, in a confined child."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from bim import confined
from bim.kernels import with_shapes
from bim.orders import Go, Kernel, Limits, SceneJob
from bim.tie_points import TiePoint
from gis.site import Site

WORK = "bim.scene.task"


def scene(
    model: Path, *, site: Site | None = None, ties: Sequence[TiePoint] = (), limits: Limits | None = None
) -> bytes:
    """Binary glTF, nodes named by GlobalId, the same bytes for the same input.

    On `site`, placed as the review places it (`ties` over what the model declares), the scene is in the plot's grid;
    otherwise in metres of the model. Raise `RefusedError` where the model is refused, `ReviewFailedError` for our own
    failure.
    """
    fitted = None
    if ties:
        from bim.ties import fit  # heavy, and most models have none

        fitted = fit(ties)
    with tempfile.TemporaryDirectory(prefix="rukhsa-") as folder:
        path = confined.plain(model, Path(folder))

        def go() -> Go:
            return confined.scan(model, path)

        def job(kernel: Kernel) -> SceneJob:
            result = Path(folder) / "result"
            return SceneJob(path, result, limits or Limits(), site, kernel, "geometry_crashed", fitted)

        return with_shapes(WORK, job, go)
