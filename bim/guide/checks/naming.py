"""Checks of names, classes and types."""

from bim.guide.checks.registry import Checked, Params, check, ids
from bim.guide.checks.subject import Subject


@check("proxies", unit="ratio", most=float)
def proxies(subject: Subject, params: Params) -> Checked:
    """The share of elements without a class of their own is at most `most`."""
    elements, without = subject.physical, subject.of("IfcBuildingElementProxy")
    share = len(without) / len(elements) if elements else 0.0
    return Checked(len(elements), ids(without) if share > params["most"] else (), share, params["most"])
