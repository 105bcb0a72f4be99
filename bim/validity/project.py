"""PJS000, PJS002, PJS003, PJS101, CLS, POR, VER: the project, and what a model tells besides shapes."""

import re
from collections.abc import Iterator

from bim.extract import Entity
from bim.validity.facts import Facts
from bim.validity.registry import Fault, kind, normative, presence

LENGTH = 22
_ALPHABET = re.compile(r"[0-9A-Za-z_$]*")


def _with_history(facts: Facts) -> Iterator[Entity]:
    return (root for root in facts.of("IfcRoot") if root[1] is not None)


def _classified(facts: Facts) -> Iterator[Entity]:
    for relation in facts.of("IfcRelAssociatesClassification"):
        reference = relation.RelatingClassification
        if reference is not None and reference.is_a("IfcClassificationReference"):
            yield from (e for e in relation.RelatedObjects or () if e.is_a("IfcObjectDefinition"))


def _connected_ports(facts: Facts) -> Iterator[Entity]:
    for relation in facts.of("IfcRelConnectsPorts"):
        ends = relation.RelatingPort, relation.RelatedPort
        if all(port is not None and port.is_a("IfcDistributionPort") for port in ends):
            yield relation


presence("PJS000", kind("IfcProject"))
presence("CLS000", _classified)
presence("POR000", _connected_ports)
presence("VER000", _with_history)


def _declared(facts: Facts) -> Iterator[Entity]:
    for relation in facts.of("IfcRelDeclares"):
        if relation.RelatingContext.is_a("IfcProject"):
            yield from relation.RelatedDefinitions


@normative("PJS002", _declared, schemas=("IFC4", "IFC4X3"))
def declared(_facts: Facts, definition: Entity) -> Iterator[Fault]:
    """A project declares types, templates and libraries; what is built has its place in the spatial structure."""
    if definition.is_a("IfcProduct"):
        yield Fault("occurrence_declared", definition)


@normative("PJS003", kind("IfcRoot"))
def global_ids(_facts: Facts, root: Entity) -> Iterator[Fault]:
    """A GlobalId is 22 characters of the alphabet of IFC, of which the first is 0 to 3."""
    said = root[0] or ""
    if len(said) != LENGTH:
        yield Fault("id_length", root, {"length": len(said)})
    if not _ALPHABET.fullmatch(said):
        yield Fault("id_alphabet", root)
    if said[:1] not in ("0", "1", "2", "3"):
        yield Fault("id_start", root, {"start": said[:1]})


@normative("PJS101", lambda facts: [facts], practice=True)
def one_project(facts: Facts, _model: Facts) -> Iterator[Fault]:
    """There is one project."""
    count = len(facts.of("IfcProject"))
    if count != 1:
        yield Fault("projects", None, {"count": count})
