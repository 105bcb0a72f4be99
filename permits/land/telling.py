"""What is said about layers in words: remarks, defects and changes by their codes, in the reader's language."""

from collections.abc import Iterator, Mapping
from typing import Any

from gis.errors import LandError
from gis.local_grid import Fit
from gis.quality.defects import Defect, DefectKind
from gis.remarks import LayerRefused, Remark
from gis.versions import Change
from permits.i18n import error_text, known, translate

_GAPS = (f"defect-{DefectKind.GAP}", f"defect-{DefectKind.SLIVER_GAP}")


def remark_text(remark: Remark, language: str) -> str:
    """A remark in one sentence."""
    return _said(f"land-{remark.code}", remark.said, language)


def defect_text(defect: Defect, language: str) -> str:
    """A defect in one sentence."""
    return coded_line({"code": f"defect-{defect.kind}", "values": defect.said}, language)


def change_text(change: Change, language: str) -> str:
    """A change between two versions in one sentence."""
    return coded_line({"code": f"change-{change.kind}", "values": change.said}, language)


def error_lines(error: LandError, language: str) -> Iterator[str]:
    """Why a file is refused, a line for every fault that was kept."""
    yield error_text(error, language)
    if isinstance(error, LayerRefused):
        yield from (f"  {remark_text(fault, language)}" for fault in error.faults)
        if error.total > len(error.faults):
            yield f"  {translate(language, 'layers-more', count=str(error.total - len(error.faults)))}"


def coded_line(told: Mapping[str, Any], language: str) -> str:
    """A remark, defect or change that was kept as its code and values."""
    if told["code"] in _GAPS and not told["values"]["plots"]:  # between streets, or at the border of the zone
        return _said("layers-gap-at-no-plot", told["values"], language)
    return _said(f"land-{told['code']}", told["values"], language)


def reason_line(result: Mapping[str, Any], language: str) -> str:
    """Why an import ended without effect, of what was kept of it."""
    key = f"error-{result['code']}".replace("_", "-")
    if not known(language, key):
        return translate(language, "layers-failed")
    return _said(key, result["values"], language)


def fit_lines(fitted: Fit, language: str) -> Iterator[str]:
    """The fit of a local grid, and how far it misses each control point."""
    sigma = "–" if fitted.sigma is None else f"{fitted.sigma:.3f}"
    scale, turn = f"{fitted.transform.scale:.8f}", f"{fitted.transform.rotation:.6f}"
    yield translate(language, "layers-fit", grid=fitted.grid, sigma=sigma, scale=scale, turn=turn)
    if fitted.sigma is None:
        yield translate(language, "layers-fit-unchecked")
    for point in fitted.residuals:
        values = {
            "name": point.name,
            "dx": f"{point.dx:+.3f}",
            "dy": f"{point.dy:+.3f}",
            "length": f"{point.length:.3f}",
        }
        line = translate(language, "layers-fit-point", **values)
        yield f"{line} {translate(language, 'layers-fit-outlier')}" if point.outlier else line


def _said(key: str, values: Mapping[str, Any], language: str) -> str:
    """Values go in as text, so that their digits are those of the file; columns by their names."""
    said = {name: str(value) for name, value in values.items()}
    if said.get("names"):
        columns = [f"layers-attribute-{name}".replace("_", "-") for name in said["names"].split(", ")]
        said["names"] = translate(language, "layers-and").join(translate(language, column) for column in columns)
    return translate(language, key.replace("_", "-"), **said)
