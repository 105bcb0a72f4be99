"""`rukhsa sandbox-switch`: a bank to try payments with, in its own process with its own database."""

import argparse
from pathlib import Path

import uvicorn

from api.sandbox_switch.app import create_switch
from api.sandbox_switch.client import Biller
from api.sandbox_switch.mfep import MfepBiller
from api.sandbox_switch.script import read
from api.sandbox_switch.store import Store

DIALECTS = {"rest": Biller, "mfep": MfepBiller}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=9101)
    parser.add_argument("--dialect", choices=sorted(DIALECTS), default="rest", help="how it speaks to the biller")
    parser.add_argument("--biller", required=True, help="address of the biller, such as http://127.0.0.1:8000")
    parser.add_argument("--key-id", required=True, help="id of the key that was agreed on with the biller")
    parser.add_argument("--secret-file", required=True, type=Path, help="file with the key's secret, hexadecimal")
    parser.add_argument("--provider", default="sandbox", help="the name under which the biller knows this switch")
    parser.add_argument("--database", required=True, type=Path, help="the switch's own SQLite file")
    parser.add_argument("--first-wait", type=float, default=0.5, help="seconds before the first retry")
    parser.add_argument("--hour", type=float, default=3600.0, help="seconds that an hour of an outage takes")
    parser.add_argument("--magic-amounts", action="store_true", help="the last two digits of an amount name its fault")
    parser.add_argument("--script", type=Path, help="JSON lines that say which of the next payments have which fault")


def run(args: argparse.Namespace) -> int:
    """Serve until stopped."""
    secret = bytes.fromhex(args.secret_file.read_text(encoding="ascii").strip())
    biller = DIALECTS[args.dialect](args.biller, args.key_id, secret)
    store = Store(args.database)
    if args.script and store.script()[0] != (content := args.script.read_text(encoding="utf-8")):
        read(content)
        store.follow(content)
    switch = create_switch(
        store, biller, provider=args.provider, first_wait=args.first_wait, hour=args.hour, magic=args.magic_amounts
    )
    uvicorn.run(switch, host=args.host, port=args.port, log_level="warning")
    return 0
