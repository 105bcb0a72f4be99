"""docs/conformance.md: what others published as right and wrong, and what we say of it, from runs made now."""

import re
from datetime import UTC, datetime
from importlib.metadata import version

from tests.conformance import fuzz, guide, ids, validity
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "conformance.md"
INTRODUCTION = """# Conformance

Written by `python -m tests.conformance` from real runs, and compared with a new run by the tests. The cases are those
of others, with the verdict they ask for; the third-party files are not part of the project (`RUKHSA_SHARED`). Seconds
are those of one run on two cores beside other work, and no goal."""
_TIMED = re.compile(r"^#+ Time.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
_SECONDS = re.compile(r"\d+(?:\.\d+)? m?s\b")


def page(*, timed: bool = True) -> str:
    """The whole page; no test reads the tables of times, which take longest."""
    tools = ", ".join(f"{name} {version(name)}" for name in ("ifcopenshell", "ifctester", "ifcfast"))
    facts = f"{datetime.now(UTC):%Y-%m-%d}, {tools}."
    sections = (ids.section(), validity.section(timed=timed), guide.section(), fuzz.section())
    return "\n\n".join([INTRODUCTION, facts, *(section.strip() for section in sections)]) + "\n"


def timeless(text: str) -> str:
    """The page without what differs from run to run: seconds, tables of times, the day."""
    without = _SECONDS.sub("… s", _TIMED.sub("", text))
    return re.sub(r"^20\d\d-\d\d-\d\d, ", "", without, flags=re.MULTILINE)
