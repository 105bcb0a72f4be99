"""`rukhsa demo`: a fictitious office, two cases from an IFC to a permit, a licence, then the running program."""

import argparse

from api.demo.office import PASSWORD, PEOPLE, login_of
from api.demo.processes import free_port
from api.demo.saying import say
from api.demo.stage import staged
from api.demo.telling import tell_all
from permits.settings import Settings

SWITCH_PORT = 9101


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to serve, and whether to end after the cases."""
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-serve", action="store_true", help="end after the cases / انتهِ بعد الإضبارتين")


def run(args: argparse.Namespace) -> int:
    """Set up, tell both cases, prove the audit chain, and go on serving unless told not to."""
    settings = Settings(base_url=f"http://127.0.0.1:{free_port(args.port)}")
    say("كل الأراضي والمباني والأرقام هنا وهمية", "All land, buildings and numbers here are fictitious")
    with staged(settings, switch_port=SWITCH_PORT if args.port else 0) as stage:
        tell_all(stage.office, stage.server, stage.switch)
        if not args.no_serve:
            _show(stage.server, stage.switch)
            stage.process.wait()
    return 0


def _show(server: str, switch: str) -> None:
    say(f"المنصّة: {server}", f"The platform: {server}")
    say(f"المحوّل التجريبي (يلعب دور المصرف): {switch}", f"The sandbox switch (plays the bank): {switch}")
    for role, (arabic, english) in PEOPLE.items():
        print(f"  {login_of(role):<17} {PASSWORD}   {arabic} / {english}")
    say("أوقف بـ Ctrl+C", "Stop with Ctrl+C")
