"""Small file systems of the kernel, so that a full disk is a full disk."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Disk:
    """A file system in memory at `place`."""

    place: Path

    def grow(self, size: str) -> None:
        """Give it more room, as somebody who clears a disk does."""
        subprocess.run(["mount", "-o", f"remount,size={size}", self.place], check=True)


@contextmanager
def small_disk(place: Path, size: str = "64k") -> Iterator[Disk]:
    """A file system of `size` at `place`; skips where none may be mounted."""
    place.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place]
    mounted = subprocess.run(command, capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no small file system can be mounted here: {mounted.stderr.decode().strip()}")
    try:
        yield Disk(place)
    finally:
        subprocess.run(["umount", place], check=True)
