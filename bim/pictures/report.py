"""Which elements of a report get a picture, and all of them at once."""

from collections.abc import Container, Iterable, Sequence
from itertools import chain, zip_longest

from bim.findings import Finding, Outcome
from bim.pictures.element import picture, triangles_of
from bim.report import WARNING
from bim.shapes import SPACES, Mesh

MOST = 60
"""Pictures in a report."""
MOST_OF_FINDING = 3


def of_findings(findings: Iterable[Finding], meshes: Sequence[Mesh]) -> dict[str, bytes]:
    """PNG by GlobalId for some elements of the failed and undecided findings; none of those without a mesh."""
    shaped = {mesh.id: mesh for mesh in meshes}
    keys = choose(findings, shaped)
    if not keys:
        return {}
    solid = [shaped[key] for key in sorted(shaped) if shaped[key].group != SPACES]
    around = triangles_of(solid, turned_away=False)
    return {key: picture(shaped[key], around) for key in keys}


def choose(findings: Iterable[Finding], shaped: Container[str]) -> list[str]:
    """The elements to show: one of each finding, then a second and a third of each, errors first."""
    wanted = sorted((f for f in findings if f.outcome in (Outcome.FAIL, Outcome.UNDECIDED)), key=_weight)
    lists = [[key for key in sorted(f.elements) if key in shaped][:MOST_OF_FINDING] for f in wanted]
    in_turn = (key for key in chain.from_iterable(zip_longest(*lists)) if key is not None)
    return list(dict.fromkeys(in_turn))[:MOST]


def _weight(finding: Finding) -> tuple[bool, bool, str, str, str, tuple[str, ...]]:
    undecided, warns = finding.outcome is Outcome.UNDECIDED, finding.severity == WARNING
    return (undecided, warns, finding.rule, finding.storey or "", finding.subject, finding.elements)
