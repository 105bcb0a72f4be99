"""Judge a golden case by the one clause it is named for."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import ifcopenshell

from bim import step
from bim.extract import Structure
from bim.findings import Finding
from bim.guide import judge as guide
from bim.guide.checks import Subject
from bim.guide.pack import guide_in_force

HOME = Path(__file__).parents[2] / "sample_models"
RULES = HOME / "rules"
PACK = guide_in_force(date(2026, 6, 1))
OUTCOMES = {"pass": "pass", "fail": "fail", "na": "not_applicable", "undecided": "undecided"}


def cases() -> list[Path]:
    """Every case of a clause of the guide; companions have a second suffix."""
    return sorted(path for path in RULES.glob("*/*.ifc") if "." not in path.stem and path.parent.name in PACK.entries)


def subject(path: Path) -> Subject:
    """The case with its companions, as the front door hands them over."""
    scan = step.scan(path)
    model = ifcopenshell.open(path)
    others = tuple(subject(other) for other in sorted(path.parent.glob(f"{path.stem}.*.ifc")))
    discipline = path.suffixes[0][1:] if len(path.suffixes) > 1 else "architecture"
    return Subject(model, Structure(model), scan.header, scan.size, discipline, others)


def judged(path: Path) -> Finding:
    """The finding of the clause that the case's folder names."""
    code = path.parent.name
    pack = replace(PACK, entries={code: PACK.entries[code]})
    (finding,) = guide.judge(subject(path), pack, guide.specifications(pack))
    return finding
