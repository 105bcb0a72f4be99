"""ALB021 to ALB023, ALB031, ALB032: the layouts of an alignment, and the curve that shows them."""

from collections import Counter
from collections.abc import Iterator

from bim.extract import Entity
from bim.validity.alignment import LAYOUTS, ONLY, children
from bim.validity.facts import Facts
from bim.validity.registry import Fault, kind, normative

HORIZONTAL, VERTICAL, CANT = LAYOUTS
CURVES = {HORIZONTAL: "IfcCompositeCurve", VERTICAL: "IfcGradientCurve", CANT: "IfcSegmentedReferenceCurve"}
"""The curve that shows a layout; each is the base of the next one."""
POINTED = ("IfcPolyline", "IfcIndexedPolyCurve")
COMPLETE = ({HORIZONTAL: 1}, {HORIZONTAL: 1, VERTICAL: 1}, {HORIZONTAL: 1, VERTICAL: 1, CANT: 1})
OVER_SHARED = ({VERTICAL: 1}, {VERTICAL: 1, CANT: 1})
TWO_PARTS = "HELMERTCURVE"
"""A segment that is shown by two."""
PARENT_CURVES: dict[str, tuple[str, ...]] = {
    "BLOSSCURVE": ("IfcThirdOrderPolynomialSpiral",),
    "CIRCULARARC": ("IfcCircle",),
    "CLOTHOID": ("IfcClothoid",),
    "CONSTANTCANT": ("IfcLine",),
    "CONSTANTGRADIENT": ("IfcLine",),
    "COSINECURVE": ("IfcCosineSpiral",),
    "CUBIC": ("IfcPolynomialCurve",),
    TWO_PARTS: ("IfcSecondOrderPolynomialSpiral",),
    "LINE": ("IfcLine", "IfcPolyline"),
    "LINEARTRANSITION": ("IfcClothoid", "IfcLine"),
    "PARABOLICARC": ("IfcPolynomialCurve",),
    "SINECURVE": ("IfcSineSpiral",),
    "VIENNESEBEND": ("IfcSeventhOrderPolynomialSpiral",),
}
"""By what a segment is laid out as: the curve it is cut from."""


def _items(product: Entity) -> Iterator[tuple[str | None, Entity]]:
    """Identifier of the representation, and item."""
    for shape in product.Representation.Representations if product.Representation else ():
        yield from ((shape.RepresentationIdentifier, item) for item in shape.Items)


def _logical(facts: Facts) -> Iterator[Entity]:
    """Alignments with layouts and a shape."""
    for alignment in facts.of("IfcAlignment"):
        if children(facts, alignment, *LAYOUTS) and any(True for _ in _items(alignment)):
            yield alignment


@normative("ALB021", _logical, schemas=ONLY)
def curve_of_layouts(facts: Facts, alignment: Entity) -> Iterator[Fault]:
    """The class of the curve agrees with the layouts there are."""
    there = {layout.is_a() for layout in children(facts, alignment, *LAYOUTS)}
    for identifier, item in _items(alignment):
        wanted, barred = _implied(identifier, item)
        for layout in sorted(wanted - there):
            yield Fault("layout_missing", alignment, {"curve": item.is_a(), "layout": layout})
        for layout in sorted(barred & there):
            yield Fault("layout_not_shown", alignment, {"curve": item.is_a(), "layout": layout})


def _implied(identifier: str | None, item: Entity) -> tuple[set[str], set[str]]:
    """The layouts that a curve shows, and those that it cannot show."""
    if item.is_a("IfcSegmentedReferenceCurve"):
        return {CANT}, set()
    if item.is_a("IfcGradientCurve"):
        return {VERTICAL}, {CANT}
    if item.is_a("IfcCompositeCurve"):
        return set(), {VERTICAL, CANT} if identifier == "Axis" else set()
    in_space = any(item.is_a(name) for name in POINTED) and item.Dim == 3
    return {VERTICAL} if in_space else set(), set()


def _curve(alignment: Entity, layout: str) -> Entity | None:
    """The curve of `alignment` that shows a layout: an item, or the base of one."""
    curves = (curve for _, item in _items(alignment) for curve in _with_bases(item))
    return next((curve for curve in curves if curve.is_a() == CURVES[layout]), None)


def _with_bases(curve: Entity) -> Iterator[Entity]:
    """A curve and the curves under it; there are three levels at most."""
    for _ in LAYOUTS:
        if curve is None:
            return
        yield curve
        curve = getattr(curve, "BaseCurve", None)


def _kinds(facts: Facts, layout: Entity) -> list[str]:
    """What the parts of the curve are laid out as."""
    kinds: list[str] = []
    for segment in children(facts, layout, "IfcAlignmentSegment"):
        said = facts.said(segment.DesignParameters, "PredefinedType") if segment.DesignParameters else None
        kinds += [said or ""] * (2 if said == TWO_PARTS else 1)
    return kinds


@normative("ALB022", kind(*LAYOUTS), schemas=ONLY)
def as_many_segments(facts: Facts, layout: Entity) -> Iterator[Fault]:
    """The curve has as many segments as the layout."""
    for alignment in facts.nest.get(layout.id(), []):
        curve = _curve(alignment, layout.is_a()) if alignment.is_a("IfcAlignment") else None
        if curve is not None and len(curve.Segments) != len(_kinds(facts, layout)):
            counts = {"layout": len(_kinds(facts, layout)), "curve": len(curve.Segments)}
            yield Fault("segment_count", layout, counts)


@normative("ALB023", kind("IfcAlignment"), schemas=ONLY)
def same_kinds(facts: Facts, alignment: Entity) -> Iterator[Fault]:
    """Each segment of the curve is cut from a curve of the kind laid out."""
    for layout in children(facts, alignment, *LAYOUTS):
        curve, kinds = _curve(alignment, layout.is_a()), _kinds(facts, layout)
        if curve is not None and len(curve.Segments) == len(kinds):
            for said, part in zip(kinds, curve.Segments, strict=True):
                yield from _segment_faults(part, said)


@normative("ALB023", kind("IfcAlignmentSegment"), schemas=ONLY)
def same_kind(facts: Facts, segment: Entity) -> Iterator[Fault]:
    """A segment with a shape of its own is cut from a curve of the kind laid out."""
    said = facts.said(segment.DesignParameters, "PredefinedType") if segment.DesignParameters else None
    for _, item in _items(segment):
        yield from _segment_faults(item, said or "")


def _segment_faults(part: Entity, said: str) -> Iterator[Fault]:
    parent = getattr(part, "ParentCurve", None)
    allowed = PARENT_CURVES.get(said)
    if parent is not None and allowed is not None and parent.is_a() not in allowed:
        yield Fault("segment_curve", part, {"type": said, "class": parent.is_a(), "allowed": " ".join(allowed)})


def _own_layouts(facts: Facts, alignment: Entity) -> Counter[str]:
    return Counter(layout.is_a() for layout in children(facts, alignment, *LAYOUTS))


def _has(entities: list[Entity]) -> bool:
    return any(entity.is_a("IfcAlignment") for entity in entities)


def _single(facts: Facts) -> Iterator[Entity]:
    """Alignments that neither share a layout nor use a shared one."""
    for alignment in facts.of("IfcAlignment"):
        related = [*facts.parts.get(alignment.id(), []), *facts.whole.get(alignment.id(), [])]
        if not _has(related) and facts.nested.get(alignment.id()):
            yield alignment


@normative("ALB031", _single, schemas=ONLY)
def complete(facts: Facts, alignment: Entity) -> Iterator[Fault]:
    """An alignment has a horizontal layout, and on it a vertical one, and on that a cant."""
    found = _own_layouts(facts, alignment)
    if found not in COMPLETE:
        yield Fault("layouts", alignment, _counted(found))


def _sharing(facts: Facts) -> Iterator[Entity]:
    return (a for a in facts.of("IfcAlignment") if _has(facts.parts.get(a.id(), [])))


@normative("ALB032", _sharing, schemas=ONLY)
def shared(facts: Facts, alignment: Entity) -> Iterator[Fault]:
    """An alignment with alignments under it has the horizontal layout that they share, and is under none itself."""
    found = _own_layouts(facts, alignment)
    if found != {HORIZONTAL: 1}:
        yield Fault("layouts", alignment, _counted(found))
    if _has(facts.whole.get(alignment.id(), [])):
        yield Fault("too_deep", alignment)


def _under(facts: Facts) -> Iterator[Entity]:
    return (a for a in facts.of("IfcAlignment") if _has(facts.whole.get(a.id(), [])))


@normative("ALB032", _under, schemas=ONLY)
def over_shared(facts: Facts, alignment: Entity) -> Iterator[Fault]:
    """An alignment under another has a vertical layout, and on it a cant."""
    found = _own_layouts(facts, alignment)
    if found not in OVER_SHARED:
        yield Fault("layouts", alignment, _counted(found))


def _counted(found: Counter[str]) -> dict[str, int]:
    return {"horizontal": found[HORIZONTAL], "vertical": found[VERTICAL], "cant": found[CANT]}
