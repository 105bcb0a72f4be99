"""The verdicts of two other engines, as STEP ids of what applies and of what fails by specification."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ifcopenshell
from ifctester import facet, ids

from bim.ids.document import Document
from bim.ids.write import write

Verdict = tuple[frozenset[int], frozenset[int]]


def ifctester(model: ifcopenshell.file, document: Document) -> Iterator[Verdict]:
    """By ifctester, specification by specification."""
    facet.get_pset.cache_clear()  # as ifctester does once for each model
    facet.get_psets.cache_clear()
    for specification in ids.from_string(write(document).decode()).specifications:
        specification.validate(model)
        applicable, failed = specification.applicable_entities, specification.failed_entities
        yield frozenset(e.id() for e in applicable), frozenset(e.id() for e in failed)


def ifcfast(path: Path, document: Document) -> Iterator[Verdict]:
    """By ifcfast; raise its `IdsUnitError` where the model does not declare a unit."""
    import ifcfast as library

    elements: Any = library.open(str(path)).validate_ids(write(document)).elements
    for number in range(len(document.specifications)):
        rows = elements[elements.spec_index == number]
        yield frozenset(rows.step_id), frozenset(rows[rows.status == "fail"].step_id)
