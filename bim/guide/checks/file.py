"""Checks of the file: its header and the names and identifiers in it."""

import re
from collections import Counter

from bim.guide.checks.registry import Checked, Params, check
from bim.guide.checks.subject import Subject

_GUID = re.compile(r"[0-3][0-9A-Za-z_$]{21}")


@check("header")
def header(subject: Subject, _: Params) -> Checked:
    """The file says which system made it and who."""
    missing = [n for n, said in (("author", subject.header.authors), ("system", subject.header.tool)) if not said]
    return Checked(2, tuple(missing))


@check("global_ids")
def global_ids(subject: Subject, _: Params) -> Checked:
    """GlobalIds are 22 characters of the IFC alphabet, each used once."""
    count = Counter(subject.ids)
    valid = _GUID.fullmatch
    return Checked(len(subject.ids), tuple(sorted(i for i, n in count.items() if n > 1 or not valid(i))))
