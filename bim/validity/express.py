"""EXPRESS: the rules that a schema states of itself, as ifcopenshell has compiled them.

The library's own runner needs a test framework to put its findings into prose; we need the rule's name alone.
"""

import importlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import ifcopenshell
import ifcopenshell.ifcopenshell_wrapper

from bim.extract import Entity
from bim.validity.facts import Facts
from bim.validity.registry import Fault, Tally
from bim.validity.verdicts import Verdict

EXPRESS = "EXPRESS"
BROKEN = "clause"
UNCLEAR = "clause_not_evaluated"
wrapper: Any = ifcopenshell.ifcopenshell_wrapper
instance: Any = ifcopenshell.entity_instance
Rule = Any
"""A compiled rule: a class with its scope and names, whose call raises where the rule is broken."""
Walk = Callable[[Any], Iterator[tuple[Rule, Any]]]
"""From a value: the rules of its type with the value, or part of it, that each is to judge."""


def express_verdict(facts: Facts) -> Verdict:
    """Judge a model by its schema's own rules; where only unclear ones remain, it is undecided."""
    tally = Tally(EXPRESS, facts)
    if not __debug__:
        return tally.broken(AssertionError("the rules are assertions, which are switched off"))
    try:
        with _by_value():
            for fault in _faults(facts.model, tally):
                tally.add(fault)
    except (RuntimeError, ImportError) as error:
        return tally.broken(error)
    verdict = tally.verdict()
    clear = any(kind.split()[0] == BROKEN for kind in verdict.counts)
    return verdict if clear or not verdict.counts else tally.undecided()


@contextmanager
def _by_value() -> Iterator[None]:
    """The library's settings that its compiled rules count on, put back whatever happens."""
    names = ("unpack_non_aggregate_inverses", "compare_instances_by_value")
    before = [getattr(ifcopenshell.settings, name) for name in names]
    try:
        for name in names:
            setattr(ifcopenshell.settings, name, True)
        yield
    finally:
        for name, value in zip(names, before, strict=True):
            setattr(ifcopenshell.settings, name, value)


def _faults(model: ifcopenshell.file, tally: Tally) -> Iterator[Fault]:
    compiled = importlib.import_module(f"ifcopenshell.express.rules.{model.schema_identifier}")
    classes = [found for found in vars(compiled).values() if isinstance(found, type)]
    rules: list[Rule] = [found for found in classes if "SCOPE" in vars(found)]
    for rule in rules:
        if rule.SCOPE == "file":
            yield from _judged(rule, model, None)
    walks = _Walks(model, rules)
    for entity in model:
        tally.subjects += 1
        for rule, value in walks.of(entity):
            yield from _judged(rule, value, entity)
    for rule in rules:
        if rule.SCOPE == "entity":
            for entity in model.by_type(rule.TYPE_NAME):
                yield from _judged(rule, entity, entity)


def _judged(rule: Rule, value: Any, entity: Entity | None) -> Iterator[Fault]:
    name = f"{rule.TYPE_NAME}.{rule.RULE_NAME}" if rule.SCOPE != "file" else rule.__name__
    try:
        rule()(value)
    except AssertionError:
        yield Fault(BROKEN, entity, {"clause": name})
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a broken model breaks a rule's evaluation in any way
        yield Fault(UNCLEAR, entity, {"clause": name, "error": type(error).__name__})


class _Walks:
    """Which rules of types bear on the attributes of a class; found once for each class."""

    def __init__(self, model: ifcopenshell.file, rules: Iterable[Rule]) -> None:
        self._schema = wrapper.schema_by_name(model.schema_identifier)
        self._rules = defaultdict[str, list[Rule]](list)
        for rule in rules:
            if rule.SCOPE == "type":
                self._rules[rule.TYPE_NAME].append(rule)
        self._classes: dict[str, list[tuple[int, Walk]]] = {}
        self._types: dict[str, Walk | None] = {}

    def of(self, entity: Entity) -> Iterator[tuple[Rule, Any]]:
        """The rules of types, each with the value of `entity` that it is to judge."""
        name = entity.is_a()
        if name not in self._classes:
            self._classes[name] = list(self._attributes(name))
        for index, walk in self._classes[name]:
            try:
                value = entity[index]
            except RuntimeError:
                continue  # the schema's verdict tells of a value that cannot be read
            if value is not None:
                yield from walk(value)

    def _attributes(self, name: str) -> Iterator[tuple[int, Walk]]:
        declared = self._schema.declaration_by_name(name)
        pairs = zip(declared.all_attributes(), declared.derived(), strict=True)
        for index, (attribute, derived) in enumerate(pairs):
            walk = None if derived else self._walk(attribute.type_of_attribute())
            if walk is not None:
                yield index, walk

    def _walk(self, kind: Any) -> Walk | None:
        """How to walk a value of this type; None where no rule can bear on it."""
        if isinstance(kind, wrapper.named_type):
            return self._walk(kind.declared_type())
        if isinstance(kind, wrapper.aggregation_type):
            inner = self._walk(kind.type_of_element())
            return None if inner is None else _each(inner)
        if isinstance(kind, wrapper.type_declaration):
            if kind.name() not in self._types:
                own = self._rules.get(kind.name(), [])
                self._types[kind.name()] = _joined(own, self._walk(kind.declared_type()))
            return self._types[kind.name()]
        return self._selected if isinstance(kind, wrapper.select_type) else None

    def _selected(self, value: Any) -> Iterator[tuple[Rule, Any]]:
        """A value that says its own type; an entity is walked by itself."""
        if not isinstance(value, instance) or value.id():
            return
        walk = self._walk(self._schema.declaration_by_name(value.is_a()))
        if walk is not None:
            yield from walk(value[0])


def _joined(own: list[Rule], inner: Walk | None) -> Walk | None:
    """The rules of a type, and those of what it is declared as."""
    if not own:
        return inner

    def walk(value: Any) -> Iterator[tuple[Rule, Any]]:
        yield from ((rule, value) for rule in own)
        if inner is not None:
            yield from inner(value)

    return walk


def _each(inner: Walk) -> Walk:
    """The walk of every member of an aggregate."""

    def walk(values: Any) -> Iterator[tuple[Rule, Any]]:
        if isinstance(values, tuple | list):
            for value in values:
                if value is not None:
                    yield from inner(value)

    return walk
