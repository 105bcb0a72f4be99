"""Judge a model by the clauses of a guide: one finding to a clause."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ifctester import facet, ids

from bim.findings import Finding, Outcome, Reason
from bim.guide.checks import CHECKS, Checked, Subject
from bim.guide.pack import Clause, GuidePack
from bim.ids import document as said
from bim.packs import PackError, Problem

Specifications = Any
"""A parsed IDS; ifctester has no types of its own."""


def specifications(pack: GuidePack) -> Specifications:
    """The specifications of the pack, ready to be judged."""
    return {s.identifier: _specification(s) for s in pack.document().specifications}


def _specification(given: said.Specification) -> Any:
    least, most = {"required": (1, "unbounded"), "optional": (0, "unbounded"), "prohibited": (0, 0)}[given.cardinality]
    made = ids.Specification(given.name, least, most, list(given.versions), given.identifier)
    made.applicability = [_facet(f) for f in given.applicability]
    made.requirements = [_facet(r.facet, cardinality=r.cardinality) for r in given.requirements]
    return made


def _facet(given: said.Facet, **more: Any) -> Any:
    match given:
        case said.Entity(name, predefined):
            return facet.Entity(_value(name), _value(predefined))
        case said.Attribute(name, value):
            return facet.Attribute(_value(name), _value(value), **more)
        case said.Property(of, name, value, kind):
            return facet.Property(_value(of), _value(name), _value(value), kind, **more)
        case said.Classification(system, value):
            return facet.Classification(_value(value), _value(system), **more)
        case said.Material(value):
            return facet.Material(_value(value), **more)
        case said.PartOf(said.Entity(name, predefined), relation):
            return facet.PartOf(_value(name), _value(predefined), relation or None, **more)


def _value(given: said.Value | None) -> Any:
    if not isinstance(given, said.Restriction):
        return given
    names = {"min_inclusive": "minInclusive", "max_inclusive": "maxInclusive", "enumeration": "enumeration"}
    options = {there: v for here, there in names.items() if (v := getattr(given, here))}
    return facet.Restriction({**options, **({"pattern": given.patterns[0]} if given.patterns else {})}, given.base[3:])


def judge(subject: Subject, pack: GuidePack, parsed: Specifications) -> Iterator[Finding]:
    """A finding for each clause, in the pack's order; a check that breaks leaves its clause undecided."""
    facet.get_pset.cache_clear()  # as ifctester does once for each model
    facet.get_psets.cache_clear()
    for entry in pack.entries.values():
        try:
            checked = _named(subject, entry) if entry.check else _specified(subject, parsed, entry)
        except PackError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, this clause alone is undecided
            reason = Reason("rule_error", {"error": type(error).__name__})
            yield Finding(entry.code, Outcome.UNDECIDED, f"{pack.id} {entry.code}", reason=reason)
            continue
        yield replace(_finding(entry, checked), clause=f"{pack.id} {entry.code}")


def _named(subject: Subject, entry: Clause) -> Checked:
    if entry.check not in CHECKS:
        raise PackError(Problem("no_check", ("entries", entry.code, "check"), {"said": str(entry.check)}))
    return CHECKS[entry.check](subject, entry.params)


def _specified(subject: Subject, parsed: Specifications, entry: Clause) -> Checked:
    found = parsed[entry.code]
    found.reset_status()
    found.validate(subject.model)
    failed = sorted(getattr(element, "GlobalId", None) or f"#{element.id()}" for element in found.failed_entities)
    if found.status is False and not failed:
        return Checked(1, ("required",))  # nothing there, though the specification requires it
    return Checked(len(found.applicable_entities), tuple(failed))


def _finding(entry: Clause, checked: Checked) -> Finding:
    """Counts: `value` failing things of `limit` none, unless the check compares a number of its own."""
    method = f"check:{entry.check}" if entry.check else "ids"
    if checked.undecided is not None and not checked.failed:
        return Finding(entry.code, Outcome.UNDECIDED, "", method=method, reason=checked.undecided)
    if checked.applicable == 0:
        nothing = checked.reason or Reason("nothing_applicable")
        return Finding(entry.code, Outcome.NOT_APPLICABLE, "", method=method, reason=nothing)
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
