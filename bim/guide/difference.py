"""What changed between two guides, and what a changed guide would change for a model."""

from collections.abc import Iterator
from dataclasses import dataclass

from bim.findings import Finding, Outcome
from bim.guide.pack import GuidePack
from bim.guide.writing import HEAD, clause_data, data_of
from bim.report import Report


@dataclass(frozen=True)
class Change:
    """One difference: `code` is empty for the pack itself; `before` is None where it was added, `after` where removed.

    `key` is empty where a whole clause was added or removed.
    """

    code: str
    key: str = ""
    before: object = None
    after: object = None


def difference(old: GuidePack, new: GuidePack) -> Iterator[Change]:
    """Every difference, the pack's own first, then clause by clause in their order."""
    heads = data_of(old), data_of(new)
    for key in HEAD:
        if heads[0][key] != heads[1][key]:
            yield Change("", key, heads[0][key], heads[1][key])
    for code in dict.fromkeys([*old.entries, *new.entries]):
        before, after = old.entries.get(code), new.entries.get(code)
        if before is None or after is None:
            yield Change(code, "", before and before.title_en, after and after.title_en)
            continue
        said = clause_data(before), clause_data(after)
        for key in dict.fromkeys([*said[0], *said[1]]):
            if said[0].get(key) != said[1].get(key):
                yield Change(code, key, said[0].get(key), said[1].get(key))


@dataclass(frozen=True)
class Effect:
    """How a clause judges one model under another guide; an outcome is None where the clause is not there.

    `newly` are the elements that begin to fail, `no_longer` those that cease to.
    """

    code: str
    before: Outcome | None
    after: Outcome | None
    newly: tuple[str, ...] = ()
    no_longer: tuple[str, ...] = ()


def effects(before: Report, after: Report) -> list[Effect]:
    """The clauses that judge otherwise, of two reports on one model."""
    old, new = _by_rule(before), _by_rule(after)
    found = [_effect(code, old.get(code), new.get(code)) for code in sorted({*old, *new})]
    return [e for e in found if e.before is not e.after or e.newly or e.no_longer]


def _by_rule(report: Report) -> dict[str, Finding]:
    """Clauses of the guide give one finding each."""
    guide = report.packs[0].id if report.packs else ""
    return {finding.rule: finding for finding in report.findings if finding.clause.startswith(f"{guide} ")}


def _effect(code: str, old: Finding | None, new: Finding | None) -> Effect:
    failing = [set(f.elements) if f is not None and f.outcome is Outcome.FAIL else set() for f in (old, new)]
    return Effect(
        code,
        old.outcome if old else None,
        new.outcome if new else None,
        tuple(sorted(failing[1] - failing[0])),
        tuple(sorted(failing[0] - failing[1])),
    )
