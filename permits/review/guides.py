"""The modelling guides of this office: the shipped ones and the municipality's own."""

import os
from datetime import date
from pathlib import Path

from bim.guide.pack import GuidePack, Stage, guide_in_force


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
        return guide_in_force(on, None, *folders())
    from bim.guide.exchange import open_guide

    return open_guide(named, *folders())


def judging(on: date, named: str | GuidePack | None = None, stage: Stage = Stage.LICENCE) -> GuidePack:
    """The clauses of the guide that are asked for at that stage on that day."""
    guide = named if isinstance(named, GuidePack) else guide_of(on, named)
    return guide.at(stage, on)
