"""No page shows or decides anything by the clock of the device it is read on, except the check without network."""

import re
from pathlib import Path

WALL_CLOCK = re.compile(r"\bnew Date\(\s*\)|\bDate\.now\b|\bDate\(\s*\)")
ROOT = Path(__file__).parent.parent
PLACES = ("api/web", "dashboards", "permits/review/templates", "permits/standalone")
TELLS_IT = {"api/web/verify.js"}
"""The inspector's page, which judges without the office and says by which clock it does."""


def _scripts() -> dict[str, str]:
    found = (path for place in PLACES for path in (ROOT / place).rglob("*") if path.suffix in (".js", ".html", ".mjs"))
    ours = (path for path in found if "node_modules" not in path.parts)
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in ours}


def test_scripts_read_no_clock_but_the_one_that_is_told() -> None:
    scripts = _scripts()
    assert {"api/web/upload.js", "api/web/draft.js", "api/web/desk.js", "dashboards/components/counter.js"} <= {
        *scripts
    }
    assert {name for name, text in scripts.items() if WALL_CLOCK.search(text)} == TELLS_IT
