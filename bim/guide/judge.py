"""Judge a model by the clauses of a guide: one finding to a clause."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import bim.validity.catalogue  # noqa: F401 - what the check `normative` needs, loaded while the model is parsed
from bim.findings import Finding, Outcome, Reason
from bim.guide.checks import CHECKS, Checked, Subject
from bim.guide.pack import Clause, GuidePack
from bim.guide.rows import row_of
from bim.ids.document import Facet, Specification
from bim.ids.index import Index
from bim.ids.judge import Failure, judge_specification
from bim.packs import PackError, Problem

_ABSENT = ("absent", "no_set", "empty")
Specifications = Mapping[str, Specification]
"""What clauses ask for, by their codes."""


def specifications(pack: GuidePack) -> Specifications:
    """The specifications of the pack, ready to be judged."""
    return {str(s.identifier): s for s in pack.document().specifications}


def judge(subject: Subject, pack: GuidePack, parsed: Specifications) -> Iterator[Finding]:
    """A finding for each clause, in the pack's order; a check that breaks leaves its clause undecided."""
    index = Index(subject.model)
    for entry in pack.entries.values():
        try:
            checked = _named(subject, entry) if entry.check else _specified(index, parsed[entry.code])
        except PackError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, this clause alone is undecided
            reason = Reason("rule_error", {"error": type(error).__name__})
            finding = Finding(entry.code, Outcome.UNDECIDED, "", reason=reason)
        else:
            finding = _finding(entry, checked)
        yield replace(finding, clause=f"{pack.id} {entry.code}", severity=entry.severity.value)


def _named(subject: Subject, entry: Clause) -> Checked:
    if entry.check not in CHECKS:
        raise PackError(Problem("no_check", ("entries", entry.code, "check"), {"said": str(entry.check)}))
    return CHECKS[entry.check](subject, entry.params)


def _specified(index: Index, specification: Specification) -> Checked:
    if _version(index) not in specification.versions:
        return Checked(0)
    result = judge_specification(index, specification)
    if result.status == "fail" and not result.failures:
        return Checked(1, ("required",), reason=Reason("required_absent", {"what": _words(specification)}))
    names = {f.entity: f.global_id or f"#{f.entity}" for f in result.failures}
    applicable = len(result.applicable)
    return Checked(applicable, tuple(sorted(names.values())), reason=_unmet(specification, result.failures, applicable))


def _unmet(specification: Specification, failures: Sequence[Failure], applicable: int) -> Reason | None:
    """The requirement that most elements fail: what it asks, how many fail it, and what one of them says instead."""
    counted = Counter((f.requirement, f.facet, f.code) for f in failures)
    if not counted:
        return None
    (number, facet, code), failed = counted.most_common(1)[0]
    values: dict[str, str | float | int] = {"failed": failed, "applicable": applicable}
    if number is None:
        return Reason("prohibited_present", values)
    nameless = ", ".join(f"#{f.entity}" for f in failures if not f.global_id)
    asked = _asked(specification.requirements[number].facet)
    values["what"] = f"{asked} ({nameless})" if nameless else asked
    found = next((f.found for f in failures if f.requirement == number and f.found is not None), None)
    if code in _ABSENT or found is None:
        return Reason(f"{facet}_absent", values)
    return Reason(f"{facet}_differs", {**values, "found": str(found)})


def _words(specification: Specification) -> str:
    return ", ".join(filter(None, map(_asked, specification.applicability)))


def _asked(facet: Facet) -> str:
    """The facet as codes of the schema: a class, an attribute, a set and its property."""
    row = row_of(facet)
    named = ".".join(part for part in (row.set, row.name, row.system) if part)
    value = f" = {row.value}" if row.value else ""
    return f"{named}{value}".strip(" =")


def _version(index: Index) -> str:
    return "IFC4X3_ADD2" if index.identifier.startswith("IFC4X3") else index.identifier


def _finding(entry: Clause, checked: Checked) -> Finding:
    """Counts: `value` failing things of `limit` none, unless the check compares a number of its own."""
    method = f"check:{entry.check}" if entry.check else "ids"
    if checked.undecided is not None and not checked.failed:
        return Finding(entry.code, Outcome.UNDECIDED, "", method=method, reason=checked.undecided)
    if checked.applicable == 0:
        nothing = checked.reason or Reason("nothing_applicable")
        return Finding(entry.code, Outcome.NOT_APPLICABLE, "", method=method, reason=nothing)
    if checked.value is not None and not math.isfinite(checked.value):
        if not checked.failed:
            return Finding(entry.code, Outcome.UNDECIDED, "", method=method, reason=Reason("not_finite"))
        checked = replace(checked, value=None, limit=None)
    outcome = Outcome.FAIL if checked.failed else Outcome.PASS
    elements = tuple(f for f in checked.failed if len(f) == 22)
    value, limit, unit = float(len(checked.failed)), 0.0, "count"
    if checked.value is not None and checked.limit is not None:
        value, limit, unit = checked.value, checked.limit, CHECKS[entry.check or ""].unit
    reason = _why(checked, elements) if checked.failed else None
    return Finding(entry.code, outcome, "", value, limit, unit, None, method, elements, reason=reason)


def _why(checked: Checked, elements: tuple[str, ...]) -> Reason:
    if checked.reason is not None:
        return checked.reason
    named = [f for f in checked.failed if len(f) != 22]
    if named and checked.value is not None and checked.limit is not None:
        names, value = ", ".join(named), round(checked.value, 6)
        return Reason("beyond_limit", {"names": names, "value": value, "limit": checked.limit})
    if named and not elements:
        return Reason("absent", {"names": ", ".join(named)})
    return Reason("elements_fail", {"failed": len(checked.failed), "applicable": checked.applicable})
