"""What a BCF file is about: a project and its topics, in the words of the caller."""

import re
from dataclasses import dataclass
from datetime import date

from bim.report import Box

MOST_COMPONENTS = 1000
"""The standard advises viewers to expect no longer selections."""
_IFC_GUID = re.compile(r"[0-3][0-9A-Za-z_$]{21}")
NAMES = {"error": "Error", "warning": "Warning", "undecided": "Request"}
"""The type of a topic by its severity; the codes that tools know, not words for people."""
STATUS = "Open"


@dataclass(frozen=True)
class Project:
    """Whose file it is: the model's name, who says it, and of which day."""

    name: str
    author: str
    on: date

    @property
    def stamp(self) -> str:
        """The beginning of the day as xs:dateTime."""
        return f"{self.on.isoformat()}T00:00:00Z"


@dataclass(frozen=True)
class Topic:
    """One issue; texts come from the caller.

    `box` is what its camera looks at, None where that is not known; `snapshot` a PNG; `severity` one of NAMES;
    `spaces` asks a viewer to show the spaces, which it hides otherwise.
    """

    key: str
    title: str
    description: str
    elements: tuple[str, ...] = ()
    severity: str = "error"
    box: Box | None = None
    labels: tuple[str, ...] = ()
    snapshot: bytes = b""
    spaces: bool = False

    @property
    def components(self) -> tuple[str, ...]:
        """The elements that a component can name: those with a GlobalId as IFC asks for it, not too many."""
        return tuple(e for e in self.elements if _IFC_GUID.fullmatch(e))[:MOST_COMPONENTS]

    @property
    def has_view(self) -> bool:
        """Whether there is something to look at; a viewpoint without a camera or components says nothing."""
        return bool(self.components or self.box)
