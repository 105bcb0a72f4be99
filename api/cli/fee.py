"""`rukhsa fee`: work a fee out from a tariff or a service, with the same code that bills and that the portal uses."""

import argparse
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from permits.errors import NotFound
from permits.money.assessment import AssessmentError, Input, When, assess
from permits.money.explain import explain
from permits.money.money import MoneyError, parse_amount
from permits.money.strict import TariffError
from permits.money.tariff import find_tariff, read_tariff
from permits.services.catalogue import find_service, services
from permits.services.explain import explain_service
from permits.services.fees import ServiceFee, assess_service

_DAY = date.fromisoformat


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "tariff", metavar="TARIFF|SERVICE",
        help="a tariff file, the id of a shipped act such as law-37-2021, or a service such as building-permit",
    )  # fmt: skip
    parser.add_argument("--on", required=True, type=_DAY, help="day of the application, YYYY-MM-DD")
    parser.add_argument(
        "--input", action="append", default=[], metavar="NAME=VALUE[@UNIT]",
        help="a quantity of the case in the tariff's unit, or in the unit named, such as value_m2=15000@SYP/m2",
    )  # fmt: skip
    parser.add_argument(
        "--exempt",
        action="append",
        default=[],
        metavar="CODE=EVIDENCE",
        help="an exemption claimed, and what proves it",
    )
    parser.add_argument("--decided", type=_DAY, help="day of the decision, for fees that go by it")
    parser.add_argument("--due", type=_DAY, help="day on which it was due, for the penalty of lateness")
    parser.add_argument("--paid", type=_DAY, help="day of payment, for the penalty of lateness")
    default = parser.get_default("lang") or "ar"
    parser.add_argument("--lang", choices=("ar", "en"), default=default, help="language of the explanation")
    parser.add_argument("--json", type=Path, metavar="OUT", help="also write the canonical computation to OUT")


def run(args: argparse.Namespace) -> int:
    """Print how the fee is computed; 0, or 2 where the file or an input cannot be used."""
    try:
        text, canonical = _worked_out(args)
    except (TariffError, AssessmentError, MoneyError, NotFound, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    print(text)
    if args.json:
        args.json.write_bytes(canonical)
    return 0


def _worked_out(args: argparse.Namespace) -> tuple[str, bytes]:
    """The explanation and the canonical bytes, of a tariff or of a service."""
    when = When(decided=args.decided, due=args.due, paid=args.paid)
    exempt = dict(_pair(text) for text in args.exempt)
    path = Path(args.tariff)
    if not path.is_file() and args.tariff in {service.code for service in services()}:
        fee = _service(args, exempt, when)
        return explain_service(fee, args.lang), fee.canonical
    tariff = read_tariff(path if path.is_file() else find_tariff(args.tariff))
    inputs = [_input(tariff.units, text) for text in args.input]
    assessment = assess(tariff, on=args.on, inputs=inputs, exempt=exempt, when=when)
    return explain(assessment, args.lang), assessment.canonical


def _service(args: argparse.Namespace, exempt: Mapping[str, str], when: When) -> ServiceFee:
    units = {field.name: field.unit for field in find_service(args.tariff).fields}
    inputs = [_input(units, text) for text in args.input]
    return assess_service(args.tariff, args.on, inputs, exempt=exempt, when=when)


def _pair(text: str) -> tuple[str, str]:
    name, _, rest = text.partition("=")
    return name, rest


def _input(units: Mapping[str, str], text: str) -> Input:
    name, rest = _pair(text)
    value, _, named = rest.partition("@")
    unit = named or units.get(name, "1")
    amount = _DAY(value) if unit == "date" else parse_amount(value)
    return Input(name, amount, unit, "declared", "", "declared")
