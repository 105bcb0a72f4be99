"""Hold a model of what was built against the permitted one, both in a confined child."""

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from bim import confined
from bim.asbuilt.report import AsBuilt
from bim.confined import Progress
from bim.kernels import with_shapes
from bim.orders import AsBuiltJob, Go, Kernel, Limits
from bim.packs import CodePack
from bim.refusals import RefusedError
from gis.site import Site

WORK = "bim.asbuilt.task"


def check(
    permitted: Path,
    built: Path,
    *,
    site: Site | None,
    tolerances: CodePack,
    on: date,
    limits: Limits | None = None,
    progress: Progress = confined.silent,
) -> AsBuilt:
    """All deviations by the clauses of `tolerances`; without a site neither setbacks nor neighbours are compared.

    Raise `RefusedError`, which names the model, where one is refused, `ReviewFailedError` for our own failure.
    """
    with tempfile.TemporaryDirectory(prefix="rukhsa-") as folder:
        paths = [_plain(model, Path(folder) / str(number)) for number, model in enumerate((permitted, built))]

        def go() -> Go:
            before, after = (_scan(model, path) for model, path in zip((permitted, built), paths, strict=True))
            return replace(after, companions=(before,))

        def job(kernel: Kernel) -> AsBuiltJob:
            result = Path(folder) / "result"
            task = (paths[1], result, limits or Limits(), site, kernel, "geometry_crashed")
            return AsBuiltJob(*task, paths[0], tolerances, on)

        return AsBuilt.from_json(with_shapes(WORK, job, go, progress))


def _plain(model: Path, folder: Path) -> Path:
    folder.mkdir()
    try:
        return confined.plain(model, folder)
    except RefusedError as refused:
        raise _named(refused, model) from refused


def _scan(model: Path, path: Path) -> Go:
    try:
        return confined.scan(model, path)
    except RefusedError as refused:
        raise _named(refused, model) from refused


def _named(refused: RefusedError, model: Path) -> RefusedError:
    return RefusedError(refused.code, **refused.values, companion=model.name)
