"""The keys that sign permits: private ones in the data folder, public ones for every inspector.

`data_dir/keys/permit-<kid>.jwk` are private keys; the one with the greatest name signs, all verify.
"""

import json
from functools import cache
from pathlib import Path

from cwt.cose_key_interface import COSEKeyInterface

from permits.db import utcnow
from permits.documents.token import cose_keys, new_key, public_set, read_private_key
from permits.settings import Settings, keep_once


def signing_key(settings: Settings) -> dict[str, str]:
    """The key that signs now, made on first use."""
    paths = _paths(settings)
    if not paths:
        kid = f"{settings.office}-{utcnow().year}-a"
        path = settings.data_dir / "keys" / f"permit-{kid}.jwk"
        path.parent.mkdir(parents=True, exist_ok=True)
        keep_once(path, json.dumps(new_key(kid)).encode())
        paths = _paths(settings)
    return read_private_key(paths[-1])


def public_keys(settings: Settings) -> str:
    """The key set file that inspectors carry: the public part of every key, retired ones too."""
    signing_key(settings)
    return public_set([read_private_key(path) for path in _paths(settings)])


def verifying_keys(settings: Settings) -> dict[str, COSEKeyInterface]:
    """The same keys, ready to verify."""
    return _parsed(public_keys(settings))


@cache
def _parsed(text: str) -> dict[str, COSEKeyInterface]:
    return cose_keys(text)


def _paths(settings: Settings) -> list[Path]:
    return sorted((settings.data_dir / "keys").glob("permit-*.jwk"))
