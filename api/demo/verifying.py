"""An inspector's check: the code of a document and the public keys, in a program of its own without network."""

import subprocess
import sys
from datetime import date

from permits.calendar import today
from permits.documents.keys import public_keys
from permits.jobs import Context


def verify_offline(context: Context, token: str, on: date | None = None) -> None:
    """Fail unless `rukhsa verify` finds the document valid on a day, today where none is named."""
    keys = context.settings.data_dir / "public-keys.json"
    keys.write_text(public_keys(context.settings))
    day = (on or today()).isoformat()
    command = [sys.executable, "-m", "api.cli", "verify", token, "--keys", str(keys), "--on", day]
    verified = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    if verified.returncode:
        raise RuntimeError(f"the document's token does not verify: {verified.stdout}{verified.stderr}")
