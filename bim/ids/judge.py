"""Judge a model by the specifications of an IDS document."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import ifcopenshell

from bim.ids.audit import tag
from bim.ids.document import Attribute, Document, Entity, Facet, Requirement, Specification
from bim.ids.facets import Miss, check, lookup
from bim.ids.index import Index
from bim.ids.values import Found

Status = Literal["pass", "fail", "not_applicable"]
Test = Callable[[int], Miss | None]


@dataclass(frozen=True, slots=True)
class Failure:
    """One element and one requirement that it does not meet; `requirement` counts from 0.

    It is None where the element itself is prohibited. `entity` is a STEP id, `class_name` as the schema
    writes it, `code` one of `facets.Miss` or "prohibited", `found` what the model says instead.
    """

    entity: int
    global_id: str | None
    class_name: str
    requirement: int | None
    facet: str
    code: str
    found: Found | None = None


@dataclass(frozen=True)
class SpecificationResult:
    """The verdict on one specification; ids are STEP ids, ascending.

    A required specification that applies to nothing fails without a failure.
    """

    specification: Specification
    status: Status
    applicable: tuple[int, ...]
    failures: tuple[Failure, ...]

    @property
    def failed(self) -> tuple[int, ...]:
        """Elements that fail, each once."""
        return tuple(sorted({failure.entity for failure in self.failures}))


def judge(
    model: ifcopenshell.file, document: Document | Iterable[Specification], index: Index | None = None
) -> Iterator[SpecificationResult]:
    """One result to a specification, in their order; `index` where the model has been judged before."""
    index = index or Index(model)
    for specification in document.specifications if isinstance(document, Document) else document:
        yield judge_specification(index, specification)


def judge_specification(index: Index, specification: Specification) -> SpecificationResult:
    """The verdict on one specification, whatever IFC version it was written for."""
    applicable = _applicable(index, specification.applicability)
    if specification.cardinality == "prohibited":
        failures = [_failure(index, entity, None, "", Miss("prohibited")) for entity in applicable]
    else:
        failures = list(_failures(index, specification.requirements, applicable))
    missing = specification.cardinality == "required" and not applicable
    status: Status = "fail" if failures or missing else "pass"
    if not applicable and specification.cardinality == "optional":
        status = "not_applicable"
    return SpecificationResult(specification, status, tuple(applicable), tuple(failures))


def _applicable(index: Index, facets: tuple[Facet, ...]) -> list[int]:
    """From the facet that is quickest to look up, through the checks of all others."""
    ordered = sorted(facets, key=_cost)
    if not ordered:
        return []
    first, exact = lookup(index, ordered[0])
    found = set(first)
    for facet in ordered[1:] if exact else ordered:
        test = check(index, facet)
        found = {entity for entity in found if test(entity) is None}
    return sorted(found)


def _cost(facet: Facet) -> int:
    if isinstance(facet, Entity):
        return 0
    return 2 if isinstance(facet, Attribute) else 1


def _failures(index: Index, requirements: tuple[Requirement, ...], applicable: list[int]) -> Iterator[Failure]:
    for number, requirement in enumerate(requirements):
        test = check(index, requirement.facet)
        name = tag(requirement.facet)
        for entity in applicable if requirement.cardinality != "optional" else _present(test, applicable):
            miss = test(entity)
            if requirement.cardinality == "prohibited":
                miss = Miss("prohibited") if miss is None else None
            if miss is not None:
                yield _failure(index, entity, number, name, miss)


def _present(test: Test, applicable: list[int]) -> Iterator[int]:
    """Elements that have what is optional, which must then be right."""
    for entity in applicable:
        miss = test(entity)
        if miss is None or not miss.absent:
            yield entity


def _failure(index: Index, entity: int, requirement: int | None, facet: str, miss: Miss) -> Failure:
    instance = index.entity(entity)
    kind = instance.is_a()
    global_id = instance[0] if index.rooted(kind) else None
    return Failure(entity, global_id, kind, requirement, facet, miss.code, miss.found)
