"""`rukhsa demo`: a fictitious office, two cases from an IFC to a permit, then the running program."""

import argparse
import tempfile
from pathlib import Path

from api.demo.office import PASSWORD, PEOPLE, SAMPLES, SWITCH_KEY, Office, set_up
from api.demo.processes import free_port, running
from api.demo.story import Story, say
from api.main import open_context
from permits import audit
from permits.settings import Settings
from sample_models.building import build
from sample_models.design import Design
from sample_models.samples import PLANTED

ZONE, COMPLYING_PLOT = "FZ-1", "103"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to serve, and whether to end after the cases."""
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-serve", action="store_true", help="end after the cases / انتهِ بعد الإضبارتين")


def run(args: argparse.Namespace) -> int:
    """Set up, tell both cases, prove the audit chain, and go on serving unless told not to."""
    port, switch_port = free_port(args.port), free_port(9101)
    server, switch = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{switch_port}"
    settings = Settings(base_url=server)
    context = open_context(settings)
    office = set_up(context)
    say("كل الأراضي والمباني والأرقام هنا وهمية", "All land, buildings and numbers here are fictitious")
    logs = settings.data_dir / "logs"
    serve = ["serve", "--port", str(port)]
    pay = [
        "sandbox-switch", "--port", str(switch_port), "--biller", server, "--key-id", SWITCH_KEY,
        "--secret-file", str(office.switch_secret), "--database", str(settings.data_dir / "sandbox-switch.db"),
    ]  # fmt: skip
    with (
        running(serve, ready=f"{server}/livez", log=logs / "server.log", settings=settings) as process,
        running(pay, ready=f"{switch}/", log=logs / "switch.log", settings=settings),
    ):
        _tell(office, server, switch)
        if not args.no_serve:
            _show(server, switch)
            process.wait()
    return 0


def _tell(office: Office, server: str, switch: str) -> None:
    story = Story(office, server, switch)
    story.tell(zone=ZONE, plot=COMPLYING_PLOT, title="بناء سكني مطابق", models=[SAMPLES / "models" / "complies.ifc"])
    with tempfile.TemporaryDirectory() as folder:
        mended = Path(folder) / "mended.ifc"
        build(Design("mended", PLANTED.plot, PLANTED.reference_level), mended, schema="IFC4", millimetres=False)
        planted = SAMPLES / "models" / "planted-violations.ifc"
        story.tell(zone=ZONE, plot=PLANTED.plot, title="بناء سكني فيه مخالفات", models=[planted, mended])
    story.settle_day()
    with office.context.database.reading() as session:
        verdict = audit.verify(session)
    if verdict.broken:
        raise RuntimeError(f"the audit chain is broken: {verdict.broken}")
    say(f"سلسلة التدقيق سليمة: {verdict.rows} قيداً", f"The audit chain is sound: {verdict.rows} entries")


def _show(server: str, switch: str) -> None:
    say(f"المنصّة: {server}", f"The platform: {server}")
    say(f"المحوّل التجريبي (يلعب دور المصرف): {switch}", f"The sandbox switch (plays the bank): {switch}")
    for role, (arabic, english) in PEOPLE.items():
        print(f"  {role!s:<10} {PASSWORD}   {arabic} / {english}")
    say("أوقف بـ Ctrl+C", "Stop with Ctrl+C")
