"""`rukhsa worker`: run jobs on this machine against the same database as the server."""

import argparse
import signal
import threading

from api.context import open_context
from permits import jobs
from permits.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The worker's fixed name; a restarted worker of the same name resumes its own jobs."""
    parser.add_argument("--name", help="overrides RUKHSA_WORKER_ID")


def run(args: argparse.Namespace) -> int:
    """Work until SIGTERM or SIGINT."""
    settings = Settings(worker_id=args.name) if args.name else Settings()
    context = open_context(settings)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    stopping = jobs.start(context)
    print(f"worker {settings.worker_id} ready", flush=True)
    ended.wait()
    jobs.stop(stopping)
    jobs.leave()
