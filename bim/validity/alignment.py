"""ALB000 to ALB015, ALB030: alignments, their layouts and their segments."""

import math
from collections.abc import Iterator

from bim.extract import Entity
from bim.validity.facts import Facts
from bim.validity.registry import Fault, kind, normative, presence

ONLY = ("IFC4X3",)
LAYOUTS = ("IfcAlignmentHorizontal", "IfcAlignmentVertical", "IfcAlignmentCant")
SEGMENTS = {layout: f"{layout}Segment" for layout in LAYOUTS}
"""By layout: the class of its segments' parameters."""
CURVED = ("CIRCULARARC", "PARABOLICARC")
LENGTHS = ("SegmentLength", "HorizontalLength")
TOLERANCE = 1e-3
"""Relative, of a radius, which is often written in round figures."""


def children(facts: Facts, thing: Entity, *names: str) -> list[Entity]:
    """What `thing` nests of these classes, in order."""
    return [e for e in facts.nested.get(thing.id(), []) if any(e.is_a(name) for name in names)]


def _laid_out(facts: Facts) -> Iterator[Entity]:
    return (a for a in facts.of("IfcAlignment") if children(facts, a, "IfcAlignmentHorizontal"))


presence("ALB000", _laid_out, schemas=ONLY)


@normative("ALB002", kind("IfcAlignment"), schemas=ONLY)
def parts_of_alignment(facts: Facts, alignment: Entity) -> Iterator[Fault]:
    """An alignment is divided into alignments only."""
    for part in facts.parts.get(alignment.id(), []):
        if not part.is_a("IfcAlignment"):
            yield Fault("alignment_part", part, {"class": part.is_a()})


@normative("ALB002", kind("IfcAlignmentHorizontal", "IfcAlignmentVertical"), schemas=ONLY)
def layout_of_one(facts: Facts, layout: Entity) -> Iterator[Fault]:
    """A layout belongs to one alignment, directly."""
    owners = facts.nest.get(layout.id(), [])
    if len(owners) > 1 or not all(owner.is_a("IfcAlignment") for owner in owners):
        yield Fault("layout_owner", layout, {"count": len(owners)})


@normative("ALB002", kind(*LAYOUTS), schemas=ONLY)
def layout_segments(facts: Facts, layout: Entity) -> Iterator[Fault]:
    """A layout is made of segments of its own kind."""
    for segment in facts.nested.get(layout.id(), []):
        parameters = facts.said(segment, "DesignParameters")
        if not segment.is_a("IfcAlignmentSegment"):
            yield Fault("not_a_segment", segment, {"class": segment.is_a()})
        elif parameters is not None and not parameters.is_a(SEGMENTS[layout.is_a()]):
            yield Fault("segment_kind", segment, {"class": parameters.is_a(), "allowed": SEGMENTS[layout.is_a()]})


@normative("ALB003", kind("IfcAlignment"), schemas=ONLY)
def nested_by_alignment(facts: Facts, alignment: Entity) -> Iterator[Fault]:
    """An alignment nests layouts and referents only."""
    for part in facts.nested.get(alignment.id(), []):
        if not any(part.is_a(name) for name in (*LAYOUTS, "IfcReferent")):
            yield Fault("nested_in_alignment", part, {"class": part.is_a()})


@normative("ALB004", kind("IfcAlignment"), schemas=ONLY)
def under_project(facts: Facts, alignment: Entity) -> Iterator[Fault]:
    """An alignment belongs to the project, through another alignment at most."""
    if not any(above.is_a("IfcProject") for above in _wholes(facts, alignment)):
        yield Fault("not_in_project", alignment)


def _wholes(facts: Facts, thing: Entity) -> Iterator[Entity]:
    """What aggregates `thing`, and so on upwards; a cycle ends the walk."""
    queue, seen = facts.whole.get(thing.id(), []), {thing.id()}
    while queue:
        yield from queue
        fresh = {above.id() for above in queue} - seen
        seen |= fresh
        queue = [higher for number in sorted(fresh) for higher in facts.whole.get(number, [])]


def _stations(facts: Facts) -> Iterator[Entity]:
    return (e for e in facts.of("IfcReferent") if e.PredefinedType == "STATION")


@normative("ALB005", _stations, schemas=ONLY)
def station_positioned(_facts: Facts, referent: Entity) -> Iterator[Fault]:
    """A station is positioned on something."""
    if not referent.PositionedRelativeTo:
        yield Fault("not_positioned", referent)


@normative("ALB010", _laid_out, schemas=ONLY, practice=True)
def with_referents(facts: Facts, alignment: Entity) -> Iterator[Fault]:
    """An alignment with a horizontal layout has referents along it."""
    if not children(facts, alignment, "IfcReferent"):
        yield Fault("no_referent", alignment)


def _gradients(facts: Facts) -> Iterator[Entity]:
    for layout in facts.of("IfcAlignmentVertical"):
        for segment in children(facts, layout, "IfcAlignmentSegment"):
            parameters = segment.DesignParameters
            if parameters is not None and parameters.is_a("IfcAlignmentVerticalSegment"):
                yield segment


@normative("ALB012", _gradients, schemas=ONLY)
def radius(_facts: Facts, segment: Entity) -> Iterator[Fault]:
    """Only a curved segment has a radius; that of a parabola follows from its length and gradients."""
    said = segment.DesignParameters
    if said.PredefinedType not in CURVED and said.RadiusOfCurvature is not None:
        yield Fault("radius_of_line", segment, {"type": said.PredefinedType})
    if said.PredefinedType == "PARABOLICARC":
        bend = said.EndGradient - said.StartGradient
        wanted = said.HorizontalLength / bend if bend else None
        if wanted is None or not math.isclose(said.RadiusOfCurvature or 0.0, wanted, rel_tol=TOLERANCE):
            yield Fault("radius", segment, {"value": said.RadiusOfCurvature, "limit": wanted})


def _ending(facts: Facts) -> Iterator[tuple[Entity, float]]:
    """The last segment of each layout, and its length."""
    for layout in facts.of(*LAYOUTS):
        segments = children(facts, layout, "IfcAlignmentSegment")
        said = segments[-1].DesignParameters if segments else None
        lengths = [facts.said(said, name) for name in LENGTHS] if said is not None else []
        yield from ((segments[-1], length) for length in lengths if length is not None)


@normative("ALB015", _ending, schemas=ONLY)
def ends_at_a_point(facts: Facts, subject: tuple[Entity, float]) -> Iterator[Fault]:
    """The last segment of a layout has no length: it says how the layout ends."""
    segment, length = subject
    if abs(length) > facts.coarsest:
        yield Fault("end_has_length", segment, {"value": length})


def _placed(facts: Facts) -> Iterator[Entity]:
    return (a for a in facts.of("IfcAlignment") if a.ObjectPlacement)


@normative("ALB030", _placed, schemas=ONLY)
def local_placement(_facts: Facts, alignment: Entity) -> Iterator[Fault]:
    """An alignment is placed by coordinates."""
    if not alignment.ObjectPlacement.is_a("IfcLocalPlacement"):
        yield Fault("placement", alignment, {"class": alignment.ObjectPlacement.is_a()})
