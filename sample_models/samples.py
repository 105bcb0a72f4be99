"""The sample models: one complies, one has planted violations, one cannot be judged, one is in the older schema."""

from dataclasses import dataclass, replace

from sample_models import land, records
from sample_models.design import Design
from sample_models.ifc_file import Schema


@dataclass(frozen=True)
class Sample:
    """A model to write."""

    file: str
    design: Design
    schema: Schema = "IFC4"
    millimetres: bool = False


def _level(plot: str) -> float:
    return next(records.reference_level(shape) for shape in land.plots() if shape.number == plot)


COMPLIES = Design("complies", "103", _level("103"))
PLANTED = Design(
    "planted-violations",
    "410",
    _level("410"),
    front_setback=4.60,
    floors=5,
    ground_rise=1.50,
    light_well_depth=1.80,
    bays=7,
    deep_balcony={2: 1.80},
    bedroom_depth={3: 2.05},
    risers={0: 17},
    entrance_width={1: 0.85},
    no_area=("1/corridor left", "2/lobby"),
    no_material=("3/partition living left",),
)
SAMPLES = (
    Sample("complies.ifc", COMPLIES),
    Sample("planted-violations.ifc", PLANTED),
    Sample("cannot-be-judged.ifc", replace(COMPLIES, key="cannot-be-judged", georeferenced=False, spaces=False)),
    Sample("complies-ifc2x3-mm.ifc", COMPLIES, "IFC2X3", millimetres=True),
)
