"""`python -m tests.soak --count N --seed S --database sqlite|postgresql`: exit 1 where a piastre is lost or doubled."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.postgres import Databases
from tests.soak.run import RATES, run
from tests.soak.verdict import Verdict

KINDS = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Soaked:
    """One soak of one database: its verdict, and the seconds and kills that it took."""

    database: str
    verdict: Verdict
    figures: dict[str, float]


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


def _soak(kind: str, count: int, seed: int) -> Soaked:
    with tempfile.TemporaryDirectory(prefix="rukhsa-soak-") as name, _address(kind, Path(name)) as address:
        verdict, figures = run(Path(name), address, count=count, seed=seed)
    said = [f"database={kind}", *(f"{what}={figure:.0f}" for what, figure in figures.items())]
    said += [f"fault: {fault}" for fault in verdict.faults[:20]]
    sys.stdout.write("\n".join([*said, str(verdict)]) + "\n")
    sys.stdout.flush()
    return Soaked(kind, verdict, figures)


COLUMNS = (
    "database", "seconds", "killed", "bank", "in transit", "receipts", "suspense", "overpaid", "taken back", "lost",
    "twice", "holds",
)  # fmt: skip


def page(soaked: Sequence[Soaked], *, count: int, seed: int) -> str:
    """The page of the results, in Markdown."""
    command = f"python -m tests.soak --count {count} --seed {seed} --write docs/soak.md"
    faulty = 100 * sum(RATES.values())
    about = [
        f"Written by `{command}` on {os.cpu_count()} cores.",
        f"{count:,} payments over HTTP between two processes; of 100, {faulty:.1f} have a fault (`RATES` in",
        "`tests/soak/run.py`), and either side is killed with `kill -9` meanwhile. In new piastres: what the bank was",
        "given and what is in transit equal receipts, suspense and overpayments less what was taken back.",
    ]
    table = [COLUMNS, ("---",) * len(COLUMNS), *map(_row, soaked)]
    lines = ["# Soak of payments", "", *about, "", *("| " + " | ".join(row) + " |" for row in table)]
    return "\n".join(lines) + "\n"


def _row(one: Soaked) -> tuple[str, ...]:
    told, killed = one.verdict, sum(n for what, n in one.figures.items() if what.startswith("killed_"))
    money = (told.bank, told.transit, told.receipts, told.suspense, told.overpaid, told.reversed)
    return (
        one.database, f"{one.figures['seconds_paying']:.0f}", f"{killed:.0f}", *(f"{piastres:,}" for piastres in money),
        str(told.lost), str(told.twice), "yes" if told.holds else "NO",
    )  # fmt: skip


def main() -> int:
    """Run it and print the equation last."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--count", type=int, default=2000, help="payments")
    parser.add_argument("--seed", type=int, default=20261122, help="of the faults and of the moments of kill -9")
    parser.add_argument("--database", choices=KINDS, action="append", help="default: sqlite")
    parser.add_argument("--write", type=Path, help="where to leave the results, as Markdown")
    args = parser.parse_args()
    soaked = [_soak(kind, args.count, args.seed) for kind in args.database or KINDS[:1]]
    if args.write:
        args.write.write_text(page(soaked, count=args.count, seed=args.seed), encoding="utf-8")
    return 0 if all(one.verdict.holds for one in soaked) else 1


if __name__ == "__main__":
    sys.exit(main())
