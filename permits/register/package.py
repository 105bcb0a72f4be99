"""A hand-over package verified without any database: its signature, and every member against the manifest."""

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cwt.cose_key_interface import COSEKeyInterface

from bim.archive import BROKEN
from permits.cash.sealed import BadSeal, unseal

KIND = "register-package"
VERSION = 1
MANIFEST, SIGNATURE = "manifest.json", "manifest.cose"
_SMALL = 1 << 20
"""Bytes that a manifest or a signature may have."""

_CHUNK = 1 << 20


@dataclass(frozen=True)
class PackageFault:
    """What is wrong, in words `register-package-<code>`, and the member."""

    code: str
    member: str = ""


@dataclass(frozen=True)
class PackageVerdict:
    """What a package says of itself, and everything that is wrong with it; `manifest` only where it is believed."""

    faults: tuple[PackageFault, ...]
    kid: str = ""
    manifest: Mapping[str, Any] | None = None


def verify_package(path: Path, keys: Mapping[str, COSEKeyInterface]) -> PackageVerdict:
    """Check a package with the office's public keys; raises OSError where there is no file."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _verify(archive, keys)
    except BROKEN:
        return PackageVerdict((PackageFault("unreadable"),))


def _verify(archive: zipfile.ZipFile, keys: Mapping[str, COSEKeyInterface]) -> PackageVerdict:
    names = [info.filename for info in archive.infolist()]
    absent = [PackageFault("member-missing", name) for name in (MANIFEST, SIGNATURE) if name not in names]
    if absent or any(archive.getinfo(name).file_size > _SMALL for name in (MANIFEST, SIGNATURE)):
        return PackageVerdict(tuple(absent) or (PackageFault("unreadable"),))
    content = archive.read(MANIFEST)
    try:
        sealed = unseal(KIND, archive.read(SIGNATURE), keys)
    except BadSeal as error:
        return PackageVerdict((PackageFault(error.code.replace("_", "-"), SIGNATURE),))
    if sealed.content.get("sha256") != hashlib.sha256(content).digest():
        return PackageVerdict((PackageFault("bad-signature", MANIFEST),), sealed.kid)
    manifest = json.loads(content)
    if (manifest["format"], manifest["version"]) != (KIND, VERSION):
        return PackageVerdict((PackageFault("version-unknown"),), sealed.kid)
    return PackageVerdict(tuple(_members(archive, names, manifest["members"])), sealed.kid, manifest)


def _members(archive: zipfile.ZipFile, names: list[str], told: Mapping[str, Any]) -> Iterator[PackageFault]:
    for name in sorted({*names, *told}):
        if name in (MANIFEST, SIGNATURE):
            if names.count(name) > 1:
                yield PackageFault("member-extra", name)
        elif name not in told or names.count(name) > 1:
            yield PackageFault("member-extra", name)
        elif name not in names:
            yield PackageFault("member-missing", name)
        elif not _agrees(archive, name, told[name]):
            yield PackageFault("member-changed", name)


def _agrees(archive: zipfile.ZipFile, name: str, told: Mapping[str, Any]) -> bool:
    """Whether a member is what the manifest says; never more is read than that."""
    if archive.getinfo(name).file_size != told["bytes"]:
        return False
    digest, lines = hashlib.sha256(), 0
    try:
        with archive.open(name) as member:
            while chunk := member.read(_CHUNK):
                digest.update(chunk)
                lines += chunk.count(b"\n")
    except BROKEN:  # its checksum is not that of its bytes, or its header is none
        return False
    return (digest.hexdigest(), lines) == (told["sha256"], told["lines"])
