"""Latitudes and longitudes that authoring tools write where nobody has set any.

Such a position says nothing of the model: it is a city that the tool's template, or its language, brings.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Default:
    """Degrees, of the place that a tool takes by default, and where that was seen."""

    tool: str
    place: str
    latitude: float
    longitude: float
    source: str


DEFAULTS = (
    Default("any", "0° 0°", 0.0, 0.0, "an export that fills in nothing"),
    Default(
        "Revit", "Boston", 42.35843, -71.05978, "Office_A_20110811, Jesse.1, Janesville restaurant: Revit 2011-2013"
    ),
    Default("Revit", "Chicago", 41.8744, -87.6394, "Duplex_A_20110907: Revit Architecture 2011"),
    Default("Revit", "London", 51.50015, -0.12624, "Ifc4_SampleHouse: Revit 2015"),
    Default("Revit", "Tokyo", 35.7, 139.76667, "revit2013_unicode: Revit 2013, Japanese"),
    Default("ArchiCAD", "Abu Dhabi", 24.46667, 54.41667, "AC90R1-niedriha-V2-2x3: ArchiCAD 9, German"),
    Default("any", "Berlin", 52.51667, 13.4, "clause BIM-215 of the guide; by which tools is not known"),
)
"""As seen in published models; a city to which a tool of another language defaults may be lacking."""

NEAR = 0.0005
"""Degrees, about 50 m: tools write their defaults to the second or better, and a real site is seldom at one."""


def default_of(latitude: float, longitude: float) -> Default | None:
    """The default that a position is, None where it is none that is known."""
    return next(
        (d for d in DEFAULTS if abs(d.latitude - latitude) <= NEAR and abs(d.longitude - longitude) <= NEAR), None
    )
