"""Whether a mutated file got a pass that its whole source would not get, in a form that can be checked.

A clause got better where the source fails it or leaves it undecided, and the mutation passes it or finds nothing that
it applies to. That is earned, told, or unearned:

- A rule of the code measures shapes. After any mutation, each element whose shape was asked of in the source and that
  still is in the file under its class must be asked of again, and none may be lost: else the rule passes without
  having seen the whole building, which is unearned.
- A clause of the guide that looks at no fewer things than before is earned, and so is one whose failing elements are
  gone from the file, or, where it named none, as many things as it misses. One that looks at fewer is told where
  another clause got worse; after an operator that only damages (`Harm.GEOMETRY`, `Harm.LOSS`) it is unearned
  otherwise. Any other operator lets the file say something else, which is counted and no failure.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bim.findings import Outcome
from bim.report import Report
from bim.rules.catalogue import RULES
from bim.rules.registry import Need
from bim.shapes import GROUPS, WALLS
from tests.fuzz.account import Account
from tests.fuzz.registry import Harm

_ORDER = (Outcome.NOT_APPLICABLE, Outcome.PASS, Outcome.UNDECIDED, Outcome.FAIL)
Accounts = Callable[[], tuple[Account | None, Account | None]]


@dataclass(frozen=True)
class Better:
    """The clauses that got better: without having earned it (and why), and because the file says something else."""

    unearned: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()


def worst(report: Report) -> dict[str, Outcome]:
    """The worst outcome of each clause."""
    found: dict[str, Outcome] = {}
    for finding in report.findings:
        found[finding.rule] = max(found.get(finding.rule, _ORDER[0]), finding.outcome, key=_ORDER.index)
    return found


def unearned(harm: Harm, source: Report, mutated: Report, accounts: Accounts) -> Better:
    """What got better and why; `accounts` are taken only where something did."""
    if source.refusal is not None:
        return Better()
    before, after = worst(source), worst(mutated)
    absent = sorted(set(before) - set(after))
    if absent:
        return Better(tuple(f"{rule} has no finding" for rule in absent))
    better = [r for r in before if _ORDER.index(before[r]) > 1 >= _ORDER.index(after[r])]
    if not better:
        return Better()
    old, new = accounts()
    if old is None or new is None:
        return Better(("no account",))
    codes = {rule: why for rule in better if rule in RULES and (why := _unseen(rule, old, new))}
    guide = [rule for rule in better if rule not in RULES and _fewer(rule, source, old, new)]
    if harm is Harm.OTHER or _told(source, mutated):
        return Better(tuple(codes.values()), tuple(guide))
    return Better((*codes.values(), *(f"{rule} looks at fewer" for rule in guide)))


def _unseen(rule: str, old: Account, new: Account) -> str:
    """Why a rule of the code has not seen the whole building; empty where it has."""
    needs = {WALLS if need is Need.GROUND else need.value for need in RULES[rule].needs}
    for group in needs & set(GROUPS):
        still = {key for key in old.requested.get(group, ()) if new.classes.get(key) == old.classes.get(key)}
        silent = still - set(new.requested.get(group, ()))
        if silent:
            return f"{rule} passes though {len(silent)} {group} are not asked of"
        if new.lost.get(group):
            return f"{rule} passes though {len(new.lost[group])} {group} are lost"
    return ""


def _fewer(rule: str, source: Report, old: Account, new: Account) -> bool:
    """Whether a clause of the guide looks at fewer things than before, and not because what failed is gone."""
    fewer = old.applicable.get(rule, 0) - new.applicable.get(rule, 0)
    if fewer <= 0:
        return False
    failed = {element for finding in source.findings if finding.rule == rule for element in finding.elements}
    if failed:
        return any(element in new.classes for element in failed)
    return fewer > len(set(old.classes) - set(new.classes))


def _told(source: Report, mutated: Report) -> bool:
    """Whether some clause got worse: a worse outcome, or more that fails."""
    before, after = worst(source), worst(mutated)
    if any(_ORDER.index(after[rule]) > max(1, _ORDER.index(before[rule])) for rule in before):
        return True
    failing = {(f.rule, e) for f in source.of(Outcome.FAIL) for e in f.elements}
    return any((f.rule, e) not in failing for f in mutated.of(Outcome.FAIL) for e in f.elements)
