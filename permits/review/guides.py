"""The modelling guides of this office: the shipped ones, the municipality's own files, and those it published."""

import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from bim.guide.pack import GuidePack, Stage, guides
from bim.packs import latest

Source = Callable[[], Sequence[GuidePack]]
_SOURCES: dict[str, Source] = {}


def set_source(source: Source | None) -> None:
    """Where this process finds the published guides; said once where a program with a database is put together."""
    _SOURCES.clear()
    if source is not None:
        _SOURCES["published"] = source


def known_guides() -> list[GuidePack]:
    """Every guide: the published ones first, so that of two from one day the published one is in force."""
    return [pack for source in _SOURCES.values() for pack in source()] + guides(*folders())


def folders() -> tuple[Path, ...]:
    """The folder of the municipality's own guides, where one is set."""
    if "RUKHSA_GUIDES_DIR" not in os.environ:  # settings load slowly, and a check begins here
        return ()
    from permits.settings import Settings

    folder = Settings().guides_dir
    return (folder,) if folder else ()


def guide_of(on: date, named: str | None = None) -> GuidePack:
    """The guide in force on that day; or the one of that id or file, with all its clauses."""
    if named is None:
        return latest(known_guides(), on)
    from bim.guide.exchange import open_guide

    for source in _SOURCES.values():
        for pack in source():
            if pack.id == named:
                return pack
    return open_guide(named, *folders())


def judging(on: date, named: str | GuidePack | None = None, stage: Stage = Stage.LICENCE) -> GuidePack:
    """The clauses of the guide that are asked for at that stage on that day."""
    guide = named if isinstance(named, GuidePack) else guide_of(on, named)
    return guide.at(stage, on)
