"""What the commands of the land print: versions of a zone, and how far an import is."""

from collections.abc import Callable, Iterator, Sequence
from typing import TextIO

from permits.calendar import local_time
from permits.i18n import translate
from permits.land.tables import Zone, ZoneVersion


def version_lines(zone: Zone, versions: Sequence[ZoneVersion], language: str) -> Iterator[str]:
    """The zone, and a line for each version with its counts."""
    yield f"{zone.code}: {zone.name_ar if language == 'ar' else zone.name_en}"
    for version in versions:
        said = {
            "number": str(version.number), "valid": version.valid_from, "at": local_time(version.imported_at),
            "by": version.imported_by, "plots": str(version.plots), "sha": version.layers_sha256[:12],
        }  # fmt: skip
        told = [translate(language, "layers-version", **said), *_counts(version, language)]
        yield f"  {('، ' if language == 'ar' else ', ').join(told)}"


def _counts(version: ZoneVersion, language: str) -> Iterator[str]:
    for kind, count in version.changes.items():
        if count:
            yield translate(language, f"layers-count-{kind}", count=str(count))


def progress_on(stream: TextIO) -> Callable[[int, int], None] | None:
    """Shows "done/total" on a terminal; None where nobody looks."""

    def show(done: int, total: int) -> None:
        print(f"\r{done}/{total}", end="\n" if done == total else "", file=stream, flush=True)

    return show if stream.isatty() else None
