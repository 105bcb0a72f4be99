"""`rukhsa sandbox-register`: a national register to try announcements with, in its own process and database."""

import argparse
from pathlib import Path

import uvicorn

from api.sandbox_register.app import create_register
from api.sandbox_register.reading import read_keys
from api.sandbox_register.store import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=9102)
    parser.add_argument("--office", required=True, help="code of the office that announces, such as DM-01")
    parser.add_argument("--keys", required=True, type=Path, help="the office's public key set (JWKS)")
    parser.add_argument("--database", required=True, type=Path, help="the register's own SQLite file")
    parser.add_argument("--slow", type=float, default=30.0, help="seconds that a slow answer takes")


def run(args: argparse.Namespace) -> int:
    """Serve until stopped."""
    register = create_register(Store(args.database), {args.office: read_keys(args.keys)}, slow=args.slow)
    uvicorn.run(register, host=args.host, port=args.port, log_level="critical")
    return 0
