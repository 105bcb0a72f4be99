"""Deviations in words."""

from collections.abc import Mapping

from bim.asbuilt.deviation import Deviation
from bim.asbuilt.report import AsBuilt
from bim.findings import Outcome
from permits.i18n import known, translate
from permits.review.wording import reason_text, subject_text, with_unit

ORDER = (Outcome.FAIL, Outcome.UNDECIDED, Outcome.PASS, Outcome.NOT_APPLICABLE)


def heaviest_first(found: AsBuilt) -> list[Deviation]:
    """Failures, then what is undecided, then the rest; each in the order of their codes."""
    return sorted(found.deviations, key=lambda deviation: ORDER.index(deviation.finding.outcome))


def storey_names(found: AsBuilt) -> Mapping[str, str]:
    """The storeys of both models by GlobalId; the built one's where both have it."""
    sides = [row.permitted for row in found.storeys] + [row.built for row in found.storeys]
    return {side.id: side.name for side in sides if side is not None}


def subject(deviation: Deviation, language: str) -> str:
    """What was compared: an outline, an edge, a kind of storey or of opening."""
    said = deviation.finding.subject
    for key in (f"deviation-outline-{said}", f"deviation-opening-{said}", f"review-storey-{said}"):
        if said and known(language, key):
            return translate(language, key)
    return subject_text(said, language)


def sentence(deviation: Deviation, language: str) -> str:
    """Permitted, built, by how much more or less, and what is tolerated; or why that is not known."""
    finding = deviation.finding
    parts = []
    if deviation.permitted is not None and finding.value is not None:
        values = {
            "permitted": with_unit(deviation.permitted, finding.unit, language),
            "built": with_unit(deviation.built, finding.unit, language),
            "amount": with_unit(finding.value, finding.unit, language),
        }
        parts.append(translate(language, f"deviation-{deviation.direction or 'same'}", **values))
        if deviation.area:
            parts.append(translate(language, "deviation-area", area=with_unit(deviation.area, "m2", language)))
        if deviation.direction:
            limit = with_unit(finding.limit, finding.unit, language)
            parts.append(translate(language, "deviation-tolerated", limit=limit))
    said = reason_text(finding.reason, language)
    return " ".join([*parts, said] if said else parts)


def frame_text(found: AsBuilt, language: str) -> str:
    """In which coordinates both were compared."""
    return translate(language, f"deviation-frame-{found.frame or 'none'}", grid=found.grid)
