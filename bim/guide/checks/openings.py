"""Checks of openings and of the doors and windows in them."""

from bim.findings import Reason
from bim.guide.checks.footprint import profile
from bim.guide.checks.registry import Checked, Params, check, ids
from bim.guide.checks.subject import Entity, Subject


@check("openings_in_elements")
def openings_in_elements(subject: Subject, _: Params) -> Checked:
    """Every opening voids an element."""
    openings = subject.of("IfcFeatureElementSubtraction")
    return Checked(len(openings), ids(opening for opening in openings if opening.id() not in subject.host))


@check("fillings", classes=list)
def fillings(subject: Subject, params: Params) -> Checked:
    """Every element of `classes` fills an opening or is part of a curtain wall."""
    leaves = subject.of(*params["classes"])
    loose = [leaf for leaf in leaves if leaf.id() not in subject.filled]
    return Checked(len(leaves), ids(leaf for leaf in loose if not _in_curtain(subject, leaf)))


def _in_curtain(subject: Subject, leaf: Entity) -> bool:
    return any(whole.is_a("IfcCurtainWall") for whole in subject.structure.above(leaf))


def _sizes(subject: Subject, leaf: Entity) -> list[float]:
    """Declared width and height in metres, as far as they are there."""
    return [size * subject.metre for size in (leaf.OverallWidth, leaf.OverallHeight) if size is not None]


@check("leaf_sizes", classes=list, least=float, most=float)
def leaf_sizes(subject: Subject, params: Params) -> Checked:
    """Declared widths and heights of `classes` lie between `least` and `most` metres."""
    sized = [(leaf, sizes) for leaf in subject.of(*params["classes"]) if (sizes := _sizes(subject, leaf))]
    low, high = params["least"] - 1e-9, params["most"] + 1e-9
    return Checked(len(sized), ids(leaf for leaf, sizes in sized if not all(low <= size <= high for size in sizes)))


@check("sizes_agree", unit="m", classes=list, tolerance=float)
def sizes_agree(subject: Subject, params: Params) -> Checked:
    """Declared sizes of `classes` are sides of the opening they fill, but for `tolerance` metres."""
    leaves = [leaf for leaf in subject.of(*params["classes"]) if leaf.id() in subject.filled and _sizes(subject, leaf)]
    sides = [(leaf, _sides(subject, subject.filled[leaf.id()])) for leaf in leaves]
    away = [
        (leaf, max(min(abs(size - side) for side in known) for size in _sizes(subject, leaf)))
        for leaf, known in sides
        if known
    ]
    unread = len(leaves) - len(away)
    wrong = ids(leaf for leaf, apart in away if apart > params["tolerance"] + 1e-9)
    most = max((apart for _, apart in away), default=0.0)
    open_ = Reason("shapes_unread", {"count": unread}) if unread else None
    return Checked(len(leaves), wrong, most, params["tolerance"], undecided=open_)


def _sides(subject: Subject, opening: Entity) -> list[float]:
    """The sides of the boxes of an opening's extrusions, metres; none where some shape is not read."""
    from bim.shapes import body_items

    sides: list[float] = []
    for item in body_items(opening):
        corners = profile(item.SweptArea) if item.is_a("IfcExtrudedAreaSolid") else None
        if corners is None:
            return []
        spans = [max(axis) - min(axis) for axis in zip(*corners, strict=True)]
        sides += [side * subject.metre for side in (*spans, item.Depth)]
    return sides
