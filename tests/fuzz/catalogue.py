"""Every operator, by importing the modules that hold them, and the files that they are tried on."""

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from tests.bim.files import ROOT, SHARED
from tests.fuzz import entities, geometry, raw, structure
from tests.fuzz.registry import OPERATORS, Operator
from tests.fuzz.stepfile import Step

MODULES = (entities, geometry, raw, structure)
SAMPLES = ROOT / "sample_models"
MANIFEST = yaml.safe_load((SAMPLES / "manifest.yaml").read_text(encoding="utf-8"))
PLOTS = {f"samples/models/{sample['file']}": str(sample["plot"]) for sample in MANIFEST["models"]}
_LARGEST = 3 << 20
_SMALL = 300 << 10


@dataclass(frozen=True)
class Kind:
    """Files of one origin: how often one of them is taken, and which they are."""

    weight: int
    names: tuple[str, ...]


def path_of(name: str) -> Path:
    """The file of a source's name."""
    folder, _, rest = name.partition("/")
    return (SAMPLES if folder == "samples" else SHARED / folder) / rest


@cache
def kinds() -> dict[str, Kind]:
    """The sources; those of other people only where they are at hand."""
    models = _names("samples", SAMPLES / "models", 1 << 20)
    found = {
        "our models": Kind(32, models),
        "our golden cases": Kind(14, _names("samples", SAMPLES / "rules", _SMALL)),
        "real models under 0.3 MB": Kind(22, _names("ifc", SHARED / "ifc", _SMALL)),
        "real models of 1 to 3 MB": Kind(2, _names("ifc", SHARED / "ifc", _LARGEST, _SMALL)),
        "tests of the normative rules": Kind(20, _names("conformance", SHARED / "conformance" / "gherkin", _SMALL)),
        "tests of IDS": Kind(6, _names("conformance", SHARED / "conformance" / "ids_2026", _SMALL)),
    }
    return {name: kind for name, kind in found.items() if kind.names}


def _names(origin: str, folder: Path, most: int, least: int = 0) -> tuple[str, ...]:
    home = SAMPLES if origin == "samples" else SHARED / origin
    found = sorted(path for path in folder.rglob("*.ifc") if least <= path.stat().st_size <= most)
    return tuple(f"{origin}/{path.relative_to(home).as_posix()}" for path in found)


@cache
def source(name: str) -> Step:
    """A source by its name."""
    return Step(path_of(name).read_bytes(), name)


@dataclass(frozen=True)
class Case:
    """One mutation, made again from these three alone."""

    operator: str
    source: str
    seed: str

    def make(self) -> bytes | None:
        """The mutated file; None where the operator finds nothing to do, or does nothing."""
        step = source(self.source)
        made = self.how.make(random.Random(self.seed), step) if step.entities else None  # noqa: S311 - no secret
        return made if made != step.raw else None

    @property
    def how(self) -> Operator:
        """The operator."""
        return OPERATORS[self.operator]


def case(seed: int, number: int) -> Case:
    """Case `number` of a run: operators in turn, each on a file that it changes."""
    rng = random.Random(f"{seed}/{number}")  # noqa: S311 - cases to repeat, no secret
    names = list(OPERATORS)
    chosen = names[number % len(names)]
    while True:
        kind = rng.choices(list(kinds().values()), [kind.weight for kind in kinds().values()])[0]
        made = Case(chosen, rng.choice(kind.names), str(rng.getrandbits(32)))
        if made.make() is not None:
            return made


def origin(name: str) -> str:
    """Of which kind a source is."""
    return next(kind for kind, found in kinds().items() if name in found.names)
