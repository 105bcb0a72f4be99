"""docs/measures.md: every measure of a report with its definition, method, unit, tolerance and rules."""

from api.docs.markdown import code, heading, table
from bim.measures import in_order
from bim.measures.methods import METHODS
from bim.measures.registry import Definition, Group, Tolerance
from permits.i18n import translate

INTRODUCTION = """A report's `measures` hold each of these that can be taken: one row per storey, room, door, flight
or bay where the definition speaks of one, told apart by `storey` and `subject`; what cannot be taken has no row. A
rule takes its value by the same function, and adds the error of the place to the tolerance
([report-format.md](report-format.md)).

Areas of the building are as drawn, which is on the ground; the plot's are of its plane grid, and coverage and
floor-area ratio put them on the ground by the grid's scale. Distances to the plot's edges are left in the grid: at the
worst place of the country that is 0.064 %, 3 mm of a setback of 5 m, and less than their tolerance. Rooms, bays and
other small areas are left in the grid likewise where a declared placement scales the model."""
_HEAD = ("measure", "English", "العربية", "definition", "method", "unit", "tolerance", "rules")


def page() -> str:
    """One section per group, then the methods."""
    parts = [heading("The measures", INTRODUCTION)]
    for group in Group:
        rows = [_row(definition) for definition in in_order() if definition.group is group]
        title = " / ".join(translate(language, f"review-group-{group}") for language in ("en", "ar"))
        parts.append(f"## {title}\n\n{table(_HEAD, rows)}")
    methods = table(("method", "how"), ((code(name), METHODS[name]) for name in sorted(METHODS)))
    parts.append(f"## Methods\n\n{methods}")
    return "\n".join(parts)


def _row(found: Definition) -> tuple[str, ...]:
    names = (translate(language, f"review-measure-{found.name}") for language in ("en", "ar"))
    rules = ", ".join(map(code, found.rules))
    how = code(found.method)
    return code(found.name), *names, found.text, how, found.unit, _tolerance(found.tolerance, found.unit), rules


def _tolerance(tolerance: Tolerance, unit: str) -> str:
    parts = [f"±{tolerance.fixed:g} {'' if unit == 'ratio' else unit}".strip()] if tolerance.fixed else []
    parts += [f"±{100 * tolerance.share:g} %"] if tolerance.share else []
    return " ".join(parts) or "exact"
