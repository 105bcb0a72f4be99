"""`python -m tests.switch.conformance --biller URL --key-id K --secret-file F --bill REF...`: a biller by its address.

It pays the bills that it is given, so they must be of a trial office: enough that can only be paid whole, two that take
parts, one that has expired. Exit 1 where a check fails; a check without a bill of its kind is said not to be run.
"""

import argparse
import sys
from pathlib import Path

from api.cli.switch import DIALECTS
from tests.switch.checks import CHECKS
from tests.switch.desk import Desk, NoBill


def outcomes(desk: Desk) -> dict[str, str]:
    """Every check by its name: "passed", "not run: …" or "failed: …"."""
    found = {}
    for name, check in CHECKS.items():
        try:
            check(desk)
            found[name] = "passed"
        except NoBill as missing:
            found[name] = f"not run: no bill of the kind {missing}"
        except Exception as error:  # noqa: BLE001 - whatever the biller does, the other checks are run
            found[name] = f"failed: {type(error).__name__} {error}"
    return found


def main() -> int:
    """Run every check and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.switch.conformance", description=__doc__)
    parser.add_argument("--biller", required=True, help="its address, such as http://127.0.0.1:8000")
    parser.add_argument("--dialect", choices=sorted(DIALECTS), default="rest")
    parser.add_argument("--key-id", required=True)
    parser.add_argument("--secret-file", required=True, type=Path, help="file with the key's secret, hexadecimal")
    parser.add_argument("--bill", required=True, nargs="+", help="references of bills that may be paid")
    args = parser.parse_args()
    secret = bytes.fromhex(args.secret_file.read_text(encoding="ascii").strip())
    desk = Desk(DIALECTS[args.dialect](args.biller, args.key_id, secret))
    desk.sort(args.bill)
    found = outcomes(desk)
    sys.stdout.writelines(f"{outcome:8} {name}\n" for name, outcome in found.items())
    failed = sum(outcome.startswith("failed") for outcome in found.values())
    sys.stdout.write(f"checks={len(found)} failed={failed}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
