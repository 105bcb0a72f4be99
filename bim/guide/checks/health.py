"""Checks of the model's health: shapes, doubles, far and empty things."""

import numpy as np

from bim.guide.checks.registry import Checked, Params, check, ids
from bim.guide.checks.subject import Subject


@check("shapes")
def shapes(subject: Subject, _: Params) -> Checked:
    """Every physical element has a shape, or parts that have one."""
    bodies, elements = subject.bodies, subject.physical
    return Checked(len(elements), ids(e for e in elements if e.id() not in bodies and e.id() not in subject.parts))


@check("far_elements", unit="m", metres=float)
def far_elements(subject: Subject, params: Params) -> Checked:
    """No element stands further than `metres` from the middle of them all."""
    placed = [e for e in subject.physical if e.id() in subject.origins]
    if not placed:
        return Checked(0)
    points = np.array([subject.origins[e.id()] for e in placed])
    away = np.linalg.norm(points - np.median(points, axis=0), axis=1)
    far = [e for e, distance in zip(placed, away.tolist(), strict=True) if distance > params["metres"]]
    return Checked(len(placed), ids(far), float(away.max()), params["metres"])
