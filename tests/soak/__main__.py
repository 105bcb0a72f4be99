"""`python -m tests.soak --count N --seed S --database sqlite|postgresql`: exit 1 where a piastre is lost or doubled."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import Databases
from tests.soak.run import run


@contextmanager
def _address(kind: str, folder: Path) -> Iterator[str]:
    """A database of its own; on PostgreSQL dropped at the end."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'rukhsa.db'}"
        return
    admin = os.environ.get("RUKHSA_TEST_POSTGRES")
    if not admin:
        raise SystemExit("set RUKHSA_TEST_POSTGRES to an admin address")
    databases = Databases(admin, b"soak")
    try:
        with databases.lend() as database:
            yield database.url
    finally:
        databases.drop()


def main() -> int:
    """Run it and print the equation last."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--count", type=int, default=2000, help="payments")
    parser.add_argument("--seed", type=int, default=20261122, help="of the faults and of the moments of kill -9")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rukhsa-soak-") as name, _address(args.database, Path(name)) as address:
        verdict, figures = run(Path(name), address, count=args.count, seed=args.seed)
    said = [f"{what}={figure:.0f}" for what, figure in figures.items()]
    said += [f"fault: {fault}" for fault in verdict.faults[:20]]
    sys.stdout.write("\n".join([*said, str(verdict)]) + "\n")
    return 0 if verdict.holds else 1


if __name__ == "__main__":
    sys.exit(main())
