"""`rukhsa audit`: prove the audit chain and the balance of the books; write the checkpoint that is kept outside."""

import argparse
import json
from pathlib import Path

from api.context import open_context
from permits import audit
from permits.money.ledger import unbalanced
from permits.privacy.accesses import verify_seals
from permits.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Verify or checkpoint."""
    parser.add_argument("action", choices=("verify", "checkpoint"))
    parser.add_argument("--checkpoints", type=Path, help="default: audit-checkpoints.jsonl in the data folder")


def run(args: argparse.Namespace) -> int:
    """0 when the chain is sound and every transaction of the ledger sums to nought, 1 otherwise."""
    context = open_context(Settings())
    path = args.checkpoints or context.settings.data_dir / "audit-checkpoints.jsonl"
    known = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    with context.database.reading() as session:
        verdict = audit.verify(session, checkpoints=[(entry["seq"], entry["hash"]) for entry in known])
        looks = verify_seals(session)
        books = unbalanced(session)
    if verdict.broken:
        print(f"BROKEN {verdict.broken.kind} seq={verdict.broken.seq} sound_rows={verdict.rows}")
        return 1
    if looks.broken:
        print(f"BROKEN looks days={','.join(looks.broken)}")
        return 1
    if books:
        print(f"BROKEN books transactions={','.join(books)}")
        return 1
    print(f"OK rows={verdict.rows} head={verdict.head} sealed_days={looks.days}")
    if args.action == "checkpoint" and verdict.rows:
        with path.open("a") as file:
            file.write(json.dumps({"seq": verdict.rows, "hash": verdict.head}) + "\n")
    return 0
