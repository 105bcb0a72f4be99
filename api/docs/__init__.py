"""The reference pages under docs/, written from the code itself so that they cannot disagree with it.

`python -m api.docs` writes them, `python -m api.docs --check` names those that are stale and exits 1.
"""

from collections.abc import Callable
from pathlib import Path

from api.docs import commands, errors, measures, rules, services, settings, tables, tariffs, workflow

FOLDER = Path(__file__).parents[2] / "docs"
PAGES: dict[str, Callable[[], str]] = {
    "rules.md": rules.page,
    "tariffs.md": tariffs.page,
    "services.md": services.page,
    "measures.md": measures.page,
    "workflow.md": workflow.page,
    "settings.md": settings.page,
    "commands.md": commands.page,
    "errors.md": errors.page,
    "tables.md": tables.page,
}
"""File name under docs/: the function that writes the page."""


def stale(folder: Path = FOLDER) -> list[str]:
    """The pages that are missing, or that say something else than the code."""
    return [name for name, page in PAGES.items() if _read(folder / name) != page()]


def write(folder: Path = FOLDER) -> None:
    """Write every page."""
    folder.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
