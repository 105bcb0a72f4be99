"""`rukhsa fee`: work a fee out from a tariff file, with the same code that bills a case."""

import argparse
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

from permits.money.assessment import AssessmentError, Input, assess
from permits.money.explain import explain
from permits.money.money import MoneyError, parse_amount
from permits.money.tariff import Tariff, TariffError, find_tariff, read_tariff


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("tariff", help="a tariff file, or the id of a shipped act such as law-37-2021")
    parser.add_argument("--on", required=True, type=date.fromisoformat, help="day of the application, YYYY-MM-DD")
    parser.add_argument(
        "--input", action="append", default=[], metavar="NAME=VALUE[@UNIT]",
        help="a quantity of the case in the tariff's unit, or in the unit named, such as value_m2=15000@SYP/m2",
    )  # fmt: skip
    default = parser.get_default("lang") or "ar"
    parser.add_argument("--lang", choices=("ar", "en"), default=default, help="language of the explanation")
    parser.add_argument("--json", type=Path, metavar="OUT", help="also write the canonical computation to OUT")


def run(args: argparse.Namespace) -> int:
    """Print how the fee is computed; 0, or 2 where the file or an input cannot be used."""
    try:
        path = Path(args.tariff)
        tariff = read_tariff(path if path.is_file() else find_tariff(args.tariff))
        assessment = assess(tariff, on=args.on, inputs=[_input(tariff, text) for text in args.input])
    except (TariffError, AssessmentError, MoneyError) as error:
        print(error, file=sys.stderr)
        return 2
    print(explain(assessment, args.lang))
    if args.json:
        args.json.write_bytes(assessment.canonical)
    return 0


def _input(tariff: Tariff, text: str) -> Input:
    name, _, rest = text.partition("=")
    value, _, unit = rest.partition("@")
    amount: Decimal = parse_amount(value)
    return Input(name, amount, unit or tariff.units.get(name, "1"), "declared", "", "provisional")
