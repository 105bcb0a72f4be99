"""What a parent and its confined child tell each other."""

import pickle
import struct
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal

from bim.drawings.quantities import Quantities
from bim.guide.pack import GuidePack
from bim.packs import CodePack
from bim.report import ModelInfo
from bim.step import Header
from gis.site import Site

if TYPE_CHECKING:  # who only gives an order need not load the geometry
    from bim.ties import Ties

Kernel = Literal["hybrid-cgal-simple-opencascade", "opencascade"]


@dataclass(frozen=True)
class Limits:
    """Bytes of address space, seconds of processor time and seconds of the clock."""

    memory: int = 4 << 30
    cpu: int = 900
    wall: float = 900.0


@dataclass(frozen=True)
class Task:
    """What every child is told: the STEP file, where to leave its result, and its limits."""

    model: Path
    result: Path
    limits: Limits


@dataclass(frozen=True)
class Job(Task):
    """What to review; `kernel` is None where geometry is left out, for the reason `without`.

    `companions` are the models of other disciplines that were handed in with it, by their discipline;
    `ties` the surveyed points that place it, over what it declares itself.
    """

    site: Site | None
    guide: GuidePack
    code: CodePack
    on: date
    kernel: Kernel | None
    without: str
    companions: tuple[tuple[str, Path], ...] = ()
    ties: "Ties | None" = None


@dataclass(frozen=True)
class IdsJob(Task):
    """Judge the model by an IDS document."""

    document: Path


@dataclass(frozen=True)
class ValidityJob(Task):
    """Judge the model by its schema and by the normative rules; `express` asks for the schema's own rules too."""

    express: bool


@dataclass(frozen=True)
class CompareJob(Task):
    """Match the elements of the model with those of `old`, whose scan is the companion of its own."""

    old: Path


@dataclass(frozen=True)
class ShapeJob(Task):
    """Read the model with its shapes and place it on `site`; `kernel` is None where geometry is left out."""

    site: Site | None
    kernel: Kernel | None
    without: str


@dataclass(frozen=True)
class AsBuiltJob(ShapeJob):
    """Hold the model against the permitted one, whose scan is the companion of its own."""

    permitted: Path
    tolerances: CodePack
    on: date


@dataclass(frozen=True)
class StrataJob(ShapeJob):
    """Divide the model into sections and common parts by the parameters of `pack`."""

    pack: CodePack
    on: date


@dataclass(frozen=True)
class SceneJob(ShapeJob):
    """Write the model as a scene to look at, placed by `ties` where there are some."""

    ties: "Ties | None" = None


@dataclass(frozen=True)
class DrawingJob(Task):
    """Judge a drawing with the quantities that were declared beside it."""

    site: Site | None
    guide: GuidePack
    code: CodePack
    on: date
    quantities: Quantities


@dataclass(frozen=True)
class Go:
    """The scan was good, and that of each companion: parse now."""

    info: ModelInfo
    header: Header
    entities: int
    companions: tuple["Go", ...] = ()


def send(stream: IO[bytes], message: object) -> None:
    """Write one length-prefixed message."""
    raw = pickle.dumps(message)
    stream.write(struct.pack("<Q", len(raw)) + raw)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message; raise EOFError where the parent went away."""
    head = stream.read(8)
    if len(head) < 8:
        raise EOFError
    return pickle.loads(stream.read(struct.unpack("<Q", head)[0]))  # noqa: S301 - our own parent wrote it
