"""Whether a model is valid: its schema, the schema's own rules, and the normative rules beside it.

`violations` runs rules of the registry on a model that is open; `schema.schema_verdicts` runs the schema.
"""

from bim.validity import (  # noqa: F401 - importing a family registers its rules
    alignment,
    built,
    curves,
    georeference,
    layouts,
    predefined,
    project,
    properties,
    representation,
    shells,
    spatial,
    units,
)
from bim.validity.facts import Facts
from bim.validity.registry import RULES, Outcome, Verdict, Violation, run, violations

__all__ = ["RULES", "Facts", "Outcome", "Verdict", "Violation", "run", "violations"]
