"""`rukhsa serve`: portal, API and desks at one address, with the jobs."""

import argparse

import uvicorn

from api.context import open_context
from api.main import create_app
from permits import jobs, schema
from permits.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Host, port, and whether this process also runs jobs."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on / عنوان الاستماع")
    parser.add_argument("--port", type=int, default=8000, help="port / المنفذ")
    parser.add_argument("--no-jobs", action="store_true", help="leave all jobs to `rukhsa worker` / دون أعمال")


def run(args: argparse.Namespace) -> int:
    """Serve until stopped."""
    context = open_context(Settings())
    schema.upgrade(context.database)
    uvicorn.run(create_app(context, work=not args.no_jobs), host=args.host, port=args.port, log_level="warning")
    jobs.leave()
