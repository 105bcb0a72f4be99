"""The national register by files: envelopes in dated folders, acknowledgements read back, carried by anybody."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import ClassVar

from permits.adapters.national_register import (
    Acknowledgement,
    Answer,
    AnswerKind,
    Capabilities,
    NationalUnheard,
    acknowledgement_of,
)
from permits.calendar import today
from permits.settings import keep_once


@dataclass(frozen=True)
class NationalFolder:
    """A folder with `out/<day>/*.cose` for our envelopes and `in/**/*.json` for acknowledgements.

    An acknowledgement is an answer of the dialect with `sheet` and `entry`. Files may stay: each counts once, by its
    name and content.
    """

    folder: Path
    capabilities: ClassVar[Capabilities] = Capabilities(announce=True, ask=False, later=True)

    def announce(self, envelope: bytes) -> Answer:
        """Write the envelope whole, under a new name each time: who carries files sees that it was sent again."""
        out = self.folder / "out" / today().isoformat()
        digest = hashlib.sha256(envelope).hexdigest()
        try:
            out.mkdir(parents=True, exist_ok=True)
            keep_once(self._free(out, digest), envelope)
        except OSError as error:
            raise NationalUnheard(repr(error)) from error
        return Answer(AnswerKind.LATER)

    def _free(self, out: Path, digest: str) -> Path:
        names = (out / f"{digest}-{again}.cose" for again in count(1))
        return next(path for path in names if not path.exists())

    def ask(self, zone: str, parcel: str) -> bytes | None:  # noqa: ARG002 - a folder answers nothing
        """Files cannot be asked; see the capabilities."""
        raise NationalUnheard("cannot-be-asked")

    def acknowledgements(self) -> Iterator[Acknowledgement]:
        """Every acknowledgement in the order of the names; a file that is none is told after all others."""
        unreadable = []
        for path in sorted((self.folder / "in").rglob("*.json")):
            try:
                yield self._read(path)
            except (NationalUnheard, OSError, ValueError):
                unreadable.append(path.name)
        if unreadable:
            raise NationalUnheard(f"acknowledgement-unreadable: {', '.join(unreadable)}")

    def _read(self, path: Path) -> Acknowledgement:
        content = path.read_bytes()
        told = json.loads(content)
        name = path.relative_to(self.folder / "in").as_posix()
        source = hashlib.sha256(name.encode() + b"\0" + content).hexdigest()
        if not isinstance(told, dict):
            raise NationalUnheard("answer-unreadable")
        return acknowledgement_of(source, told)
