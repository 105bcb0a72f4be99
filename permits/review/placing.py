"""Where the building was put, and by what, in words: the position's method and error, and what else the model says."""

from collections.abc import Iterator, Sequence
from functools import partial

from bim.report import DeclarationInfo, PlacementInfo, Report
from permits.i18n import translate
from permits.review.wording import reason_text

APART = 1.0
"""Metres from which on two places are said to differ."""


def placing(report: Report, language: str) -> list[str]:
    """Sentences on the position of the building; none where the model says nothing and nothing was given."""
    placement = report.placement
    lines = [] if placement is None else list(_placement(placement, language))
    used = "" if placement is None else placement.method
    lines += [_declaration(said, placement, language) for said in report.declarations if said.method != used]
    return lines + [reason_text(remark, language) for remark in report.remarks]


def edge_role_lines(report: Report, language: str) -> list[str]:
    """Which edges of the plot are judged by a role that the office corrected, and which of those are gone."""
    plot = report.plot
    if plot is None:
        return []
    told = [("edge-role-used", edge) for edge in plot.edges if edge.get("corrected")]
    told += [("edge-role-lost", role) for role in plot.lost_roles]
    return [_edge_role(key, edge["line"], edge["role"], language) for key, edge in told]


def _edge_role(key: str, line: Sequence[Sequence[float]], role: str, language: str) -> str:
    text = partial(translate, language)
    # Words between the numbers: a pair alone turns round in a right-to-left line wherever isolates are not heeded.
    start, end = (text("edge-role-point", east=f"{x:.2f}", north=f"{y:.2f}") for x, y in (line[0], line[-1]))
    return text(key, role=text(f"review-role-{role}"), start=start, end=end)


def _placement(placed: PlacementInfo, language: str) -> Iterator[str]:
    text = partial(translate, language)
    figures = {
        "method": placed.method, "grid": placed.grid or "–", "rotation": f"{placed.rotation:.3f}",
        "scale": f"{placed.scale:.6f}", "unit": f"{placed.hypothesis:g}", "points": str(placed.points),
        "rms": f"{placed.rms:.3f}",
    }  # fmt: skip
    known = {"drawing": "place-by-drawing"}.get(placed.method, "place-by-declaration")
    yield text("place-by-tie-points" if placed.points else known, **figures)
    yield text("place-band", residual=f"{placed.residual:.3f}", band=f"{placed.band:.3f}")
    if placed.points == 2:
        yield text("place-two-points")
    if placed.outliers:
        key = "place-outliers" if placed.points > 3 else "place-outliers-of-three"
        yield text(key, points=", ".join(placed.outliers))
    if not placed.levelled:
        yield text("place-no-height")


def _declaration(said: DeclarationInfo, placed: PlacementInfo | None, language: str) -> str:
    """What one declaration comes to: the position used, another one, or none that can be compared."""
    text = partial(translate, language, method=said.method, level=str(said.level), grid=said.grid or "–",
                   default=said.default)  # fmt: skip
    if said.default:
        return text("place-declared-default")
    if said.apart is not None and placed is not None:
        key = "place-declared-there" if said.apart < APART else "place-declared-apart"
        return text(key, apart=f"{said.apart:.2f}")
    if said.distance is not None:
        return text("place-declared-distance", distance=f"{said.distance:.0f}")
    return text("place-declared")
