"""Checks of stairs, ramps and lifts."""

import math
from typing import Any

from bim.findings import Reason
from bim.guide.checks.registry import Checked, Params, check, ids
from bim.guide.checks.subject import Entity, Subject


def _flights(subject: Subject, stair: Entity) -> list[Entity]:
    return [part for part in subject.parts.get(stair.id(), ()) if part.is_a("IfcStairFlight")]


def _count(subject: Subject, flight: Entity, name: str) -> int | None:
    """A count as an attribute (IFC2X3 says NumberOfRiser) or as a property."""
    attributes = (name, name.removesuffix("s")) if name == "NumberOfRisers" else (name,)
    said: list[Any] = [getattr(flight, attribute, None) for attribute in attributes]
    said += [subject.said(flight, attribute) for attribute in reversed(attributes)] if not any(said) else []
    return next((int(number) for number in said if isinstance(number, int | float)), None)


def _riser(subject: Subject, flight: Entity) -> float | None:
    """The height of a riser in metres, as a property or an attribute."""
    said = subject.said(flight, "RiserHeight")
    said = getattr(flight, "RiserHeight", None) if said is None else said
    return said * subject.metre if isinstance(said, int | float) else None


@check("stair_parts")
def stair_parts(subject: Subject, _: Params) -> Checked:
    """Every stair has flights, and a landing where it has several."""
    stairs = subject.of("IfcStair")
    return Checked(len(stairs), ids(stair for stair in stairs if not _whole(subject, stair)))


def _whole(subject: Subject, stair: Entity) -> bool:
    flights = _flights(subject, stair)
    slabs = [part for part in subject.parts.get(stair.id(), ()) if part.is_a("IfcSlab")]
    return bool(flights) and (len(flights) == 1 or any(_kind(subject, slab) == "LANDING" for slab in slabs))


@check("flight_counts")
def flight_counts(subject: Subject, _: Params) -> Checked:
    """A flight has as many treads as risers, or one less."""
    flights = subject.of("IfcStairFlight")
    counts = [(f, _count(subject, f, "NumberOfRisers"), _count(subject, f, "NumberOfTreads")) for f in flights]
    known = [(f, risers - treads) for f, risers, treads in counts if risers is not None and treads is not None]
    unsaid = len(flights) - len(known)
    open_ = Reason("counts_unsaid", {"count": unsaid}) if unsaid else None
    return Checked(len(flights), ids(f for f, more in known if more not in (0, 1)), undecided=open_)


@check("stair_rise", unit="m", tolerance=float, steps=float)
def stair_rise(subject: Subject, params: Params) -> Checked:
    """The risers of a stair lead to some storey above its own, but for `tolerance` metres.

    Levels of ceilings lie between storeys, and a stair may pass one; what climbs less than `steps` metres, as before
    an entrance, need not lead to any.
    """
    heights = _storeys_above(subject)
    storeys = [(stair, subject.storey(stair)) for stair in subject.of("IfcStair")]
    told = [(stair, heights.get(s.id()), _rise(subject, stair)) for stair, s in storeys if s is not None]
    looked = [(stair, above, rise) for stair, above, rise in told if above and (rise or math.inf) >= params["steps"]]
    away = [(stair, min(abs(rise - high) for high in above)) for stair, above, rise in looked if rise is not None]
    unsaid = len(looked) - len(away)
    wrong = ids(stair for stair, apart in away if apart > params["tolerance"] + 1e-9)
    most = max((apart for _, apart in away), default=0.0)
    open_ = Reason("counts_unsaid", {"count": unsaid}) if unsaid else None
    return Checked(len(looked), wrong, most, params["tolerance"], undecided=open_)


def _storeys_above(subject: Subject) -> dict[int, list[float]]:
    """Metres from each storey to those above it; the uppermost has none."""
    known = [(level.storey, level.height) for level in subject.levels if level.height is not None]
    return {s.id(): [high - low for _, high in known if high > low] for s, low in known}


def _rise(subject: Subject, stair: Entity) -> float | None:
    """Metres that a stair climbs; None where a flight does not say its risers."""
    flights = _flights(subject, stair)
    steps = [(_count(subject, f, "NumberOfRisers"), _riser(subject, f)) for f in flights]
    if not steps or any(count is None or riser is None for count, riser in steps):
        return None
    return sum((count or 0) * (riser or 0.0) for count, riser in steps)


@check("stair_railings", reach=float)
def stair_railings(subject: Subject, params: Params) -> Checked:
    """Every stair has a railing among its parts, or one whose placement is within `reach` metres of its parts."""
    stairs = subject.of("IfcStair")
    railings = [r for r in subject.of("IfcRailing") if r.id() in subject.origins]
    return Checked(len(stairs), ids(s for s in stairs if not _guarded(subject, s, railings, params["reach"])))


def _guarded(subject: Subject, stair: Entity, railings: list[Entity], reach: float) -> bool:
    parts = [stair, *subject.parts.get(stair.id(), ())]
    if any(part.is_a("IfcRailing") for part in parts):
        return True
    places = [subject.origins[part.id()] for part in parts if part.id() in subject.origins]
    return any(math.dist(subject.origins[railing.id()], at) <= reach for railing in railings for at in places)


@check("ramp_slopes", unit="deg", degrees=float)
def ramp_slopes(subject: Subject, params: Params) -> Checked:
    """Every ramp flight, and every ramp without flights, states a slope of at most `degrees`."""
    from bim.extract import unit_scale

    ramps = [r for r in subject.of("IfcRamp", "IfcRampFlight") if not _divided(subject, r)]
    angle = math.degrees(unit_scale(subject.model, "PLANEANGLEUNIT"))
    said = [(ramp, subject.said(ramp, "Slope"), subject.said(ramp, "RequiredSlope")) for ramp in ramps]
    slopes = [(ramp, own if own is not None else asked) for ramp, own, asked in said]
    unsaid = [ramp for ramp, slope in slopes if slope is None]
    steep = [(ramp, abs(slope) * angle) for ramp, slope in slopes if slope is not None]
    wrong = [ramp for ramp, degrees in steep if degrees > params["degrees"] + 1e-6]
    most = max((degrees for _, degrees in steep), default=None)
    return Checked(len(ramps), ids([*unsaid, *wrong]), most, None if most is None else params["degrees"])


def _divided(subject: Subject, ramp: Entity) -> bool:
    """Whether the flights of a ramp speak for it."""
    return any(part.is_a("IfcRampFlight") for part in subject.parts.get(ramp.id(), ()))


@check("lift_shafts", uses=list)
def lift_shafts(subject: Subject, params: Params) -> Checked:
    """Where there is a lift, every storey that has doors has a space whose object type is one of `uses`."""
    lifts = [e for e in subject.of("IfcTransportElement") if _is_lift(subject, e)]
    if not lifts:
        return Checked(0)
    used = {s.id(): s for s in map(subject.storey, subject.of("IfcDoor")) if s is not None}
    shafts = [space for space in subject.of("IfcSpace") if space.ObjectType in params["uses"]]
    served = {s.id() for s in map(subject.storey, shafts) if s is not None}
    return Checked(len(used), ids(storey for key, storey in used.items() if key not in served))


def _is_lift(subject: Subject, element: Entity) -> bool:
    kinds = (_kind(subject, element), getattr(element, "OperationType", None))
    return "ELEVATOR" in kinds


def _kind(subject: Subject, element: Entity) -> str | None:
    """The predefined type, which its type says where the element leaves it open."""
    named: tuple[Any, ...] = (element, subject.types.get(element.id()))
    said = (getattr(thing, "PredefinedType", None) for thing in named)
    return next((kind for kind in said if kind and kind != "NOTDEFINED"), None)
