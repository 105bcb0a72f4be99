"""The work of the confined child: open both models, say what every element is, match them."""

from collections.abc import Callable
from dataclasses import dataclass

from bim.comparison.elements import Elements, compare
from bim.comparison.report import elements_json
from bim.comparison.signature import signatures
from bim.inspect import open_model
from bim.orders import CompareJob, Go
from bim.refusals import RefusedError


def prepare(_job: CompareJob) -> None:
    """Nothing to load beside the parser."""


@dataclass(frozen=True)
class _Found:
    elements: Elements

    def to_json(self) -> bytes:
        return elements_json(self.elements)


def inspect(job: CompareJob, go: Go, _prepared: Callable[[], None], progress: Callable[[str, float], None]) -> _Found:
    """Compare; the old model is the companion of the new one."""
    progress("open", 0.0)
    try:
        new = signatures(open_model(job.model, go))
        progress("compare", 0.5)
        old = signatures(open_model(job.old, go.companions[0]))
    except (AttributeError, TypeError, ValueError, LookupError, RuntimeError, ArithmeticError) as error:
        raise RefusedError("invalid_model", error=f"{type(error).__name__}: {error}"[:300]) from error
    return _Found(compare(old, new))
