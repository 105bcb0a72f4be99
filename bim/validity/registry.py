"""The registry of normative rules and the one place that runs them.

A rule has one or more checks. A check names its subjects and yields the faults of one subject; a rule with
no subject at all is not applicable, so that "nothing was looked at" is never told as "all is well".
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from bim.extract import Entity
from bim.validity.facts import Facts
from bim.validity.verdicts import Outcome, Value, Verdict, Violation, kind_of

KEPT = 20
"""Violations kept of one kind; all are counted."""
MOST = 1_000
"""Violations kept of one rule, whatever their kinds."""


@dataclass(frozen=True)
class Fault:
    """What a check found: a code, the entity at fault, or none where the whole model is, and values to tell."""

    code: str
    entity: Entity = None
    values: Mapping[str, Value] = field(default_factory=dict)


Select = Callable[[Facts], Iterable[Any]]
Faults = Callable[[Facts, Any], Iterator[Fault]]


@dataclass(frozen=True)
class Check:
    """One statement of a rule; `schemas` are those it speaks of."""

    subjects: Select
    faults: Faults
    schemas: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """A registered rule; `practice` says that breaking it is a warning."""

    code: str
    practice: bool
    checks: tuple[Check, ...]


RULES: dict[str, Rule] = {}
ALL = ("IFC2X3", "IFC4", "IFC4X3")


def normative(
    code: str, of: Select, *, schemas: tuple[str, ...] = ALL, practice: bool = False
) -> Callable[[Faults], Faults]:
    """Register a check of rule `code` over the subjects that `of` finds."""

    def register(faults: Faults) -> Faults:
        before = RULES[code].checks if code in RULES else ()
        if before and RULES[code].practice != practice:
            raise ValueError(f"the checks of {code} disagree on whether it is good practice")
        RULES[code] = Rule(code, practice, (*before, Check(of, faults, schemas)))
        return faults

    return register


def presence(code: str, of: Select, *, schemas: tuple[str, ...] = ALL) -> None:
    """Register a rule that only says whether the model holds such information."""
    normative(code, lambda facts: islice(of(facts), 1), schemas=schemas)(lambda _facts, _subject: iter(()))


def kind(*names: str) -> Select:
    """All entities of these classes and their subclasses."""
    return lambda facts: facts.of(*names)


def run(facts: Facts, codes: Iterable[str] | None = None) -> Iterator[Verdict]:
    """The verdict of each rule of `codes`, or of all, in order."""
    for code in sorted(RULES if codes is None else codes):
        yield _judge(RULES[code], facts)


def violations(facts: Facts, codes: Iterable[str]) -> tuple[Violation, ...]:
    """The violations, at most `KEPT` of a code, of these rules."""
    return tuple(violation for verdict in run(facts, codes) for violation in verdict.violations)


def _judge(rule: Rule, facts: Facts) -> Verdict:
    tally = Tally(rule.code, facts)
    try:
        for check in rule.checks:
            if facts.schema not in check.schemas:
                continue
            for subject in check.subjects(facts):
                tally.subjects += 1
                for fault in check.faults(facts, subject):
                    tally.add(fault)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, this rule alone is undecided
        return tally.broken(error)
    return tally.verdict(practice=rule.practice)


class Tally:
    """Counts the faults of one rule, keeps some of each kind, and takes the time."""

    def __init__(self, rule: str, facts: Facts) -> None:
        self.rule, self.facts = rule, facts
        self.subjects = 0
        self.counts = Counter[str]()
        self.kept: list[Violation] = []
        self._started = time.perf_counter()

    def add(self, fault: Fault) -> None:
        """Count a fault, and keep it unless there are many of its kind."""
        kind = kind_of(fault.code, fault.values)
        self.counts[kind] += 1
        if self.counts[kind] <= KEPT and len(self.kept) < MOST:
            self.kept.append(self._violation(fault))

    def _violation(self, fault: Fault) -> Violation:
        if fault.entity is None:
            return Violation(self.rule, fault.code, values=fault.values)
        entity = fault.entity
        return Violation(self.rule, fault.code, entity.id(), entity.is_a(), self.facts.owner(entity), fault.values)

    def verdict(self, *, practice: bool = False) -> Verdict:
        """What the faults amount to."""
        if self.counts:
            return self._verdict(Outcome.WARNING if practice else Outcome.FAIL)
        return self._verdict(Outcome.PASS if self.subjects else Outcome.NOT_APPLICABLE)

    def undecided(self) -> Verdict:
        """The faults only say that something could not be judged."""
        return self._verdict(Outcome.UNDECIDED)

    def broken(self, error: Exception) -> Verdict:
        """The rule could not be carried through."""
        self.kept.append(Violation(self.rule, "rule_error", values={"error": type(error).__name__}))
        return self._verdict(Outcome.UNDECIDED)

    def _verdict(self, outcome: Outcome) -> Verdict:
        seconds = time.perf_counter() - self._started
        return Verdict(self.rule, outcome, self.subjects, dict(self.counts), tuple(self.kept), seconds)
