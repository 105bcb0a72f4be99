"""Oracles of stairs, ramps and lifts: parts and properties by the library."""

import math
from typing import Any

import ifcopenshell.util.element as element_util
import ifcopenshell.util.unit as unit_util

from tests.oracles.model import Entity, Model
from tests.oracles.registry import Answer, Params, ids, oracle


def flights(stair: Entity) -> list[Entity]:
    """The flights among a stair's parts."""
    return [part for part in element_util.get_parts(stair) if part.is_a("IfcStairFlight")]


@oracle("stair_parts")
def stair_parts(model: Model, _: Params) -> Answer:
    """Stairs without a flight, or of several without a landing between them."""
    stairs = model.of("IfcStair")
    wrong = []
    for stair in stairs:
        kinds = [(part.is_a(), element_util.get_predefined_type(part)) for part in element_util.get_parts(stair)]
        runs = sum(kind == "IfcStairFlight" for kind, _ in kinds)
        landing = ("IfcSlab", "LANDING") in kinds
        wrong += [stair] if not runs or (runs > 1 and not landing) else []
    return Answer(len(stairs), ids(wrong))


def count(model: Model, flight: Entity, *named: str) -> int | None:
    """A count by the first of the names that is said, as an attribute before a property."""
    info = flight.get_info(recursive=False)
    said: list[Any] = [info.get(name) for name in named] + [model.said(flight, name) for name in reversed(named)]
    known = [number for number in said if isinstance(number, int | float) and number]
    return int(known[0]) if known else next((int(n) for n in said if isinstance(n, int | float)), None)


RISERS, TREADS = ("NumberOfRisers", "NumberOfRiser"), ("NumberOfTreads",)


@oracle("flight_counts")
def flight_counts(model: Model, _: Params) -> Answer:
    """Counts of each flight."""
    every = model.of("IfcStairFlight")
    told = [(f, count(model, f, *RISERS), count(model, f, *TREADS)) for f in every]
    known = [(f, risers - treads) for f, risers, treads in told if risers is not None and treads is not None]
    return Answer(len(every), ids(f for f, more in known if more not in (0, 1)), open=len(known) < len(every))


@oracle("stair_railings")
def stair_railings(model: Model, params: Params) -> Answer:
    """Railings among the parts of a stair, or placed near one of them, by matrices."""
    stairs, railings = model.of("IfcStair"), [model.origin(r) for r in model.of("IfcRailing")]
    wrong = []
    for stair in stairs:
        parts = [stair, *element_util.get_parts(stair)]
        places = [at for at in map(model.origin, parts) if at is not None]
        near = any(r is not None and math.dist(r, p) <= params["reach"] for r in railings for p in places)
        wrong += [] if near or any(part.is_a("IfcRailing") for part in parts) else [stair]
    return Answer(len(stairs), ids(wrong))


@oracle("ramp_slopes")
def ramp_slopes(model: Model, params: Params) -> Answer:
    """Slopes said anywhere of a ramp or its type, in degrees by the library's scale."""
    angle = math.degrees(unit_util.calculate_unit_scale(model.file, "PLANEANGLEUNIT"))
    divided = [r for r in model.of("IfcRamp") if any(p.is_a("IfcRampFlight") for p in element_util.get_parts(r))]
    ramps = [r for r in model.of("IfcRamp", "IfcRampFlight") if r not in divided]
    said = [(r, model.said(r, "Slope"), model.said(r, "RequiredSlope")) for r in ramps]
    slopes = [(r, asked if own is None else own) for r, own, asked in said]
    steep = [r for r, slope in slopes if slope is None or abs(slope) * angle > params["degrees"] + 1e-6]
    return Answer(len(ramps), ids(steep))


@oracle("stair_rise")
def stair_rise(model: Model, params: Params) -> Answer:
    """What the flights say of their risers against every storey that lies above."""
    looked = []
    for stair in model.of("IfcStair"):
        storey, climbed = model.storey(stair), rise(model, stair)
        base = None if storey is None else model.heights[storey.id()]
        above = [] if base is None else [h - base for _, h in model.rising if h > base]
        if above and (climbed is None or climbed >= params["steps"]):
            looked.append((stair, above, climbed))
    away = [(stair, min(abs(climbed - h) for h in above)) for stair, above, climbed in looked if climbed is not None]
    wrong = ids(stair for stair, apart in away if apart > params["tolerance"] + 1e-9)
    return Answer(len(looked), wrong, max((a for _, a in away), default=0.0), open=len(away) < len(looked))


def rise(model: Model, stair: Entity) -> float | None:
    """Metres that the flights of a stair climb by their own words."""
    steps = [(count(model, f, *RISERS), height(model, f)) for f in flights(stair)]
    known = [number * high for number, high in steps if number is not None and high is not None]
    return sum(known) if steps and len(known) == len(steps) else None


def height(model: Model, flight: Entity) -> float | None:
    """The height of a riser as a property, or else as the attribute of the older schema."""
    said = model.said(flight, "RiserHeight")
    said = flight.get_info(recursive=False).get("RiserHeight") if said is None else said
    return said * model.metre if isinstance(said, int | float) else None
