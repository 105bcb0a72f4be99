"""The work of the confined child: open the model, judge it by its schema and by all rules."""

from collections.abc import Callable

from bim.inspect import open_model
from bim.orders import Go, ValidityJob
from bim.validity.catalogue import RULES, run
from bim.validity.express import express_verdict
from bim.validity.facts import Facts
from bim.validity.report import ValidityReport
from bim.validity.schema import listen, schema_verdict

Progress = Callable[[str, float], None]


def prepare(_job: ValidityJob) -> None:
    """Nothing but this module's libraries is needed beforehand."""


def inspect(job: ValidityJob, go: Go, _prepared: Callable[[], None], progress: Progress) -> ValidityReport:
    """Judge; raise `RefusedError` where the model cannot be parsed."""
    progress("open", 0.0)
    listen()
    facts = Facts(open_model(job.model, go))
    progress("schema", 0.0)
    verdicts = [schema_verdict(facts)]
    if job.express:
        progress("express", 0.0)
        verdicts.append(express_verdict(facts))
    for number, code in enumerate(sorted(RULES)):
        progress("rules", number / len(RULES))
        verdicts += run(facts, [code])
    return ValidityReport(go.info, tuple(verdicts))
