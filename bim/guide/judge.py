"""Judge a model by the clauses of a guide: one finding to a clause."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ifctester import facet, ids

from bim.findings import Finding, Outcome, Reason
from bim.guide.checks import CHECKS, Checked, Subject
from bim.packs import Entry, GuidePack, PackError

Specifications = Any
"""A parsed IDS; ifctester has no types of its own."""


def specifications(pack: GuidePack) -> Specifications:
    """Parse the IDS file of the pack once."""
    return ids.open(str(pack.ids))


def judge(subject: Subject, pack: GuidePack, parsed: Specifications) -> Iterator[Finding]:
    """A finding for each clause, in the pack's order; a check that breaks leaves its clause undecided."""
    facet.get_pset.cache_clear()  # as ifctester does once for each model
    facet.get_psets.cache_clear()
    # ifctester forgets the identifier, so that the name begins with it.
    by_name = {specification.name.split()[0]: specification for specification in parsed.specifications}
    for entry in pack.entries.values():
        try:
            checked = _named(subject, entry) if entry.check else _specified(subject, by_name, entry)
        except PackError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, this clause alone is undecided
            reason = Reason("rule_error", {"error": type(error).__name__})
            yield Finding(entry.code, Outcome.UNDECIDED, f"{pack.id} {entry.code}", reason=reason)
            continue
        yield replace(_finding(entry, checked), clause=f"{pack.id} {entry.code}")


def _named(subject: Subject, entry: Entry) -> Checked:
    if entry.check not in CHECKS:
        raise PackError(f"{entry.code}: no check is called {entry.check}")
    return CHECKS[entry.check](subject, entry.params)


def _specified(subject: Subject, by_name: dict[str, Any], entry: Entry) -> Checked:
    if entry.specification not in by_name:
        raise PackError(f"{entry.code}: no specification is called {entry.specification}")
    found = by_name[entry.specification]
    found.reset_status()
    found.validate(subject.model)
    failed = sorted(getattr(element, "GlobalId", None) or f"#{element.id()}" for element in found.failed_entities)
    if found.status is False and not failed:
        return Checked(1, ("required",))  # nothing there, though the specification requires it
    return Checked(len(found.applicable_entities), tuple(failed))


def _finding(entry: Entry, checked: Checked) -> Finding:
    """Counts: `value` failing things of `limit` none, unless the check compares a number of its own."""
    method = f"check:{entry.check}" if entry.check else "ids"
    if checked.applicable == 0:
        return Finding(entry.code, Outcome.NOT_APPLICABLE, "", method=method, reason=Reason("nothing_applicable"))
    outcome = Outcome.FAIL if checked.failed else Outcome.PASS
    elements = tuple(f for f in checked.failed if len(f) == 22)
    named = [f for f in checked.failed if len(f) != 22]
    value, limit, unit = float(len(checked.failed)), 0.0, "count"
    if checked.value is not None and checked.limit is not None:
        value, limit, unit = checked.value, checked.limit, "m" if entry.check == "far_elements" else "ratio"
    reason = Reason("absent", {"names": ", ".join(named)}) if named and not elements else None
    if reason is None and checked.failed:
        reason = Reason("elements_fail", {"failed": len(checked.failed), "applicable": checked.applicable})
    return Finding(entry.code, outcome, "", value, limit, unit, None, method, elements, reason=reason)
