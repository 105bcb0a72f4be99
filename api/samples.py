"""Ready models for a first try: offered on fictitious land alone, and where the samples lie beside the program."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from permits.land.tables import Zone


@dataclass(frozen=True)
class ReadyModel:
    """A sample model and the plot that it was drawn for; its text is `sample-<code>`."""

    code: str
    zone: str
    plot: str
    file: str


READY = (
    ReadyModel("complies", "FZ-1", "103", "complies.ifc"),
    ReadyModel("violations", "FZ-1", "410", "planted-violations.ifc"),
)


def folder() -> Path | None:
    """Where the models lie; nowhere in an installed program, which carries no samples."""
    spec = find_spec("sample_models")
    return Path(spec.origin).parent / "models" if spec and spec.origin else None


def ready_in(zone: str, *, fictitious: bool) -> tuple[ReadyModel, ...]:
    """The ready models of a zone, none of which ever stands on real land."""
    return tuple(model for model in READY if model.zone == zone) if fictitious and folder() else ()


def ready_of(zones: Iterable[Zone]) -> dict[str, tuple[ReadyModel, ...]]:
    """The ready models by zone."""
    return {zone.code: ready_in(zone.code, fictitious=zone.fictitious) for zone in zones}


def find_ready(file: str) -> Path | None:
    """The file of a ready model."""
    place = folder()
    return place / file if place and any(model.file == file for model in READY) else None
