"""What a cashier does at the centre; every step is on the disk before its line is shown."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from permits.calendar import local_time
from permits.cash.desk import counter
from permits.cash.desk.counter import Desk, Slip
from permits.cash.sealed import BadSeal
from permits.cash.token import verify_receipt
from permits.documents.token import read_public_set
from permits.errors import Invalid
from permits.i18n import translate
from permits.money.money import PIASTRES_PER_POUND, format_piastres, parse_piastres

OK, NOT_VALID, UNREADABLE = 0, 1, 2


@contextmanager
def _opened(args: argparse.Namespace) -> Iterator[Desk]:
    desk = counter.open_desk(args.folder)
    try:
        yield desk
    finally:
        desk.store.close()


def _say(args: argparse.Namespace, key: str, /, **values: str | float) -> int:
    print(translate(args.lang, key, **values))
    return OK


def _shown(args: argparse.Namespace, piastres: int) -> str:
    return format_piastres(piastres, arabic=args.lang == "ar")


def _counted(notes: list[str]) -> dict[int, int]:
    """500x12 is twelve notes of five hundred new pounds."""
    counted: dict[int, int] = {}
    for note in notes:
        value, sign, count = note.partition("x")
        if not sign or not value.isascii() or not value.isdigit() or not count.isascii() or not count.isdigit():
            raise Invalid("cash-count")
        piastres = int(value) * PIASTRES_PER_POUND
        counted[piastres] = counted.get(piastres, 0) + int(count)
    return counted


def _init(args: argparse.Namespace) -> int:
    keys = args.keys.read_text(encoding="utf-8")
    args.out.write_text(counter.init_desk(args.folder, code=args.code, office_keys=keys), encoding="utf-8")
    return _say(args, "cash-ready", desk=args.code, file=str(args.out))


def _snapshot(args: argparse.Namespace) -> int:
    with _opened(args) as desk:
        return _say(args, "cash-snapshot-taken", bills=counter.import_snapshot(desk, args.file.read_bytes()))


def _open(args: argparse.Namespace) -> int:
    with _opened(args) as desk:
        opened = counter.open_shift(desk, cashier=args.cashier, notes=_counted(args.notes))
    return _say(args, "cash-shift-opened", amount=_shown(args, opened))


def _take(args: argparse.Namespace) -> int:
    piastres, tendered = (parse_piastres(text) if text else None for text in (args.amount, args.tendered))
    with _opened(args) as desk:
        slip = counter.take(desk, reference=args.reference, piastres=piastres, tendered=tendered)
    return _print_slip(args, slip)


def _print(args: argparse.Namespace) -> int:
    with _opened(args) as desk:
        return _print_slip(args, counter.print_again(desk, number=args.number))


def _print_slip(args: argparse.Namespace, slip: Slip) -> int:
    _say(args, "cash-receipt-title", number=slip.number)
    _say(args, "cash-receipt-reference", reference=slip.reference)
    if slip.payer:
        _say(args, "cash-receipt-payer", payer=slip.payer)
    amounts = {
        "amount": slip.piastres, "rounding": slip.rounding, "paid": slip.piastres + slip.rounding,
        "tendered": slip.tendered, "change": slip.change,
    }  # fmt: skip
    for name, piastres in amounts.items():
        _say(args, f"cash-receipt-{name}", amount=_shown(args, piastres))
    _say(args, "cash-receipt-at", at=local_time(slip.taken_at))
    _say(args, "cash-receipt-token")
    print(slip.token)
    if args.qr:
        from permits.documents.render import qr_svg

        args.qr.write_text(qr_svg(slip.token), encoding="utf-8")
    return OK


def _void(args: argparse.Namespace) -> int:
    with _opened(args) as desk:
        counter.void(desk, number=args.number, reason=args.reason)
    return _say(args, "cash-voided", number=args.number)


def _spoil(args: argparse.Namespace) -> int:
    with _opened(args) as desk:
        counter.spoil(desk, count=args.count, reason=args.reason)
    return _say(args, "cash-spoiled", count=args.count)


def _book(args: argparse.Namespace) -> int:
    with _opened(args) as desk:
        seq = counter.book_entry(
            desk, book=args.book, page=args.number, on=args.on, reference=args.reference,
            piastres=parse_piastres(args.amount),
        )  # fmt: skip
    return _say(args, "cash-booked", seq=seq)


def _close(args: argparse.Namespace) -> int:
    with _opened(args) as desk:
        difference = counter.close_shift(desk, notes=_counted(args.notes))
    return _say(args, "cash-shift-closed", amount=_shown(args, difference))


def _deposit(args: argparse.Namespace) -> int:
    piastres = parse_piastres(args.amount)
    with _opened(args) as desk:
        counter.deposit(desk, slip=args.slip, piastres=piastres)
    return _say(args, "cash-deposited", slip=args.slip, amount=_shown(args, piastres))


def _export(args: argparse.Namespace) -> int:
    with _opened(args) as desk:
        args.file.write_text(counter.export(desk), encoding="utf-8")
    return _say(args, "cash-exported", file=str(args.file))


def _status(args: argparse.Namespace) -> int:
    with _opened(args) as desk:
        till = counter.till_of(desk)
        code = desk.code
    _say(args, "cash-status-desk", desk=code, entries=till.seq, waiting=till.seq - till.acknowledged)
    if till.shift:
        drawer = _shown(args, till.shift.expected)
        _say(args, "cash-status-shift", shift=till.shift.number, cashier=till.shift.cashier, amount=drawer)
    else:
        _say(args, "cash-status-no-shift")
    _say(args, "cash-status-undeposited", amount=_shown(args, till.undeposited))
    return _say(args, "cash-status-numbers", free=till.free_numbers())


def _verify(args: argparse.Namespace) -> int:
    text = sys.stdin.read() if args.token == "-" else args.token  # noqa: S105 - a dash, not a password
    try:
        verdict = verify_receipt(text, read_public_set(args.keys))
    except BadSeal:
        _say(args, "cash-verify-unreadable")
        return UNREADABLE
    _say(args, f"cash-verify-{verdict.code.replace('_', '-')}")
    _say(args, "cash-receipt-title", number=verdict.claims.number)
    _say(args, "cash-receipt-reference", reference=verdict.claims.reference)
    _say(args, "cash-receipt-amount", amount=_shown(args, verdict.claims.piastres))
    _say(args, "cash-receipt-rounding", amount=_shown(args, verdict.claims.rounding))
    _say(args, "cash-receipt-at", at=local_time(verdict.claims.taken_at))
    return OK if verdict.code == "valid" else NOT_VALID


ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {
    "init": _init, "snapshot": _snapshot, "open": _open, "take": _take, "print": _print, "void": _void,
    "spoil": _spoil, "book": _book, "close": _close, "deposit": _deposit, "export": _export, "status": _status,
    "verify": _verify,
}  # fmt: skip
