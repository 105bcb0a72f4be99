"""Which findings of a report were mended by the next one, which stay and which are new."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bim.findings import Finding, Outcome
from bim.report import Report

_OPEN = (Outcome.FAIL, Outcome.UNDECIDED)


class Course(StrEnum):
    """What became of a finding."""

    MENDED = "mended"
    """It failed or was undecided, and passes or no longer applies."""
    NEW = "new"
    """It fails or is undecided, and did not before."""
    STAYS = "stays"


@dataclass(frozen=True)
class FindingChange:
    """One finding in both reports, the sides None where it is not there.

    `mended` are elements that failed and no longer do, `newly` those that begin to, both by their GlobalId
    in their own model.
    """

    course: Course
    old: Finding | None
    new: Finding | None
    mended: tuple[str, ...] = ()
    newly: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """The clause."""
        finding = self.new or self.old
        return "" if finding is None else finding.rule


def compare(old: Report, new: Report, same: Mapping[str, str]) -> list[FindingChange]:
    """Every finding that asks something in either report; `same` gives the old GlobalId of a new one."""
    before, after = _keyed(old, {}), _keyed(new, _storeys(old, new))
    changes = (_change(before.get(key), after.get(key), same) for key in {**before, **after})
    order = list(Course)
    return sorted((c for c in changes if c is not None), key=lambda c: (order.index(c.course), c.rule))


def _storeys(old: Report, new: Report) -> dict[str, str]:
    """Old GlobalIds of storeys by the new ones: of the same name, where ids were made anew."""
    names = {storey.name: storey.id for storey in old.storeys}
    known = {storey.id for storey in old.storeys}
    return {s.id: names[s.name] for s in new.storeys if s.id not in known and s.name in names}


def _keyed(report: Report, storeys: Mapping[str, str]) -> dict[tuple[str, str, str, int], Finding]:
    """By rule, storey and subject; several of one key by their order."""
    found: dict[tuple[str, str, str, int], Finding] = {}
    for finding in report.findings:
        storey = finding.storey or ""
        key, number = (finding.rule, storeys.get(storey, storey), finding.subject), 0
        while (*key, number) in found:
            number += 1
        found[*key, number] = finding
    return found


def _change(old: Finding | None, new: Finding | None, same: Mapping[str, str]) -> FindingChange | None:
    was, now = (finding is not None and finding.outcome in _OPEN for finding in (old, new))
    if not was and not now:
        return None
    before = set(old.elements) if old is not None and was else set()
    after = {same.get(key, key): key for key in new.elements} if new is not None and now else {}
    course = Course.STAYS if was and now else Course.MENDED if was else Course.NEW
    newly = tuple(sorted(key for known, key in after.items() if known not in before))
    return FindingChange(course, old, new, tuple(sorted(before - set(after))), newly)
