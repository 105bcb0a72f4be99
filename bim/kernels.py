"""Work that needs shapes, in a confined child: with the fast kernel, and again with the slow one where that crashes."""

from collections.abc import Callable

from bim import confined
from bim.confined import Attempt, Progress
from bim.launch import Child
from bim.orders import Go, Kernel, ShapeJob
from bim.refusals import ReviewFailedError

KERNELS: tuple[Kernel, ...] = ("hybrid-cgal-simple-opencascade", "opencascade")


def with_shapes(
    work: str, job: Callable[[Kernel], ShapeJob], go: Callable[[], Go], progress: Progress = confined.silent
) -> bytes:
    """What the module `work` leaves as its result.

    Raise `RefusedError` where the input is refused or breaks both kernels, `ReviewFailedError` for our own failure.
    """
    for kernel in KERNELS:
        attempt = Attempt(Child(work), job(kernel))
        raw = confined.run(attempt, go, progress)
        if raw is not None:
            return raw
        crashed = attempt.child.process.returncode in confined.CRASHES and attempt.stage == "geometry"
        if not crashed or confined.out_of_memory(attempt):
            break
    confined.explain(attempt)
    raise ReviewFailedError("child_failed", attempt.child.said)
