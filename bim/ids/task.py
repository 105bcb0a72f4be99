"""The work of the confined child: read the document, open the model, judge."""

import math
from collections.abc import Callable
from typing import Any

from bim.ids.document import Document
from bim.ids.errors import IdsError
from bim.ids.index import Index
from bim.ids.judge import SpecificationResult, judge_specification
from bim.ids.read import read
from bim.ids.report import IdsReport, Unmet, Verdict
from bim.ids.values import Found
from bim.inspect import open_model
from bim.orders import Go, IdsJob
from bim.refusals import RefusedError

Progress = Callable[[str, float], None]


def prepare(job: IdsJob) -> Document | IdsError:
    """The document, which can be read while the model is parsed."""
    try:
        return read(job.document)
    except IdsError as error:
        return error


def inspect(job: IdsJob, go: Go, prepared: Callable[[], Document | IdsError], progress: Progress) -> IdsReport:
    """Judge; raise `RefusedError` where the document or the model cannot be read."""
    document = prepared()
    if isinstance(document, IdsError):
        raise document
    progress("open", 0.0)
    model = open_model(job.model, go)
    index = Index(model)
    verdicts = []
    for number, specification in enumerate(document.specifications):
        progress("rules", number / len(document.specifications))
        try:
            verdicts.append(_verdict(judge_specification(index, specification)))
        except (AttributeError, TypeError, ValueError, LookupError, RuntimeError, ArithmeticError) as error:
            # References lead to entities of the wrong class; what is read is not what the schema says.
            raise RefusedError("invalid_model", error=f"{type(error).__name__}: {error}"[:300]) from error
    return IdsReport(go.info, document.info.title, tuple(verdicts))


def _verdict(result: SpecificationResult) -> Verdict:
    about = result.specification
    failures = tuple(
        Unmet(f.entity, _name(f.global_id), f.class_name, f.requirement, f.facet, f.code, _plain(f.found))
        for f in result.failures
    )
    return Verdict(
        about.name,
        about.identifier,
        about.cardinality,
        result.status,
        len(result.applicable),
        len(result.failed),
        failures,
    )


def _plain(found: Any) -> Found | None:
    """What a report can hold: an entity stands there where a model gives one for a value, or an infinite number."""
    if found is None or isinstance(found, str | int | bool) or (isinstance(found, float) and math.isfinite(found)):
        return found
    return str(found)[:300]


def _name(global_id: Any) -> str | None:
    return global_id if isinstance(global_id, str) else None
